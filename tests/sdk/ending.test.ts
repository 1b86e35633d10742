import type { EndReason } from '../../client-sdk/src/index.ts'
import { type ClientWorld, createClientWorld, failure, waiting } from '../support/client-world.ts'
import { ok, refused } from '../support/scripted-server.ts'
import { unsignedToken } from '../support/unsigned-token.ts'
import { until } from '../support/until.ts'

describe('a word of the server at the end', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
  })
  afterEach(() => world.close())

  it.each<EndReason>(['signed-out', 'representative-unknown', 'unauthenticated'])(
    '[DI8] bye %s ends the connection for good',
    async code => {
      const { server, clock } = world
      const me = world.representative()
      await me.connect()
      server.latest().send('bye', { code, message: 'because' })
      const state = await until('the end', () => {
        const now = me.getConnection()
        return now.kind === 'ended' ? now : null
      })
      expect(state).toEqual({ kind: 'ended', reason: code, message: 'because' })
      clock.advance(60_000)
      expect(server.attempts()).toBe(1)
      expect(clock.pending()).toBe(0)
    },
  )

  it.each(['unavailable', 'too-many-requests', 'forbidden'])(
    '[DI7] bye %s is a loss that passes',
    async code => {
      const { server } = world
      const me = world.representative()
      await me.connect()
      server.latest().send('bye', { code, message: 'because' })
      await world.comeBack(me)
      expect(server.connections).toHaveLength(2)
    },
  )

  it('[SDK] unauthenticated asks for one more token, and ends when that is refused too', async () => {
    const { server, clock } = world
    let asked = 0
    const me = world.representative({ getToken: () => `t${++asked}` })
    await me.connect()
    server.refuse({ code: 'unauthenticated', message: 'revoked', retry: false })
    server.latest().send('bye', { code: 'unauthenticated', message: 'expired' })
    const state = await until('the second try', () => waiting(me.getConnection()))
    clock.advance(state.nextInMs)
    await until('the end', () => me.getConnection().kind === 'ended')
    expect(me.getConnection()).toMatchObject({ reason: 'unauthenticated', message: 'revoked' })
    expect(asked).toBe(2)
  })

  it('[SDK] unauthenticated with a better token goes on', async () => {
    const { server } = world
    let asked = 0
    const me = world.representative({ getToken: async () => `t${++asked}` })
    await me.connect()
    server.latest().send('bye', { code: 'unauthenticated', message: 'expired' })
    await world.comeBack(me)
    expect(server.latest().auth).toMatchObject({ token: 't2' })
  })

  it('[SDK] a handshake that is refused for good rejects connect()', async () => {
    const { server } = world
    server.refuse({ code: 'representative-unknown', message: 'Nobody of that name.', retry: false })
    const error = await failure(world.representative().connect())
    expect(error).toMatchObject({ code: 'ended', details: { reason: 'representative-unknown' } })
    expect(error.message).toContain('Nobody of that name.')
  })

  it('[SDK] a getToken that fails is tried again, and its words are shown', async () => {
    let asked = 0
    const me = world.representative({
      getToken() {
        asked += 1
        if (asked === 1) throw new Error('login service away')
        return 'good'
      },
    })
    const connected = me.connect()
    const state = await until('the failure', () => waiting(me.getConnection()))
    expect(state.because).toContain('login service away')
    await world.comeBack(me)
    await connected
  })

  it('[DI8] signOut() is bound to its connection and ends it', async () => {
    const { server, page } = world
    const me = world.representative()
    await me.connect()
    await me.signOut()
    expect(server.of('sign-out').map(({ payload }) => payload)).toEqual([{ connectionId: 'c1' }])
    expect(me.getConnection()).toMatchObject({ kind: 'ended', reason: 'signed-out' })
    expect(page.held.size + page.listeners()).toBe(0)
  })

  it('[DI8] a sign-out whose answer was lost is meant anew on the next connection', async () => {
    const { server } = world
    server.answer('sign-out', ({ connection }) => {
      if (connection.id !== 'c1') return ok(null)
      connection.cut()
      return 'drop'
    })
    const me = world.representative()
    await me.connect()
    const done = me.signOut()
    const state = await until('the loss', () => waiting(me.getConnection()))
    world.clock.advance(state.nextInMs)
    await done
    expect(server.of('sign-out').map(({ payload }) => payload)).toEqual([
      { connectionId: 'c1' },
      { connectionId: 'c2' },
    ])
  })

  it('[SDK] a token is renewed at 80 % of its life, over the same connection', async () => {
    const { server, clock } = world
    server.ready({ serverTime: new Date(clock.wall()).toISOString() })
    const second = () => clock.wall() / 1_000
    const getToken = () => unsignedToken({ sub: 'ada', iat: second(), exp: second() + 1_000 })
    const me = world.representative({ getToken })
    await me.connect()
    clock.advance(799_000)
    expect(server.of('token:refresh')).toHaveLength(0)
    clock.advance(1_000)
    await until('the renewal', () => server.of('token:refresh').length === 1)
    const [refresh] = server.of('token:refresh')
    expect(refresh?.payload).toEqual({ token: getToken(), connectionId: 'c1' })
    expect(server.attempts()).toBe(1)
  })

  it('[SDK] a refused renewal is tried again in half of what is left', async () => {
    const { server, clock } = world
    server.ready({ serverTime: new Date(clock.wall()).toISOString() })
    server.answer('token:refresh', () => refused('forbidden'))
    const start = clock.wall() / 1_000
    const me = world.representative({
      getToken: () => unsignedToken({ sub: 'ada', iat: start, exp: start + 1_000 }),
    })
    await me.connect()
    clock.advance(800_000)
    await until('the first try', () => server.of('token:refresh').length === 1)
    const first = clock.elapsed()
    await until('the second try', () => {
      clock.advance(1_000)
      return server.of('token:refresh').length === 2
    })
    expect((clock.elapsed() - first) / 1_000).toBeGreaterThanOrEqual(90)
    expect((clock.elapsed() - first) / 1_000).toBeLessThanOrEqual(115)
  })
})

describe('a node that stops', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
  })
  afterEach(() => world.close())

  it('[DI7] the client moves at a random moment of the time given, and works until then', async () => {
    const { server, clock } = world
    const me = world.representative({ random: () => 0.25 })
    await me.connect()
    server.latest().send('server:drain', { withinMs: 20_000 })
    await until('the drain', () => me.getConnection().kind === 'draining')
    await me.setPresence('away')
    clock.advance(4_999)
    expect(me.getConnection().kind).toBe('draining')
    clock.advance(1)
    await until('the other node', () => server.connections.length === 2)
    await until('live again', () => me.getConnection().kind === 'live')
  })

  it('[DI7] a connection that is closed before its moment comes back no earlier than that', async () => {
    const { server } = world
    const me = world.representative({ random: () => 0.9 })
    await me.connect()
    server.latest().send('server:drain', { withinMs: 20_000 })
    await until('the drain', () => me.getConnection().kind === 'draining')
    server.latest().send('bye', { code: 'unavailable', message: 'stopping' })
    const state = await until('the end', () => waiting(me.getConnection()))
    expect(state.nextInMs).toBe(18_000)
  })
})
