import { type AppWorld, administrator, as, createAppWorld } from '../support/app-world.ts'
import { createMemoryLog, type MemoryLog } from '../support/memory-storage.ts'
import { createSettlingClock } from '../support/settling-clock.ts'
import { createWorkWorld, router, workFor } from '../support/work-world.ts'

const MINUTE = 60_000

describe('work of somebody who stays away', () => {
  const worlds: AppWorld[] = []
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.end()
  })

  async function start(options: Parameters<typeof createWorkWorld>[0] = {}) {
    const world = await createWorkWorld(options)
    worlds.push(world)
    return world
  }

  async function leaveWork(world: AppWorld): Promise<void> {
    const policy = { releaseWorkAfterMs: 10 * MINUTE }
    await world.app.configuration.policy.patch(as(administrator()), policy, null)
    await world.app.work.put(as(router), workFor('active'))
    await world.app.presence.disconnect('default', 'ada', 'c1', 'gone', 0)
  }

  it('[WK7, DI10] the clock queues it again; item and representative follow in one commit', async () => {
    const world = await start()
    await leaveWork(world)
    await world.clock.advance(10 * MINUTE - 1)
    expect(world.view('ada')).toMatchObject({
      signedIn: false,
      work: [{ workItemId: 'w1', state: 'active' }],
    })
    await world.clock.advance(1)
    expect(world.view('ada')).toMatchObject({ work: [], cause: { event: 'work-released', rule: 'WK7' } })
    expect(world.storage.workItem('default', 'w1')).toMatchObject({ state: 'queued', representativeId: null })
    const revision = world.view('ada')?.revision
    await world.clock.advance(60 * MINUTE)
    expect(world.view('ada')?.revision).toBe(revision)
  })

  it('[WK7, DI10] it survives a crash, and fires once', async () => {
    const clock = createSettlingClock()
    const log = createMemoryLog()
    const first = await start({ clock, log })
    await leaveWork(first)
    await clock.advance(3 * MINUTE)
    const crashed: MemoryLog = {
      commits: [...log.commits],
      alive: new Map(log.alive),
      trimmed: new Map(log.trimmed),
    }
    const due = clock.wall() + 7 * MINUTE
    await first.end()
    await clock.advance(60 * MINUTE)

    // Nobody connects: the sweep alone does it.
    const second = await createAppWorld({ clock, log: crashed })
    worlds.push(second)
    const view = (id: string) => second.app.replica.view('default', id)
    await clock.advance(2_000)
    expect(view('ada')?.work).toEqual([])
    expect(second.storage.workItem('default', 'w1')).toMatchObject({
      state: 'queued',
      since: due,
      revision: 2,
    })
    await second.app.work.put(as(router), workFor('active', { representativeId: 'bob' }))
    await clock.advance(2 * MINUTE)
    expect(view('bob')?.work).toMatchObject([{ workItemId: 'w1' }])
  })
})
