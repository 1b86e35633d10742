import { ADMINISTRATOR, type GatewayWorld, startWorld } from '../support/gateway.ts'
import { handMadeToken, tokenOf } from '../support/tokens.ts'

const seconds = Math.floor(Date.now() / 1000)
const claims = { sub: 'ada', roles: ['representative'], iat: seconds, exp: seconds + 60 }
const ada = () => tokenOf({ sub: 'ada', roles: ['representative'], queues: ['billing'], name: 'Ada' })

let world: GatewayWorld
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.close())

describe('ready', () => {
  it('[SI1] signs a representative in, and says what she needs to know first', async () => {
    const client = world.open({ token: ada(), signIn: true })
    expect(await client.ready()).toEqual({
      connectionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      nodeId: 'node-1',
      protocol: 1,
      serverTime: expect.stringMatching(/^\d{4}-.*Z$/),
      presence: expect.objectContaining({ representativeId: 'ada', statusId: 'available', connections: 1 }),
      offers: [],
      notices: [],
      pingInterval: 10_000,
      pingTimeout: 8_000,
    })
    expect(client.received[0]?.name).toBe('ready')
  })

  it('[SI3] observers are greeted without a presence and sign nobody in', async () => {
    const client = world.open({ token: ada() })
    const ready = await client.ready()
    expect(ready).not.toHaveProperty('presence')
    expect(world.app.replica.view('default', 'ada')).toBeNull()
  })

  it('[SI3] a second tab is another connection of the same presence', async () => {
    const first = await world.open({ token: ada(), signIn: true }).ready()
    const second = await world.open({ token: ada(), signIn: true }).ready()
    expect(second.connectionId).not.toBe(first.connectionId)
    expect(second.presence).toMatchObject({ connections: 2, since: first.presence?.since })
  })
})

describe('a refused handshake carries the error object', () => {
  it.each([
    ['no token', {}, 'unauthenticated'],
    ['a token of the wrong type', { token: 5 }, 'unauthenticated'],
    ['a forged token', { token: handMadeToken({ alg: 'HS256' }, claims) }, 'unauthenticated'],
    ['algorithm none', { token: handMadeToken({ alg: 'none' }, claims, '') }, 'unauthenticated'],
    ['another algorithm', { token: handMadeToken({ alg: 'RS256' }, claims) }, 'unauthenticated'],
    [
      'another secret',
      {
        token: tokenOf({
          ...claims,
          roles: ['representative'],
          secret: 'another-secret-with-more-than-32-bytes',
        }),
      },
      'unauthenticated',
    ],
    [
      'an expired token',
      { token: tokenOf({ sub: 'ada', roles: ['representative'], expiresInSeconds: -1 }) },
      'unauthenticated',
    ],
    ['an unknown field', { token: ada(), admin: true }, 'invalid-message'],
    ['signIn of the wrong type', { token: ada(), signIn: 'yes' }, 'invalid-message'],
    [
      'a sign-in of somebody who is no representative',
      { token: tokenOf({ sub: 'sue', roles: ['supervisor'] }), signIn: true },
      'forbidden',
    ],
  ])('[SU1] %s', async (_what, auth, code) => {
    const error = await world.open(auth).refused()
    expect(error).toMatchObject({ code, retry: false, message: expect.any(String) })
    expect(world.gateway.connections()).toBe(0)
    expect(await world.metrics.registry.metrics()).toContain(
      `rollcall_refusals_total{transport="socket",code="${code}"} 1`,
    )
  })

  it('[SU1] a revoked token', async () => {
    const token = ada()
    await world.app.revocations.revoke(
      { principal: ADMINISTRATOR },
      { sub: 'ada', issuedBefore: seconds + 5 },
    )
    expect(await world.open({ token, signIn: true }).refused()).toMatchObject({ code: 'unauthenticated' })
  })

  it('[PO4] a representative whom nobody knows, where the policy provisions none', async () => {
    await world.app.configuration.policy.patch({ principal: ADMINISTRATOR }, { autoProvision: false }, null)
    const client = world.open({ token: ada(), signIn: true })
    expect(await client.message('bye')).toMatchObject({ code: 'representative-unknown' })
    await client.closed()
  })

  it('[SU1] a page of a foreign origin does not even get a socket', async () => {
    const client = world.open({ token: ada() }, { origin: 'https://evil.example.com' })
    expect(await client.refused()).toMatchObject({ code: 'transport' })
    expect(world.gateway.connections()).toBe(0)
    expect(world.logged()).toContain('add https://evil.example.com to ROLLCALL_ALLOWED_ORIGINS')
    const listed = world.open({ token: ada() }, { origin: 'https://desk.example.com' })
    await listed.ready()
  })
})

it('[LIMITS] the twenty-first connect at once is told when to come again', async () => {
  await world.close()
  world = await startWorld({ limits: 'on' })
  for (let connect = 0; connect < 20; connect += 1) await world.open({ token: ada(), signIn: true }).ready()
  expect(await world.open({ token: ada(), signIn: true }).refused()).toMatchObject({
    code: 'too-many-requests',
    retry: true,
    details: { retryAfterMs: expect.any(Number) },
  })
})
