// The table of WK3 through the real doors: each report about an item in each state, over HTTP as a service or a
// supervisor, over a socket as its holder or as somebody else.

import { createRepresentative, type RepresentativeClient, RollcallError } from '@rollcall/client'
import type { WorkItemResource } from '@rollcall/shared'
import { type HttpClient, httpClient } from '../support/http.ts'
import { type RunningServer, startServer } from '../support/server.ts'

const STATES = ['none', 'queued', 'offered', 'active', 'waiting', 'wrap-up', 'closed'] as const
type State = (typeof STATES)[number]

/** By state, in the order of STATES: the state afterwards, or the code. `-`: done, and no record is made. */
type Table = Readonly<Record<string, readonly string[]>>

const unknown = 'work-item-unknown'
const gone = 'work-item-closed'
const not = 'transition-not-allowed'
const other = 'work-item-conflict'

const BY_SERVICE: Table = {
  offer: ['offered', 'offered', 'offered', 'active', not, not, gone],
  assign: ['active', 'active', 'active', 'active', 'active', 'active', gone],
  accept: ['offer-gone', 'offer-gone', 'active', 'active', not, not, gone],
  reject: ['offer-gone', 'offer-gone', 'queued', not, not, not, gone],
  miss: ['offer-gone', 'offer-gone', 'queued', not, not, not, gone],
  withdraw: ['offer-gone', 'offer-gone', 'queued', not, not, not, gone],
  wait: [unknown, not, not, 'waiting', 'waiting', 'waiting', gone],
  resume: [unknown, not, not, 'active', 'active', 'active', gone],
  'wrap-up': [unknown, not, not, 'wrap-up', not, 'wrap-up', gone],
  close: ['-', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed'],
  release: [unknown, 'queued', not, 'queued', 'queued', 'queued', gone],
  transfer: [unknown, not, not, 'active', 'active', 'active', gone],
}

const BY_SUPERVISOR: Table = Object.fromEntries(
  ['withdraw', 'close', 'release', 'transfer'].map(report => [report, BY_SERVICE[report] ?? []]),
)

const elsewhere = (none: string) => [none, ...STATES.slice(1).map(() => 'forbidden')]
const BY_SUPERVISOR_OF_ANOTHER_QUEUE: Table = {
  withdraw: elsewhere('offer-gone'),
  close: elsewhere('-'),
  release: elsewhere(unknown),
  transfer: elsewhere(unknown),
}

const BY_HOLDER: Table = {
  accept: ['offer-gone', 'offer-gone', 'active', 'active', not, not, gone],
  reject: ['offer-gone', 'offer-gone', 'queued', not, not, not, gone],
  wait: [unknown, 'forbidden', not, 'waiting', 'waiting', 'waiting', gone],
  resume: [unknown, 'forbidden', not, 'active', 'active', 'active', gone],
  'wrap-up': [unknown, 'forbidden', not, 'wrap-up', not, 'wrap-up', gone],
  close: ['-', 'forbidden', 'closed', 'closed', 'closed', 'closed', 'closed'],
  transfer: [unknown, 'forbidden', not, 'active', 'active', 'active', gone],
}

const somebodys = (none: string, queued: string, closed = gone) => [
  none,
  queued,
  other,
  other,
  other,
  other,
  closed,
]
const BY_SOMEBODY_ELSE: Table = {
  accept: somebodys('offer-gone', 'offer-gone'),
  reject: somebodys('offer-gone', 'offer-gone'),
  wait: somebodys(unknown, 'forbidden'),
  resume: somebodys(unknown, 'forbidden'),
  'wrap-up': somebodys(unknown, 'forbidden'),
  close: somebodys('-', 'forbidden', 'closed'),
  transfer: somebodys(unknown, 'forbidden'),
}

const cells = (table: Table) =>
  Object.entries(table).flatMap(([report, row]) =>
    STATES.map((state, column) => [report, state, row[column] ?? 'missing'] as const),
  )

describe('what a report makes of a work item', () => {
  let server: RunningServer
  let service: HttpClient
  let supervisor: HttpClient
  let stranger: HttpClient
  const clients = new Map<string, RepresentativeClient>()
  let count = 0
  let id = ''

  beforeAll(async () => {
    server = await startServer()
    const http = (sub: string, claims: object) => httpClient(server.url, server.token({ sub, ...claims }))
    service = http('robot', { roles: ['service'] })
    supervisor = http('sue', { roles: ['supervisor'], watches: ['billing'] })
    stranger = http('sam', { roles: ['supervisor'], watches: ['sales'] })
    const admin = http('root', { roles: ['administrator'] })
    for (const queue of ['billing', 'sales']) await admin.put(`/v1/queues/${queue}`, {})
    await admin.put('/v1/workstreams/chat', { queueId: 'billing' })
    await admin.patch('/v1/policy', { missedSetsInactive: false, rejectedSetsDoNotDisturb: false })
    for (const sub of ['ada', 'ben', 'cleo']) {
      await admin.put(`/v1/representatives/${sub}`, { queues: ['billing'] })
      const client = createRepresentative({ url: server.url, token: server.token({ sub }) })
      clients.set(sub, client)
      await client.connect()
    }
  })
  afterAll(async () => {
    for (const client of clients.values()) client.disconnect()
    await server.close()
  })
  afterEach(() => service.post(`/v1/work-items/${id}/close`))

  const put = (state: 'offered' | 'active', more = {}) =>
    service.put<WorkItemResource>(`/v1/work-items/${id}`, {
      workstreamId: 'chat',
      representativeId: 'ada',
      state,
      ...more,
    })

  /** A new item in that state, with or offered to ada. */
  async function bring(state: State): Promise<void> {
    id = `w${++count}`
    if (state === 'none') return
    await put(state === 'queued' || state === 'offered' ? 'offered' : 'active')
    const last = { queued: 'withdraw', waiting: 'wait', 'wrap-up': 'wrap-up', closed: 'close' } as const
    if (state in last) await service.post(`/v1/work-items/${id}/${last[state as keyof typeof last]}`)
    expect(server.storage.workItem('default', id)?.state).toBe(state)
  }

  async function overHttp(from: HttpClient, report: string): Promise<string> {
    const body = report === 'transfer' ? { to: { representativeId: 'ben' } } : undefined
    const { status, body: answer } =
      report === 'offer' || report === 'assign'
        ? await put(report === 'offer' ? 'offered' : 'active')
        : await from.post<WorkItemResource & { code?: string }>(`/v1/work-items/${id}/${report}`, body)
    if (status === 204) return '-'
    return 'code' in answer && answer.code ? String(answer.code) : answer.state
  }

  async function overSocket(sub: string, report: string): Promise<string> {
    const client = clients.get(sub)
    if (!client) throw new Error(`${sub} has no client.`)
    const send: Record<string, () => Promise<unknown>> = {
      accept: () => client.accept(id),
      reject: () => client.reject(id),
      wait: () => client.wait(id),
      resume: () => client.resume(id),
      'wrap-up': () => client.wrapUp(id),
      close: () => client.close(id),
      transfer: () => client.transfer(id, { representativeId: 'ben' }),
    }
    try {
      await send[report]?.()
      return server.storage.workItem('default', id)?.state ?? '-'
    } catch (error) {
      if (error instanceof RollcallError) return error.code
      throw error
    }
  }

  const stored = () => JSON.stringify(server.storage.workItem('default', id))
  const REFUSALS = [unknown, gone, not, other, 'offer-gone', 'forbidden']

  async function check(state: State, expected: string, report: () => Promise<string>): Promise<void> {
    await bring(state)
    const before = stored()
    expect(await report()).toBe(expected)
    if (REFUSALS.includes(expected) || expected === '-' || expected === state) {
      // To a colleague is a change though the state is the same.
      const transferred = server.storage.workItem('default', id)?.representativeId === 'ben'
      if (!transferred) expect(stored()).toBe(before)
    }
  }

  it.each(cells(BY_SERVICE))('[WK3] a service: %s of an item that is %s: %s', (report, state, expected) =>
    check(state, expected, () => overHttp(service, report)),
  )

  it.each(cells(BY_SUPERVISOR))('[WK3, WK4] a supervisor: %s, %s: %s', (report, state, expected) =>
    check(state, expected, () => overHttp(supervisor, report)),
  )

  it.each(cells(BY_SUPERVISOR_OF_ANOTHER_QUEUE))(
    '[WK4] a supervisor of another queue: %s, %s: %s',
    (report, state, expected) => check(state, expected, () => overHttp(stranger, report)),
  )

  it.each(cells(BY_HOLDER))('[WK3, WK4] her own: %s, %s: %s', (report, state, expected) =>
    check(state, expected, () => overSocket('ada', report)),
  )

  it.each(cells(BY_SOMEBODY_ELSE))(
    '[WK3, WK4, WK9] of somebody else’s: %s, %s: %s',
    (report, state, expected) => check(state, expected, () => overSocket('cleo', report)),
  )

  it.each(['accept', 'reject', 'miss', 'wait', 'resume', 'wrap-up'])(
    '[WK4] a supervisor cannot report %s',
    async report => {
      await bring('active')
      expect(await overHttp(supervisor, report)).toBe('forbidden')
    },
  )

  it.each(['assign', 'wait', 'wrap-up', 'close', 'release', 'transfer'])(
    '[WK3] %s twice changes nothing the second time, and answers as the first',
    async report => {
      await bring('active')
      const first = await overHttp(service, report)
      const before = stored()
      expect(await overHttp(service, report)).toBe(first)
      expect(stored()).toBe(before)
    },
  )

  it.each(['offered', 'active'] as const)('[WK3] a closed item is reopened as %s on request', async state => {
    await bring('closed')
    expect((await put(state, { reopen: true })).body).toMatchObject({ state })
    expect((await put(state, { reopen: true })).body).toMatchObject({ state })
  })
})
