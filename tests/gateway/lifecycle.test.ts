import { ADMINISTRATOR, type GatewayWorld, startWorld, type TestClient } from '../support/gateway.ts'
import { tokenFor } from '../support/tokens.ts'
import { until } from '../support/until.ts'

type Claims = Parameters<typeof tokenFor>[1]

let world: GatewayWorld
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.close())

const viewOf = (id: string) => world.app.replica.view('default', id)
async function signedIn(sub: string, more: Claims = {}): Promise<TestClient> {
  const client = world.open({ token: tokenFor(sub, more), signIn: true })
  await client.ready()
  return client
}

describe('disconnection', () => {
  it('[DI1] a closed tab is Offline at once', async () => {
    const ada = await signedIn('ada')
    ada.socket.close()
    await until('ada to be absent', () => viewOf('ada')?.link === 'absent')
    expect(viewOf('ada')).toMatchObject({ base: 'offline', origin: 'disconnected', connections: 0 })
  })

  it('[DI9] one tab of two is one connection less', async () => {
    const first = await signedIn('ada')
    await signedIn('ada')
    first.socket.close()
    await until('one connection', () => viewOf('ada')?.connections === 1)
    expect(viewOf('ada')).toMatchObject({ statusId: 'available', link: 'present' })
  })

  it('[DI9] a socket that closes while it registers leaves nobody behind', async () => {
    const clients = Array.from({ length: 20 }, () => world.open({ token: tokenFor('ada'), signIn: true }))
    await until('the first of them', () => viewOf('ada') !== null)
    for (const client of clients) client.socket.close()
    await until('all to be gone', () => viewOf('ada')?.connections === 0 && world.gateway.connections() === 0)
    expect(viewOf('ada')?.link).toBe('absent')
  })

  it('[DI9] leaving the namespace is leaving', async () => {
    const ada = await signedIn('ada')
    ada.socket.disconnect()
    await until('ada to be absent', () => viewOf('ada')?.link === 'absent')
    await until('the place to be free', () => world.gateway.connections() === 0)
  })
})

describe('sign-out', () => {
  it('[DI8] answers first, then closes every tab, and says why', async () => {
    const first = await signedIn('ada')
    const second = await signedIn('ada')
    const observer = world.open({ token: tokenFor('ada') })
    await observer.ready()
    expect(await first.send('sign-out', {})).toEqual({ ok: true, data: null })
    for (const client of [first, second, observer]) {
      expect(await client.message('bye')).toMatchObject({ code: 'signed-out' })
      await client.closed()
    }
    expect(viewOf('ada')).toMatchObject({ base: 'offline', connections: 0 })
  })

  it('[DI8] leaves the board of a supervisor open, and other people alone', async () => {
    const roles = ['representative', 'supervisor'] as const
    const board = world.open({ token: tokenFor('ada', { roles, watches: ['*'] }) })
    await board.ready()
    const bo = await signedIn('bo')
    const ada = await signedIn('ada', { roles })
    await ada.done('sign-out', {})
    await ada.closed()
    expect(await board.done('watch', { queues: '*' })).toMatchObject({ kind: 'state' })
    expect(await bo.done('presence:get', {})).toMatchObject({ statusId: 'available' })
  })

  it('[PO4] a deleted representative is told so', async () => {
    const ada = await signedIn('ada')
    await world.app.configuration.representatives.remove({ principal: ADMINISTRATOR }, 'ada', null)
    expect(await ada.message('bye')).toMatchObject({ code: 'representative-unknown' })
    await ada.closed()
  })
})

