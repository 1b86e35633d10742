import { type AppWorld, administrator, as, createAppWorld, principal } from '../support/app-world.ts'
import { createMemoryLog } from '../support/memory-storage.ts'
import { until } from '../support/until.ts'

const PROFILE = { limit: 2, blocking: false, reset: 'immediate' as const, timeZone: null, endOfDay: null }

describe('re-evaluation after a change of the configuration', () => {
  let world: AppWorld
  const admin = as(administrator())

  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  const fill = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        world.app.presence.connect(principal(`r${index}`), `c${index}`, 0),
      ),
    )
  const views = () => world.app.replica.snapshot('default', '*').views

  it('[PO1] 2,000 whom it touches are judged by it, while others are answered between', async () => {
    await world.app.configuration.profiles.put(admin, 'chat', PROFILE, null)
    const held = { units: null, profiles: { chat: null } }
    await world.app.configuration.policy.patch(admin, { newRepresentativeCapacity: held }, null)
    await fill(2_000)
    await world.app.configuration.profiles.put(admin, 'chat', { ...PROFILE, limit: 0 }, null)
    const touched = () => views().filter(view => view.statusId === 'do-not-disturb').length
    await world.app.presence.connect(principal('late'), 'late', 0)
    expect(touched()).toBeLessThan(2_000)
    await until('everybody is judged', () => touched() === 2_001 || touched() === 2_000)
    expect(world.app.replica.view('default', 'r7')).toMatchObject({
      origin: 'capacity',
      revision: 2,
      cause: { event: 'configuration-changed', actor: { kind: 'administrator', id: 'root' } },
    })
  })

  it('[PO1] whom it does not touch has no stored change', async () => {
    await fill(20)
    const before = views()
    await world.app.configuration.statuses.create(admin, {
      id: 'lunch',
      text: 'Lunch',
      base: 'away',
      description: null,
      workstreams: null,
      expectedMs: null,
      selectableBy: { representatives: true, supervisors: true },
    })
    await world.clock.advance(10)
    expect(views()).toEqual(before)
  })

  it('[PO1] a changed number of the view reaches watchers under a new revision', async () => {
    await fill(3)
    await world.app.configuration.policy.patch(admin, { sessionLimit: 7 }, null)
    await world.clock.advance(10)
    expect(views().map(view => [view.revision, view.capacity.sessions.limit])).toEqual([
      [2, 7],
      [2, 7],
      [2, 7],
    ])
    expect(world.changes.at(-1)?.patch).toMatchObject({ revision: 2, capacity: { sessions: { limit: 7 } } })
  })

  it('[EX1, PO1] resumed after a crash it still names who made the change', async () => {
    const { presence, configuration } = world.app
    await configuration.profiles.put(admin, 'chat', PROFILE, null)
    const capacity = { units: null, profiles: { chat: null } }
    const body = { queues: [], defaultStatusId: null, capacity, attributes: {} }
    await configuration.representatives.put(admin, 'eve', body, null)
    await presence.connect(principal('eve'), 'c1', 0)
    await presence.disconnect('default', 'eve', 'c1', 'gone', 0)
    const stored = world.log.commits.length
    await configuration.profiles.put(admin, 'chat', { ...PROFILE, limit: 0 }, null)
    // The process dies when the limit is stored and nobody is judged by it yet.
    const commits = world.log.commits.slice(0, stored + 1)
    const restarted = await createAppWorld({ clock: world.clock, log: { ...createMemoryLog(), commits } })
    const view = () => restarted.app.replica.view('default', 'eve')
    await until('she is judged', () => view()?.cause.rule === 'CA5')
    expect(view()).toMatchObject({
      behind: { statusId: 'do-not-disturb' },
      cause: { event: 'configuration-changed', actor: { kind: 'administrator', id: 'root' } },
    })
    await restarted.end()
  })
})
