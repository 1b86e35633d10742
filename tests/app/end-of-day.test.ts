import { profileBody, workstreamBody } from '@rollcall/shared'
import { type AppWorld, administrator, as, createAppWorld } from '../support/app-world.ts'
import { createMemoryLog, type MemoryLog } from '../support/memory-storage.ts'
import { createSettlingClock } from '../support/settling-clock.ts'
import { about, ada, router, workFor } from '../support/work-world.ts'

const admin = as(administrator())

/** A local time so many minutes from now, in UTC. */
const timeIn = (minutes: number, now: number) => new Date(now + minutes * 60_000).toISOString().slice(11, 16)

describe('the end of the day', () => {
  const worlds: AppWorld[] = []
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.end()
  })

  async function start(options: Parameters<typeof createAppWorld>[0]): Promise<AppWorld> {
    const world = await createAppWorld(options)
    worlds.push(world)
    return world
  }

  /** Ada closed the one case that she has room for; her day ends within five minutes. */
  async function closedCase(world: AppWorld): Promise<void> {
    const { configuration, presence, work } = world.app
    const endOfDay = timeIn(5, world.storage.now())
    const profile = profileBody.parse({ limit: 1, reset: 'end-of-day', endOfDay })
    await configuration.profiles.put(admin, 'case', profile, null)
    const workstream = workstreamBody.parse({ channel: 'case', cost: { profiles: ['case'] } })
    await configuration.workstreams.put(admin, 'case', workstream, null)
    await presence.connect(ada, 'c1', 0)
    const capacity = { units: null, profiles: { case: null } }
    await configuration.representatives.patch(admin, 'ada', { capacity }, null)
    await work.put(as(router), workFor('active', { workstreamId: 'case' }))
    await work.report(as(router), 'close', about)
  }
  const view = (world: AppWorld) => world.app.replica.view('default', 'ada')

  it('[CA6, DI10] she is full until the reset, which the clock brings', async () => {
    const world = await start({})
    await closedCase(world)
    expect(view(world)).toMatchObject({
      statusId: 'do-not-disturb',
      capacity: { profiles: { case: { used: 1 } } },
      work: [],
    })
    await world.clock.advance(5 * 60_000)
    expect(view(world)).toMatchObject({
      statusId: 'available',
      capacity: { profiles: { case: { used: 0 } } },
      cause: { event: 'profile-reset', rule: 'CA6' },
    })
  })

  it('[CA6, DI10] a reset that came while the server was down takes effect once, at its own instant', async () => {
    const clock = createSettlingClock()
    const log = createMemoryLog()
    const first = await start({ clock, log })
    await closedCase(first)
    const resetsAt = first.storage.representative('default', 'ada')?.tallies?.['case']?.resetsAt ?? 0
    const crashed: MemoryLog = {
      commits: [...log.commits],
      alive: new Map(log.alive),
      trimmed: new Map(log.trimmed),
    }
    await first.end()
    await clock.advance(10 * 60_000)
    const second = await start({ clock, log: crashed })
    await clock.advance(1_000)
    const facts = second.storage.representative('default', 'ada')
    expect(facts?.tallies['case']).toMatchObject({ used: 0, resetsAt: null })
    expect(resetsAt).toBeLessThan(second.storage.now())
    await second.app.presence.connect(ada, 'c2', 0)
    expect(view(second)).toMatchObject({
      statusId: 'available',
      capacity: { profiles: { case: { used: 0 } } },
    })
  })

  it('[CA6, PO1] a profile that becomes end-of-day counts what is open from then on', async () => {
    const world = await start({})
    await closedCase(world)
    await world.app.configuration.profiles.put(admin, 'case', profileBody.parse({ limit: 1 }), null)
    await world.clock.advance(10)
    expect(view(world)).toMatchObject({
      statusId: 'available',
      capacity: { profiles: { case: { used: 0 } } },
    })
    await world.app.work.put(as(router), workFor('active', { workItemId: 'w2', workstreamId: 'case' }))
    const endOfDay = timeIn(10, world.storage.now())
    const profile = profileBody.parse({ limit: 1, reset: 'end-of-day', endOfDay })
    await world.app.configuration.profiles.put(admin, 'case', profile, null)
    await world.clock.advance(10)
    expect(world.storage.nextDeadline()).not.toBeNull()
  })
})
