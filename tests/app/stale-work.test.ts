import { administrator, as } from '../support/app-world.ts'
import { about, ada, createWorkWorld, router, type WorkWorld, workFor } from '../support/work-world.ts'

const HOUR = 3_600_000

describe('work that nobody touches', () => {
  let world: WorkWorld
  beforeEach(async () => {
    world = await createWorkWorld()
    await world.app.configuration.policy.patch(as(administrator()), { staleWorkAfterMs: HOUR }, null)
    await world.work.put(as(router), workFor('active'))
  })
  afterEach(() => world.end())

  it('[WK8, DI10] watchers and she are told once, by one entry of the feed', async () => {
    const entries: string[] = []
    world.storage.feed.subscribe((_tenant, changes) => entries.push(...changes.map(({ kind }) => kind)))
    await world.clock.advance(HOUR - 1)
    expect(world.view('ada')?.work[0]).not.toHaveProperty('stale')
    expect(entries).toEqual([])
    await world.clock.advance(1)
    expect(entries).toEqual(['representative'])
    expect(world.view('ada')).toMatchObject({
      work: [{ workItemId: 'w1', stale: true }],
      cause: { event: 'work-stale', rule: 'WK8' },
    })
    expect(world.app.presence.get(ada, 'ada').work).toMatchObject([{ stale: true, cost: {} }])
    await world.clock.advance(24 * HOUR)
    expect(entries).toEqual(['representative'])
  })

  it('[WK8, WK3] a report that says the same again answers as the first, and the item is stale no longer', async () => {
    await world.clock.advance(HOUR)
    const again = await world.work.report(as(router), 'resume', about)
    expect(again).toMatchObject({ item: { state: 'active' }, presence: { representativeId: 'ada' } })
    expect(world.view('ada')?.work[0]).not.toHaveProperty('stale')
    expect(world.storage.nextDeadline()).toBe(world.storage.now() + HOUR)
  })
})
