// kill -9 of the server while a representative is away, whatever made her so: her absence, what it covers and her
// work are there afterwards, and when she comes back in time all is as it was, since when it was.

import { createRepresentative } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import { WebSocket } from 'ws'
import { type HttpClient, httpClient } from '../support/http.ts'
import { type ServerProcess, startServerProcess, tokenFor } from '../support/server-process.ts'
import { until } from '../support/until.ts'

type Representative = ReturnType<typeof createRepresentative>

describe('kill -9 of the server while she is away', () => {
  let server: ServerProcess
  let service: HttpClient
  const open: { disconnect(): void }[] = []

  beforeEach(async () => {
    server = await startServerProcess({
      env: { ROLLCALL_PING_INTERVAL_MS: '400', ROLLCALL_PING_TIMEOUT_MS: '400' },
    })
    service = httpClient(server.url, tokenFor('router', { roles: ['service'] }))
  })
  afterEach(async () => {
    for (const client of open.splice(0)) client.disconnect()
    await server.remove()
  })

  const view = async () => (await service.get<PresenceView>('/v1/representatives/ada/presence')).body
  const untilAbsent = () => until('Ada is absent', async () => (await view()).link === 'absent', 15_000)

  const causes: readonly [name: string, goAway: (ada: Representative) => Promise<unknown>][] = [
    ['closed her tab', async ada => ada.disconnect()],
    ['signed out', ada => ada.signOut()],
    ['was lost without a word', async ada => ada.disconnect()],
    ['let her token expire', async () => undefined],
  ]

  it.each(causes)('[I5, DI2, DI8, SI4] after she %s', async (name, goAway) => {
    const lifetime = name === 'let her token expire' ? 4 : 3_600
    const ada = await signIn(lifetime)
    await ada.accept('w1', { workstreamId: 'default' })
    await ada.setPresence('away', { note: 'post' })
    const before = await view()
    const silent = name === 'was lost without a word' ? await openSilently() : null
    await goAway(ada)
    await untilAbsent()
    silent?.terminate()
    const away = await view()

    server = await server.crashAndRestart()

    expect(await view()).toEqual(away)
    const back = await signIn()
    expect(back.getPresence()).toMatchObject({
      statusId: 'away',
      note: 'post',
      since: before.since,
      work: [{ workItemId: 'w1' }],
    })
  })

  it('[I5, SI3, DI9] after she came back, and with two tabs open', async () => {
    const first = await signIn()
    await first.setPresence('busy')
    const before = await view()
    first.disconnect()
    await untilAbsent()
    await signIn()
    await signIn()
    expect(await view()).toMatchObject({ connections: 2, since: before.since })

    server = await server.crashAndRestart()

    const after = await until(
      'both tabs are back',
      async () => {
        const now = await view()
        return now.connections === 2 && now
      },
      15_000,
    )
    expect(after).toMatchObject({ statusId: 'busy', origin: 'representative', since: before.since })
  })

  it('[DI4, SI5] after the window ended while there was no server: a sign-in', async () => {
    const admin = httpClient(server.url, tokenFor('ivo', { roles: ['administrator'] }))
    await admin.patch('/v1/policy', { restoreWindowMs: 1_000 })
    const ada = await signIn()
    await ada.setPresence('away')
    ada.disconnect()
    await untilAbsent()
    const { restoreUntil } = await view()

    await server.kill()
    await until('the window has ended', () => Date.now() > Date.parse(restoreUntil ?? ''))
    server = await startServerProcess({ directory: server.directory })
    service = httpClient(server.url, tokenFor('router', { roles: ['service'] }))

    expect((await signIn()).getPresence()).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  async function signIn(expiresInSeconds = 3_600): Promise<Representative> {
    const client = createRepresentative({ url: server.url, token: tokenFor('ada', { expiresInSeconds }) })
    open.push(client)
    await client.connect()
    return client
  }

  /** A second tab that answers no ping: a lid that was shut. */
  async function openSilently(): Promise<WebSocket> {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    socket.on('message', data => {
      if (String(data).startsWith('0'))
        socket.send(`40${JSON.stringify({ token: tokenFor('ada'), signIn: true })}`)
    })
    await until('the silent tab is connected', async () => (await view()).connections === 2)
    return socket
  }
})
