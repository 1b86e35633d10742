import { type AppWorld, administrator, as, choice, createAppWorld, principal } from '../support/app-world.ts'
import { cutLog } from '../support/cut-log.ts'
import { createMemoryLog } from '../support/memory-storage.ts'
import { createSettlingClock } from '../support/settling-clock.ts'
import { until } from '../support/until.ts'

describe('after a crash', () => {
  const ada = principal('ada')
  let worlds: AppWorld[] = []

  afterEach(async () => {
    await Promise.all(worlds.map(world => world.end()))
    worlds = []
  })

  async function start(options: Parameters<typeof createAppWorld>[0]): Promise<AppWorld> {
    const world = await createAppWorld(options)
    worlds.push(world)
    return world
  }

  it('[DI6] whoever was connected is gone since the server died; the restore window counts from the restart', async () => {
    const clock = createSettlingClock()
    const first = await start({ clock, log: createMemoryLog() })
    await first.app.presence.connect(ada, 'c1', 0)
    await first.app.presence.choose(as(ada), choice('ada', 'away'))
    await clock.advance(5_000)
    const crashed = cutLog(first.log)
    const crashedAt = clock.wall()
    await first.end()
    await clock.advance(200_000)

    const second = await start({ clock, log: crashed })
    expect(second.app.ready()).toBe(true)
    expect(second.app.replica.view('default', 'ada')).toMatchObject({
      statusId: 'offline',
      origin: 'disconnected',
      link: 'absent',
      behind: { statusId: 'away' },
      since: new Date(crashedAt).toISOString(),
      restoreUntil: new Date(clock.wall() + 150_000).toISOString(),
      cause: { event: 'server-down', rule: 'DI6' },
    })
    expect(second.storage.nodes.ended()).toEqual([])
    const { presence } = await second.app.presence.connect(ada, 'c2', 0)
    expect(presence).toMatchObject({ statusId: 'away', connections: 1 })
  })

  it('[DI6] is not ready before everybody is recovered', async () => {
    const clock = createSettlingClock()
    const first = await start({ clock })
    await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        first.app.presence.connect(principal(`r${index}`), `c${index}`, 0),
      ),
    )
    const crashed = cutLog(first.log)
    await first.end()
    const readyAtFirst: boolean[] = []
    const created = (app: AppWorld['app']) => readyAtFirst.push(app.ready())
    const second = await start({ clock, log: crashed, created })
    expect([...readyAtFirst, second.app.ready()]).toEqual([false, true])
    const { views } = second.app.replica.snapshot('default', '*')
    expect(views).toHaveLength(500)
    expect(views.every(view => view.link === 'absent')).toBe(true)
  })

  it('[DI10] deadlines survive', async () => {
    const clock = createSettlingClock()
    const first = await start({ clock })
    await first.app.presence.connect(ada, 'c1', 0)
    await first.app.presence.disconnect('default', 'ada', 'c1', 'gone', 0)
    const crashed = cutLog(first.log)
    await first.end()
    await clock.advance(151_000)
    const second = await start({ clock, log: crashed })
    await clock.advance(1_000)
    expect(second.app.replica.view('default', 'ada')?.link).toBe('signed-out')
  })

  it('[PO1] a re-evaluation that was cut short goes on', async () => {
    const clock = createSettlingClock()
    const first = await start({ clock })
    const admin = as(administrator())
    await first.app.configuration.profiles.put(
      admin,
      'chat',
      { limit: 2, blocking: false, reset: 'immediate', timeZone: null, endOfDay: null },
      null,
    )
    await first.app.configuration.representatives.put(
      admin,
      'ada',
      {
        queues: [],
        defaultStatusId: null,
        capacity: { units: null, profiles: { chat: null } },
        attributes: {},
      },
      null,
    )
    await first.app.presence.connect(ada, 'c1', 0)
    await first.app.stop()
    await first.app.configuration.profiles.put(
      admin,
      'chat',
      { limit: 0, blocking: false, reset: 'immediate', timeZone: null, endOfDay: null },
      null,
    )
    const crashed = cutLog(first.log)
    await first.storage.close()
    const second = await start({ clock, log: crashed })
    await until(
      'she is judged by the new limit',
      () => second.app.replica.view('default', 'ada')?.behind?.statusId === 'do-not-disturb',
    )
  })
})
