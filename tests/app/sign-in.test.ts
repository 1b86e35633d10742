import {
  type AppWorld,
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  refusal,
} from '../support/app-world.ts'

describe('signing in and out', () => {
  let world: AppWorld
  const ada = principal('ada', { queues: ['billing'], name: 'Ada' })

  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  it('[SI1] creates an unknown representative from her claims, with the queues that nobody configured', async () => {
    const { presence, offers, notices } = await world.app.presence.connect(ada, 'c1', 0)
    expect(presence).toMatchObject({
      representativeId: 'ada',
      name: 'Ada',
      queues: ['billing'],
      revision: 1,
      statusId: 'available',
      origin: 'default',
      link: 'present',
      signedIn: true,
      connections: 1,
      since: new Date(world.clock.wall()).toISOString(),
    })
    expect([offers, notices]).toEqual([[], []])
    const queue = world.app.configuration.queues.get(administrator(), 'billing')
    expect(queue).toEqual({ resource: { id: 'billing', name: 'billing' }, version: 1 })
    expect(world.app.replica.snapshot('default', ['billing']).views).toHaveLength(1)
  })

  it('[SI1] refuses an unknown one, and stores nothing, where the policy creates none', async () => {
    await world.app.configuration.policy.patch(as(administrator()), { autoProvision: false }, null)
    const { code } = await refusal(() => world.app.presence.connect(ada, 'c1', 0))
    expect(code).toBe('representative-unknown')
    expect(world.storage.representative('default', 'ada')).toBeNull()
    expect(Object.keys(world.storage.configuration('default').queues)).toEqual(['default'])
  })

  it('[SI1] the claims count at the first sign-in only', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    const { presence } = await world.app.presence.connect({ ...ada, name: 'Eve', queues: ['sales'] }, 'c2', 0)
    expect(presence).toMatchObject({ name: 'Ada', queues: ['billing'], connections: 2 })
  })

  it('[DI2] a return after exactly 150,000 ms restores what was shown', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    const { presence: chosen } = await world.app.presence.choose(
      as(ada),
      choice('ada', 'away', { note: 'Lunch' }),
    )
    await world.app.presence.disconnect('default', 'ada', 'c1', 'transport close', 0)
    const absent = world.app.replica.view('default', 'ada')
    expect(absent).toMatchObject({
      statusId: 'offline',
      origin: 'disconnected',
      link: 'absent',
      behind: { statusId: 'away' },
    })
    await world.clock.advance(150_000)
    const { presence } = await world.app.presence.connect(ada, 'c2', 0)
    expect(presence).toMatchObject({ statusId: 'away', note: 'Lunch', since: chosen.since })
  })

  it('[DI2] a return after 150,001 ms is a sign-in', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.app.presence.disconnect('default', 'ada', 'c1', 'transport close', 0)
    await world.clock.advance(150_001)
    expect(world.app.replica.view('default', 'ada')).toMatchObject({ link: 'signed-out', signedIn: false })
    const { presence } = await world.app.presence.connect(ada, 'c2', 0)
    expect(presence).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[SI5] the store decides about the window, whether or not a sweep has run', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.app.presence.disconnect('default', 'ada', 'c1', 'transport close', 0)
    await world.app.stop()
    await world.clock.advance(150_001)
    const { presence } = await world.app.presence.connect(ada, 'c2', 0)
    expect(presence).toMatchObject({ statusId: 'available', origin: 'default' })
    const rows = []
    for await (const row of world.storage.history.range('default', ['ada'], 0, world.storage.now() + 1))
      rows.push(row)
    const windowEnded = rows.find(row => row.origin === 'signed-out')
    expect(windowEnded).toMatchObject({ signedIn: false })
    expect(rows.map(row => row.at)).toEqual(rows.map(row => row.at).sort((one, other) => one - other))
  })

  it('[DI1] a disconnection that waited is judged as of when it happened', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.clock.advance(60_000)
    const happened = world.clock.wall() - 20_000
    await world.app.presence.disconnect('default', 'ada', 'c1', 'transport close', 20_000)
    expect(world.app.replica.view('default', 'ada')).toMatchObject({
      since: new Date(happened).toISOString(),
      restoreUntil: new Date(happened + 150_000).toISOString(),
    })
  })

  it('[DI1] history never runs backwards, however old the news', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    const signedInAt = world.clock.wall()
    await world.clock.advance(1_000)
    await world.app.presence.disconnect('default', 'ada', 'c1', 'transport close', 3_600_000)
    expect(world.app.replica.view('default', 'ada')?.since).toBe(new Date(signedInAt).toISOString())
  })

  it('[DI9] the end of a connection that nobody knows, or of nobody, changes nothing', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    const before = world.app.replica.view('default', 'ada')
    await world.app.presence.disconnect('default', 'ada', 'c0', 'late', 0)
    await world.app.presence.disconnect('default', 'nobody', 'c1', 'late', 0)
    expect(world.app.replica.view('default', 'ada')).toEqual(before)
  })

  it('[DI8] a sign-out ends all connections and tells her tabs', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.connect(ada, 'c2', 0)
    await world.app.presence.signOut(as(ada))
    expect(world.app.replica.view('default', 'ada')).toMatchObject({ statusId: 'offline', connections: 0 })
    const ended = world.signals.filter(signal => signal.kind === 'ended')
    expect(ended).toEqual([{ kind: 'ended', tenant: 'default', representativeId: 'ada', code: 'signed-out' }])
  })

  it('[HI1] an Offline row names what it covers', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.clock.advance(1_000)
    await world.app.presence.disconnect('default', 'ada', 'c1', 'transport close', 0)
    const rows = []
    for await (const row of world.storage.history.range('default', ['ada'], 0, world.storage.now() + 1))
      rows.push(row)
    expect(rows.map(({ statusId, origin, signedIn }) => ({ statusId, origin, signedIn }))).toEqual([
      { statusId: 'available', origin: 'default', signedIn: true },
      { statusId: 'away', origin: 'representative', signedIn: true },
      { statusId: 'offline', origin: 'disconnected', signedIn: true },
    ])
    expect(rows.at(-1)?.behind).toMatchObject({ statusId: 'away', text: 'Appear away' })
  })
})