describe('the end of a token', () => {
  it('[SU1] is the end of its socket, and a disconnection', async () => {
    const ada = await signedIn('ada', { expiresInSeconds: 1, issuedAt: Date.now() })
    expect(await ada.message('bye')).toMatchObject({ code: 'unauthenticated' })
    await ada.closed()
    await until('ada to be absent', () => viewOf('ada')?.link === 'absent')
  })

  it('[SU1] a refresh in time keeps it open', async () => {
    const ada = await signedIn('ada', { expiresInSeconds: 2 })
    const bo = await signedIn('bo', { expiresInSeconds: 2 })
    expect(await ada.done('token:refresh', { token: tokenFor('ada') })).toBeNull()
    await bo.closed()
    expect(await ada.done('presence:get', {})).toMatchObject({ statusId: 'available' })
  })

  it('[SU1] a refresh to an earlier end counts too', async () => {
    const ada = await signedIn('ada')
    await ada.done('token:refresh', { token: tokenFor('ada', { expiresInSeconds: 2 }) })
    expect(await ada.message('bye')).toMatchObject({ code: 'unauthenticated' })
  })

  it.each([
    ['somebody else', () => tokenFor('bo'), 'forbidden'],
    ['another tenant', () => tokenFor('ada', { tenant: 'other' }), 'forbidden'],
    ['an earlier time', () => tokenFor('ada', { issuedAt: Date.now() - 60_000 }), 'forbidden'],
    ['nobody that can be verified', () => 'x.y.z', 'unauthenticated'],
  ])('[SU1] a token of %s refreshes nothing', async (_what, make, code) => {
    const ada = await signedIn('ada')
    expect(await ada.send('token:refresh', { token: make() })).toMatchObject({ ok: false, error: { code } })
    expect(await ada.done('presence:get', {})).toMatchObject({ representativeId: 'ada' })
  })

  it('[SU1] roles are those of the newest token', async () => {
    const ada = await signedIn('ada')
    const roles = ['representative', 'supervisor'] as const
    await ada.done('token:refresh', { token: tokenFor('ada', { roles, watches: ['*'] }) })
    expect(await ada.done('watch', { queues: '*' })).toMatchObject({ kind: 'state' })
    await ada.done('token:refresh', { token: tokenFor('ada') })
    await ada.message('presence:resync')
    expect(await ada.send('watch', { queues: '*' })).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('[SU1] a tab whose bearer is no representative any more is closed', async () => {
    const ada = await signedIn('ada')
    expect(await ada.done('token:refresh', { token: tokenFor('ada', { roles: ['supervisor'] }) })).toBeNull()
    expect(await ada.message('bye')).toMatchObject({ code: 'forbidden' })
    await ada.closed()
  })

  it('[SU1] a revocation closes what was issued before it, and only that', async () => {
    const now = Date.now()
    const old = await signedIn('ada', { issuedAt: now - 10_000 })
    const fresh = await signedIn('ada', { issuedAt: now })
    await signedIn('bo', { issuedAt: now - 10_000 })
    const issuedBefore = Math.floor(now / 1000) - 5
    await world.app.revocations.revoke({ principal: ADMINISTRATOR }, { sub: 'ada', issuedBefore })
    expect(await old.message('bye')).toMatchObject({ code: 'unauthenticated' })
    await old.closed()
    expect(await fresh.done('presence:get', {})).toMatchObject({ statusId: 'available' })
    await until('one connection less', () => world.gateway.connections() === 2)
  })
})

it('[PO1] everybody of the tenant hears which configuration to fetch again', async () => {
  const ada = await signedIn('ada')
  const stranger = await signedIn('zoe', { tenant: 'other' })
  await world.app.configuration.queues.put({ principal: ADMINISTRATOR }, 'sales', { name: 'Sales' }, null)
  expect(await ada.message('configuration:changed')).toEqual({ kinds: ['queues'] })
  await stranger.done('presence:get', {})
  expect(stranger.all('configuration:changed')).toEqual([])
})

describe('a planned stop', () => {
  it('[DI7] tells everybody, closes everybody, and lets nobody in', async () => {
    const clients = [await signedIn('ada'), await signedIn('bo'), await signedIn('cy')]
    await world.gateway.drain(300)
    for (const client of clients) {
      expect(client.all('server:drain')).toEqual([{ withinMs: 300 }])
      expect(await client.message('bye')).toMatchObject({ code: 'unavailable' })
      await client.closed()
    }
    expect(await world.open({ token: tokenFor('ada'), signIn: true }).refused()).toMatchObject({
      code: 'unavailable',
      retry: true,
    })
    expect(world.gateway.connections()).toBe(0)
  })

  it('[DI7] lets nobody in from its first word, while those who are here stay', async () => {
    const ada = await signedIn('ada')
    await world.gateway.refuseNewcomers()
    expect(await world.open({ token: tokenFor('bo'), signIn: true }).refused()).toMatchObject({
      code: 'unavailable',
    })
    expect(await ada.done('presence:get', {})).toMatchObject({ statusId: 'available' })
  })

  it('[DI7] the way it closes lets clients come back by themselves', async () => {
    const ada = await signedIn('ada')
    const reasons: string[] = []
    ada.socket.on('disconnect', reason => reasons.push(reason))
    await world.gateway.drain(0)
    await ada.closed()
    expect(reasons).toEqual(['transport close'])
  })
})
