import { explanation } from '@rollcall/shared'
import {
  type AppWorld,
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  refusal,
  service,
  supervisor,
} from '../support/app-world.ts'
import { createMemoryLog } from '../support/memory-storage.ts'
import { createSettlingClock } from '../support/settling-clock.ts'
import { workFor } from '../support/work-world.ts'

const ada = principal('ada', { queues: ['default'] })
const root = as(administrator())

let worlds: AppWorld[] = []
async function start(options: Parameters<typeof createAppWorld>[0] = {}): Promise<AppWorld> {
  const world = await createAppWorld(options)
  worlds.push(world)
  return world
}
afterEach(async () => {
  await Promise.all(worlds.map(world => world.end()))
  worlds = []
})

/** A workstream of another queue, and one that Inactive may not take. */
async function configure({ app }: AppWorld): Promise<void> {
  const { queues, workstreams } = app.configuration
  await queues.put(root, 'sales', { name: 'Sales' }, null)
  const { id: _id, ...template } = workstreams.get(administrator(), 'default').resource
  await workstreams.put(root, 'leads', { ...template, queueId: 'sales' }, null)
  await workstreams.put(root, 'mail', { ...template, cost: { units: 60 } }, null)
}

async function misses({ app }: AppWorld): Promise<void> {
  await app.work.put(as(service()), workFor('offered'))
  await app.work.report(as(service()), 'miss', { workItemId: 'w1', by: 'other' })
}

describe('an explanation', () => {
  it('[EX2, RO8] says what each workstream of her queues finds wanting, now and after a reset', async () => {
    const world = await start()
    await configure(world)
    const { presence, configuration } = world.app
    await presence.connect(ada, 'c1', 0)
    await configuration.representatives.patch(root, 'ada', { capacity: { units: 50, profiles: {} } }, null)
    await misses(world)
    const explained = await presence.explain(ada, 'ada', null)
    expect(explanation.parse(explained)).toEqual(explained)
    expect(explained.workstreams).toEqual([
      {
        workstreamId: 'default',
        now: [{ code: 'presence', need: ['available'], have: 'inactive' }],
        afterReset: [],
      },
      {
        workstreamId: 'mail',
        now: [
          { code: 'presence', need: ['available'], have: 'inactive' },
          { code: 'units', need: 60, have: 50 },
        ],
        afterReset: [{ code: 'units', need: 60, have: 50 }],
      },
    ])
    expect(explained.smallestChange).toEqual([{ kind: 'reset', opens: ['default'], shows: 'available' }])
  })

  it('[EX2] of one workstream speaks of that one alone, whoever’s queue it is of', async () => {
    const world = await start()
    await configure(world)
    const { presence } = world.app
    await presence.connect(ada, 'c1', 0)
    const { workstreams, smallestChange } = await presence.explain(ada, 'ada', 'leads')
    expect(workstreams).toMatchObject([{ workstreamId: 'leads', now: [{ code: 'queue', need: 'sales' }] }])
    expect(smallestChange).toEqual([])
    expect((await refusal(() => presence.explain(ada, 'ada', 'nothing'))).code).toBe('not-found')
  })

  it('[EX2, MA5] names the changes that whoever asks could make', async () => {
    const world = await start()
    const { presence, configuration } = world.app
    await presence.connect(ada, 'c1', 0)
    const training = {
      id: 'training',
      text: 'Training',
      base: 'busy' as const,
      description: null,
      expectedMs: null,
      workstreams: null,
      selectableBy: { representatives: false, supervisors: true },
    }
    await configuration.statuses.create(root, training)
    const { id: _id, ...template } = configuration.workstreams.get(administrator(), 'default').resource
    const drill = { ...template, allowedPresences: ['training'] }
    await configuration.workstreams.put(root, 'drill', drill, null)
    expect((await presence.explain(ada, 'ada', 'drill')).smallestChange).toEqual([])
    for (const asking of [supervisor('*'), service()]) {
      expect((await presence.explain(asking, 'ada', 'drill')).smallestChange).toEqual([
        { kind: 'set', statusId: 'training', opens: ['drill'], shows: 'training' },
      ])
    }
  })

  it('[EX2, DI6] what was overridden survives a crash, and ends with the stance', async () => {
    const clock = createSettlingClock()
    const log = createMemoryLog()
    const first = await start({ clock, log })
    await first.app.presence.connect(ada, 'c1', 0)
    await misses(first)
    await first.app.presence.choose(as(supervisor('*')), choice('ada', 'do-not-disturb'))
    const before = (await first.app.presence.explain(ada, 'ada', null)).overrides
    expect(before).toMatchObject([
      { statusId: 'available', rule: 'CA2.5', how: 'covered' },
      { statusId: 'inactive', rule: 'NO2', how: 'replaced', by: null },
    ])
    const copy = { commits: [...log.commits], alive: new Map(log.alive), trimmed: new Map(log.trimmed) }
    await first.end()
    await clock.advance(10_000)

    const { presence } = (await start({ clock, log: copy })).app
    await presence.connect(ada, 'c2', 0)
    expect((await presence.explain(ada, 'ada', null)).overrides).toEqual(before)
    await presence.reset(as(ada), 'ada', null)
    expect((await presence.explain(ada, 'ada', null)).overrides).toMatchObject([
      { statusId: 'do-not-disturb', rule: 'MA5', how: 'replaced', by: { kind: 'supervisor', id: 'sue' } },
    ])
  })

  it('[EX2] is only an answer: nothing is stored by it', async () => {
    const world = await start()
    await world.app.presence.connect(ada, 'c1', 0)
    await misses(world)
    const stored = JSON.stringify(world.storage.representative('default', 'ada'))
    await world.app.presence.explain(ada, 'ada', null)
    expect(JSON.stringify(world.storage.representative('default', 'ada'))).toBe(stored)
  })
})
