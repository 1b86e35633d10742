import type { ConnectionState } from '../../client-sdk/src/index.ts'
import { type ClientWorld, createClientWorld, failure, waiting } from '../support/client-world.ts'
import { until } from '../support/until.ts'

describe('coming back after a loss', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
  })
  afterEach(() => world.close())

  it('[SDK] a factory does nothing: no handshake before connect()', async () => {
    const { server } = world
    const me = world.representative()
    expect(me.getConnection()).toEqual({ kind: 'idle' })
    expect((await failure(me.setPresence('away'))).code).toBe('not-connected')
    expect(server.attempts()).toBe(0)
    await me.connect()
    expect(server.attempts()).toBe(1)
    expect(server.latest().auth).toMatchObject({ signIn: true })
    expect(me.getPresence()).toMatchObject({ representativeId: 'ada', statusId: 'available' })
  })

  it('[DI1] a cut connection is made again after the delay it announced, and not before', async () => {
    const { server, clock } = world
    const me = world.representative()
    await me.connect()
    server.latest().cut()
    const state = await until('the loss', () => waiting(me.getConnection()))
    expect(state).toMatchObject({ kind: 'reconnecting', attempt: 1, nextInMs: 750 })
    clock.advance(749)
    expect(server.attempts()).toBe(1)
    clock.advance(1)
    await until('live again', () => me.getConnection().kind === 'live')
    expect(server.connections).toHaveLength(2)
  })

  it('[SDK] while the server is away it tries on, with growing and bounded delays', async () => {
    const { server, clock } = world
    const seen: ConnectionState[] = []
    const me = world.representative({ random: () => 0.999 })
    me.onConnectionChange(state => seen.push(state))
    await me.connect()
    server.down()
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const state = await until(`attempt ${attempt}`, () => {
        const now = waiting(me.getConnection())
        return now?.attempt === attempt ? now : null
      })
      clock.advance(state.nextInMs)
    }
    server.up()
    await world.comeBack(me)
    const delays = seen.flatMap(state => waiting(state)?.nextInMs ?? [])
    expect(delays.slice(0, 5).map(ms => Math.round(ms / 100) * 100)).toEqual([
      1_000, 2_000, 4_000, 5_000, 5_000,
    ])
  })

  it('[SDK] connect() waits through an outage at the beginning', async () => {
    const { server } = world
    server.down()
    const me = world.representative()
    const connected = me.connect()
    await until('the first failure', () => waiting(me.getConnection()))
    server.up()
    await world.comeBack(me)
    await connected
    expect(me.getConnection()).toMatchObject({ kind: 'live', connectionId: 'c1', nodeId: 'n1' })
  })

  it('[SDK] a refused handshake that says when to come back is obeyed', async () => {
    const { server } = world
    server.refuse({
      code: 'too-many-requests',
      message: 'slower',
      retry: true,
      details: { retryAfterMs: 42_000 },
    })
    const me = world.representative()
    const connected = failure(me.connect())
    const state = await until('the refusal', () => waiting(me.getConnection()))
    expect(state).toMatchObject({ nextInMs: 42_000, because: 'slower' })
    me.disconnect()
    expect((await connected).code).toBe('ended')
  })

  it('[DI9] nothing of an old connection reaches the client after its end', async () => {
    const { server } = world
    const me = world.representative()
    await me.connect()
    const old = server.latest()
    old.cut()
    await world.comeBack(me)
    const before = me.getPresence()
    old.send('bye', { code: 'signed-out', message: 'late' })
    await me.explain().catch(() => undefined)
    expect(me.getConnection().kind).toBe('live')
    expect(me.getPresence()).toEqual(before)
  })

  it('[SDK] disconnect() ends timers and attempts, and connect() begins anew', async () => {
    const { server, clock } = world
    const me = world.representative()
    await me.connect()
    server.latest().cut()
    await until('the loss', () => waiting(me.getConnection()))
    me.disconnect()
    expect(me.getConnection()).toMatchObject({ kind: 'ended', reason: 'disconnected' })
    expect(clock.pending()).toBe(0)
    clock.advance(60_000)
    expect(server.attempts()).toBe(1)
    expect((await failure(me.resetPresence())).code).toBe('ended')
    await me.connect()
    expect(server.connections).toHaveLength(2)
  })

  it('[SDK] a heartbeat that is overdue shows as stale before the connection is lost', async () => {
    const { server, clock } = world
    server.ready({ pingInterval: 1_000 })
    const me = world.representative()
    await me.connect()
    clock.advance(2_999)
    expect(me.getConnection().kind).toBe('live')
    clock.advance(1)
    expect(me.getConnection().kind).toBe('stale')
  })

  it('[SDK] a server of another protocol version ends it, with what to do', async () => {
    const { server } = world
    server.ready({ protocol: 2 })
    const me = world.representative()
    const error = await failure(me.connect())
    expect(error).toMatchObject({ code: 'ended', details: { reason: 'invalid-message' } })
    expect(error.message).toContain('update the client')
  })

  it('[SDK] time is counted by the server clock: the median of what it said', async () => {
    const { server, clock } = world
    const at = (offset: number) => new Date(clock.wall() + offset).toISOString()
    server.ready({ serverTime: at(5_000) })
    const board = world.supervisor()
    await board.connect()
    expect(board.serverNow() - clock.wall()).toBe(5_000)
    for (const offset of [5_100, 90_000])
      server.latest().send('head', { cursor: 'k', serverTime: at(offset), lagMs: 0 })
    await until('the outlier counts for nothing', () => board.serverNow() - clock.wall() === 5_100)
  })
})
