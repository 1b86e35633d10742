// The stories of a representative's day, told through the client against a whole server.

import { createRepresentative, createSupervisor, type Watch } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import { WebSocket } from 'ws'
import { type HttpClient, httpClient } from '../support/http.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'
import { until } from '../support/until.ts'

describe('a representative', () => {
  let clock: ReturnType<typeof createShiftedClock>
  let server: RunningServer
  let admin: HttpClient
  let board: Watch
  const open: { disconnect(): void }[] = []

  beforeEach(async () => {
    clock = createShiftedClock()
    server = await startServer({ clock, gateway: { pingInterval: 200, pingTimeout: 300 } })
    admin = httpClient(server.url, server.token({ sub: 'ivo', roles: ['administrator', 'service'] }))
    await admin.put('/v1/queues/billing', { name: 'Billing' })
    await admin.put('/v1/workstreams/chat', { queueId: 'billing', selfAssign: true, cost: { units: 50 } })
    for (const id of ['ada', 'ben']) {
      await admin.put(`/v1/representatives/${id}`, { queues: ['billing'], capacity: { units: 100 } })
    }
    const grace = createSupervisor({
      url: server.url,
      token: server.token({ sub: 'grace', roles: ['supervisor'], watches: ['*'] }),
    })
    open.push(grace)
    await grace.connect()
    board = await grace.watch({ queues: '*' })
  })
  afterEach(async () => {
    for (const client of open.splice(0)) client.disconnect()
    await server.close()
  })

  const seen = (id = 'ada') => board.presences().get(id)
  const shows = (expected: Partial<PresenceView>, id = 'ada') =>
    until(`the board shows ${id} as ${JSON.stringify(expected)}`, () => {
      const view = seen(id)
      return (
        view &&
        Object.entries(expected).every(([key, value]) => view[key as keyof PresenceView] === value) &&
        view
      )
    })

  async function signIn(sub = 'ada') {
    const client = createRepresentative({ url: server.url, token: server.token({ sub }) })
    open.push(client)
    await client.connect()
    return client
  }

  it('[SI1, SI2] signs in and is Available by default', async () => {
    await signIn()
    expect(await shows({ statusId: 'available', link: 'present' })).toMatchObject({
      origin: 'default',
      signedIn: true,
    })
  })

  it('[MA2, CA2, CA4] is Busy with one item, Do not disturb when full, and Busy again after a close', async () => {
    const ada = await signIn()
    await ada.setPresence('available')
    expect(await ada.accept('w1', { workstreamId: 'chat' })).toMatchObject({
      statusId: 'busy',
      origin: 'capacity',
    })
    expect(await ada.accept('w2', { workstreamId: 'chat' })).toMatchObject({
      statusId: 'do-not-disturb',
      cause: { rule: 'CA2.3' },
    })
    expect(await ada.close('w1')).toMatchObject({ statusId: 'busy' })
    expect(await ada.close('w2')).toMatchObject({ statusId: 'available', cause: { rule: 'CA2.5' } })
    await shows({ statusId: 'available', origin: 'capacity' })
  })

  it('[MA3] stays Away over accept and close when she chose it', async () => {
    const ada = await signIn()
    await ada.setPresence('away', { note: 'dentist' })
    await ada.accept('w1', { workstreamId: 'chat' })
    expect(await ada.close('w1')).toMatchObject({
      statusId: 'away',
      origin: 'representative',
      note: 'dentist',
    })
  })

  it('[TR1] hands an item over in one step: never with both, never with none', async () => {
    const [ada, ben] = [await signIn(), await signIn('ben')]
    await ada.accept('w1', { workstreamId: 'chat' })
    await ada.transfer('w1', { representativeId: 'ben' })
    await shows({ statusId: 'available' })
    expect((await shows({ statusId: 'busy' }, 'ben')).work).toMatchObject([{ workItemId: 'w1' }])
    expect(await ben.close('w1')).toMatchObject({ statusId: 'available' })
  })

  it('[TR3] keeps an item that the other cannot take', async () => {
    const ada = await signIn()
    await ada.accept('w1', { workstreamId: 'chat' })
    await expect(ada.transfer('w1', { representativeId: 'ben' })).rejects.toMatchObject({
      code: 'not-signed-in',
    })
    await expect(ada.transfer('w1', { representativeId: 'nobody' })).rejects.toMatchObject({
      code: 'representative-unknown',
    })
    expect(ada.getPresence()?.work).toMatchObject([{ workItemId: 'w1' }])
  })

  it('[DI1, DI2, SI4] closes the tab, is Offline at once, and within the window all is as it was', async () => {
    const ada = await signIn()
    await ada.accept('w1', { workstreamId: 'chat' })
    const before = await shows({ statusId: 'busy' })
    ada.disconnect()
    const gone = await shows({ link: 'absent' })
    expect(gone).toMatchObject({ statusId: 'offline', origin: 'disconnected', behind: { statusId: 'busy' } })
    expect(Date.parse(gone.restoreUntil ?? '') - Date.parse(gone.since)).toBe(150_000)

    clock.shift(145_000)
    const back = await signIn()
    expect(back.getPresence()).toMatchObject({
      statusId: 'busy',
      since: before.since,
      work: [{ workItemId: 'w1' }],
    })
  })

  it('[DI4, SI1, SI5] comes back after the window and signs in anew, her work still hers', async () => {
    const ada = await signIn()
    await ada.setPresence('do-not-disturb')
    await ada.accept('w1', { workstreamId: 'chat' })
    ada.disconnect()
    await shows({ link: 'absent' })

    clock.shift(150_001)
    await shows({ link: 'signed-out', origin: 'signed-out' })
    const back = await signIn()
    expect(back.getPresence()).toMatchObject({
      statusId: 'busy',
      origin: 'capacity',
      work: [{ workItemId: 'w1' }],
    })
  })

  it('[DI3] finds a close that happened while she was away', async () => {
    const ada = await signIn()
    await ada.accept('w1', { workstreamId: 'chat' })
    ada.disconnect()
    await shows({ link: 'absent' })
    expect((await admin.post('/v1/work-items/w1/close')).status).toBe(200)
    expect(seen()).toMatchObject({ statusId: 'offline' })
    expect((await signIn()).getPresence()).toMatchObject({
      statusId: 'available',
      origin: 'capacity',
      work: [],
    })
  })

  it('[SI3, DI1] has two tabs: closing one changes only the count', async () => {
    const first = await signIn()
    await signIn()
    const both = await shows({ connections: 2 })
    first.disconnect()
    expect(await shows({ connections: 1 })).toMatchObject({
      statusId: both.statusId,
      since: both.since,
      link: 'present',
    })
  })

  it('[DI8] signs out in all tabs, and back within the window all is restored', async () => {
    const [first, second] = [await signIn(), await signIn()]
    await first.setPresence('away')
    const ended = new Promise(resolve =>
      second.onConnectionChange(state => state.kind === 'ended' && resolve(state.reason)),
    )
    await first.signOut()
    expect(await ended).toBe('signed-out')
    await shows({ connections: 0, statusId: 'offline' })
    expect((await signIn()).getPresence()).toMatchObject({ statusId: 'away', origin: 'representative' })
  })

  it('[DI8] with signOutRestores off, a sign-out is the end', async () => {
    await admin.patch('/v1/policy', { signOutRestores: false })
    const ada = await signIn()
    await ada.setPresence('away')
    await ada.signOut()
    await shows({ link: 'signed-out', origin: 'signed-out', signedIn: false })
    expect((await signIn()).getPresence()).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[DI5] is lost without a word: noticed by the heartbeat', async () => {
    // A socket that answers no ping, as a frozen tab or a pulled cable.
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    socket.on('message', data => {
      if (String(data).startsWith('0'))
        socket.send(`40${JSON.stringify({ token: server.token({ sub: 'ada' }), signIn: true })}`)
    })
    await shows({ link: 'present' })
    await shows({ link: 'absent', statusId: 'offline' })
    socket.terminate()
  })

  it('[DI1] is Offline when her token expires on an open socket', async () => {
    const client = createRepresentative({
      url: server.url,
      token: server.token({ sub: 'ada', expiresInSeconds: 60 }),
    })
    open.push(client)
    const ended = new Promise(resolve =>
      client.onConnectionChange(state => state.kind === 'ended' && resolve(state.reason)),
    )
    await client.connect()
    clock.shift(61_000)
    expect(await ended).toBe('unauthenticated')
    await shows({ link: 'absent', statusId: 'offline' })
  })

  it('[MA5, MA8] is set Away by a supervisor while absent, and sees who did it on return', async () => {
    const ada = await signIn()
    ada.disconnect()
    await shows({ link: 'absent' })
    const supervisor = httpClient(
      server.url,
      server.token({ sub: 'grace', roles: ['supervisor'], watches: ['billing'], name: 'Grace' }),
    )
    expect((await supervisor.put('/v1/representatives/ada/presence', { statusId: 'away' })).status).toBe(200)
    expect(seen()).toMatchObject({ statusId: 'offline' })
    const back = await signIn()
    expect(back.getPresence()).toMatchObject({
      statusId: 'away',
      origin: 'supervisor',
      by: { kind: 'supervisor', id: 'grace', name: 'Grace' },
    })
  })

  it('[DI7] keeps her presence over a planned stop', async () => {
    const ada = await signIn()
    await ada.setPresence('busy')
    await server.app.beginHandover(30_000)
    expect(await shows({ link: 'handover' })).toMatchObject({ statusId: 'busy' })
    ada.disconnect()
    await until(
      'the socket is gone',
      () => server.storage.representative('default', 'ada')?.link.kind === 'handover',
    )
    expect(seen()).toMatchObject({ statusId: 'busy', origin: 'representative' })
    clock.shift(30_001)
    await shows({ link: 'absent', statusId: 'offline' })
  })
})
