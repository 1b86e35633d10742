// kill -9 of the server in every moment of a representative's day: what was acknowledged is there afterwards, and
// deadlines fire once. Real process, real sockets, real files.

import { createRepresentative, createSupervisor } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import { type HttpClient, httpClient } from '../support/http.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { tokenFor } from '../support/tokens.ts'
import { until } from '../support/until.ts'

type Representative = ReturnType<typeof createRepresentative>

interface Day {
  readonly ada: Representative
  readonly ben: Representative
  readonly admin: HttpClient
  readonly service: HttpClient
}

const moments: readonly [name: string, act: (day: Day) => Promise<unknown>][] = [
  ['signed in', async () => undefined],
  ['a choice that lasts until the next work', ({ ada }) => ada.setPresence('busy')],
  ['a sticky choice with a note', ({ ada }) => ada.setPresence('away', { note: 'dentist' })],
  ['a choice with a duration', ({ ada }) => ada.setPresence('do-not-disturb', { forMs: 3_600_000 })],
  ['accepted one (Busy)', ({ ada }) => ada.accept('w1', { workstreamId: 'chat' })],
  [
    'accepted to full (Do not disturb)',
    async ({ ada }) => {
      await ada.accept('w1', { workstreamId: 'chat' })
      await ada.accept('w2', { workstreamId: 'chat' })
    },
  ],
  [
    'a choice queued for after the work',
    async ({ ada }) => {
      await ada.accept('w1', { workstreamId: 'chat' })
      await ada.setPresence('away', { when: 'after-work' })
    },
  ],
  [
    'closed',
    async ({ ada }) => {
      await ada.accept('w1', { workstreamId: 'chat' })
      await ada.close('w1')
    },
  ],
  [
    'assigned by a service',
    ({ service }) =>
      service.put('/v1/work-items/w1', { workstreamId: 'chat', representativeId: 'ada', state: 'active' }),
  ],
  [
    'transferred away',
    async ({ ada }) => {
      await ada.accept('w1', { workstreamId: 'chat' })
      await ada.transfer('w1', { representativeId: 'ben' })
    },
  ],
  [
    'transferred to her',
    async ({ ben }) => {
      await ben.accept('w1', { workstreamId: 'chat' })
      await ben.transfer('w1', { representativeId: 'ada' })
    },
  ],
  [
    'reset',
    async ({ ada }) => {
      await ada.setPresence('away')
      await ada.resetPresence()
    },
  ],
]

describe('kill -9 of the server', () => {
  let server: ServerProcess
  const open: { disconnect(): void }[] = []

  beforeEach(async () => {
    server = await startServerProcess()
  })
  afterEach(async () => {
    for (const client of open.splice(0)) client.disconnect()
    await server.remove()
  })

  it.each(moments)('[I5, DI1, DI2, SI4] after: %s', async (_name, act) => {
    const day = await begin()
    await act(day)
    const view = (id: string) =>
      day.service.get<PresenceView>(`/v1/representatives/${id}/presence`).then(answer => answer.body)
    const before = { ada: await view('ada'), ben: await view('ben') }

    server = await server.crashAndRestart()

    for (const who of ['ada', 'ben'] as const) {
      const after = await until(
        `${who} is back`,
        async () => {
          const now = await view(who)
          return now.link === 'present' && now
        },
        15_000,
      )
      expect(essence(after)).toEqual(essence(before[who]))
      expect(after.revision).toBeGreaterThanOrEqual(before[who].revision)
    }
  })

  it('[DI6, DI4] people are Offline from the crash on, their window starts at the restart, and its end is told once', async () => {
    const day = await begin()
    await day.admin.patch('/v1/policy', { restoreWindowMs: 1_500 })
    await day.ada.accept('w1', { workstreamId: 'chat' })
    const board = supervisor()
    await server.kill()
    day.ada.disconnect()
    day.ben.disconnect()
    server = await startServerProcess({ directory: server.directory, port: Number(new URL(server.url).port) })
    await board.connect()
    const watch = await board.watch({ queues: '*' })
    const seen: PresenceView[] = []
    watch.onChange(({ changed }) => seen.push(...changed.filter(view => view.representativeId === 'ada')))
    expect(watch.presences().get('ada')).toMatchObject({
      statusId: 'offline',
      origin: 'disconnected',
      link: 'absent',
    })

    await until('Ada is signed out', () => watch.presences().get('ada')?.link === 'signed-out')

    expect(watch.presences().get('ada')).toMatchObject({ origin: 'signed-out', work: [{ workItemId: 'w1' }] })
    expect(seen.filter(view => view.cause.rule === 'DI4')).toHaveLength(1)
  })

  it('[MA6, DI10] a choice that runs out over the crash ends once', async () => {
    const day = await begin()
    const { presence } = await day.ada.setPresence('away', { forMs: 10_000 })
    const board = supervisor()
    server = await server.crashAndRestart()
    await board.connect()
    const watch = await board.watch({ queues: '*' })
    const seen: PresenceView[] = []
    watch.onChange(({ changed }) => seen.push(...changed.filter(view => view.representativeId === 'ada')))

    await until('the choice has ended', () => watch.presences().get('ada')?.origin === 'capacity', 15_000)

    expect(watch.presences().get('ada')).toMatchObject({
      statusId: 'available',
      expiresAt: null,
      since: presence.expiresAt,
    })
    expect(seen.filter(view => view.origin === 'capacity' && view.cause.rule === 'MA6')).toHaveLength(1)
  })

  it('[DI8, DI4] a sign-out that was acknowledged stays one', async () => {
    const day = await begin()
    await day.ada.signOut()
    server = await server.crashAndRestart()
    const view = (await day.service.get<PresenceView>('/v1/representatives/ada/presence')).body
    expect(view).toMatchObject({ statusId: 'offline', connections: 0, link: 'absent' })
  })

  async function begin(): Promise<Day> {
    const admin = httpClient(server.url, tokenFor('ivo', { roles: ['administrator'] }))
    const service = httpClient(server.url, tokenFor('router', { roles: ['service'] }))
    await admin.put('/v1/queues/billing', { name: 'Billing' })
    await admin.put('/v1/workstreams/chat', { queueId: 'billing', selfAssign: true, cost: { units: 50 } })
    for (const id of ['ada', 'ben'])
      await admin.put(`/v1/representatives/${id}`, { queues: ['billing'], capacity: { units: 100 } })
    const [ada, ben] = ['ada', 'ben'].map(sub => {
      const client = createRepresentative({ url: server.url, token: tokenFor(sub) })
      open.push(client)
      return client
    }) as [Representative, Representative]
    await Promise.all([ada.connect(), ben.connect()])
    return { ada, ben, admin, service }
  }

  function supervisor() {
    const board = createSupervisor({
      url: server.url,
      token: tokenFor('grace', { roles: ['supervisor'], watches: ['*'] }),
    })
    open.push(board)
    return board
  }
})

/** What must be the same after the crash as before it. */
function essence(view: PresenceView) {
  const { statusId, text, base, origin, by, since, note, expiresAt, next, capacity, work, queues } = view
  return { statusId, text, base, origin, by, since, note, expiresAt, next, capacity, work, queues }
}
