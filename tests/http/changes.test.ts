// GET /v1/changes over the application as it is.

import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FeedEntryView } from '@rollcall/shared'
import { encodeCursor, watchedBy } from '../../server/src/app/feed-cursor.ts'
import { httpBench, TOKENS } from '../support/http-bench.ts'
import { createRealApp } from '../support/real-http-app.ts'
import { tokenOf } from '../support/tokens.ts'
import { until } from '../support/until.ts'

let real: Awaited<ReturnType<typeof createRealApp>>
let bench: ReturnType<typeof httpBench>
beforeEach(async () => {
  real = await createRealApp()
  bench = httpBench({ app: real.app })
})
afterEach(() => real.stop())

const { service, administrator, supervisor } = TOKENS

async function read(query = '', token: string = service) {
  const answer = await bench.send('get', `/v1/changes${query}`, token)
  if (answer.status !== 200) return { status: answer.status, problem: answer.body, entries: [], cursor: '' }
  const lines = answer.text.split('\n').filter(line => line !== '')
  const cursor = answer.headers['rollcall-cursor'] ?? ''
  return { status: 200, entries: lines.map(line => JSON.parse(line) as FeedEntryView), cursor, problem: null }
}

/** Reads on until nothing comes; all of it. */
async function readAll(token?: string, limit = 500): Promise<FeedEntryView[]> {
  const all: FeedEntryView[] = []
  for (let after = ''; ; ) {
    const { entries, cursor } = await read(`?limit=${limit}${after && `&after=${after}`}`, token)
    if (entries.length === 0) return all
    all.push(...entries)
    after = cursor
  }
}

const put = (path: string, body: object) => bench.send('put', path, administrator, body)
const assign = (id: string, body: object) => bench.send('put', `/v1/work-items/${id}`, service, body)
const choose = (statusId: string) =>
  bench.send('put', '/v1/representatives/ada/presence', service, { statusId })
const watching = (...watches: string[]) => tokenOf({ sub: 'sue', roles: ['supervisor'], watches })
const kindsOf = (entries: readonly FeedEntryView[]) => entries.map(({ kind, id }) => `${kind} ${id}`)

it('[SU2] every stored change, in order, before and after it, with its cause (EX1)', async () => {
  const { cursor } = await read()
  await put('/v1/queues/billing', { name: 'Billing' })
  await choose('away')
  await assign('w1', { workstreamId: 'default', representativeId: 'ada', state: 'active' })
  await bench.send('post', '/v1/revocations', administrator, { sub: 'eve', issuedBefore: 7 })
  const { entries } = await read(`?after=${cursor}`)
  expect(entries).toMatchObject([
    {
      kind: 'configuration',
      resource: 'queues',
      id: 'billing',
      tenant: 'default',
      current: { id: 'billing', name: 'Billing' },
      previous: null,
      cause: { event: 'configuration-changed', actor: { kind: 'administrator', id: 'the-administrator' } },
    },
    {
      kind: 'presence',
      id: 'ada',
      current: { representativeId: 'ada', base: 'away', origin: 'service' },
      previous: { base: 'available' },
      cause: { rule: 'MA5', actor: { kind: 'service', id: 'the-service' } },
    },
    { kind: 'presence', id: 'ada', current: { work: [{ workItemId: 'w1' }] }, previous: { work: [] } },
    { kind: 'work', id: 'w1', current: { state: 'active', representativeId: 'ada' }, previous: null },
    { kind: 'revocation', id: 'eve', current: { sub: 'eve', issuedBefore: 7 }, previous: null },
  ])
  const [, chosen] = entries
  const current = chosen?.kind === 'presence' ? chosen.current : null
  const previous = chosen?.kind === 'presence' ? chosen.previous : null
  expect(current?.revision).toBe((previous?.revision ?? 0) + 1)
})

it('[SU3] without a gap or a repetition, however small the answers', async () => {
  for (const statusId of ['away', 'busy', 'available', 'away', 'busy']) await choose(statusId)
  const whole = await readAll()
  expect(whole.length).toBeGreaterThan(5)
  expect(await readAll(service, 1)).toEqual(whole)
  expect(await readAll(service, 2)).toEqual(whole)
  expect(new Set(whole.map(({ cursor }) => cursor)).size).toBe(whole.length)
})

it('[SU2] goes on with the cursor of any of its lines', async () => {
  for (const statusId of ['away', 'busy', 'available']) await choose(statusId)
  const whole = await readAll()
  for (const [place, { cursor }] of whole.entries()) {
    expect((await read(`?after=${cursor}`)).entries).toEqual(whole.slice(place + 1))
  }
})

it.each(['presences', 'work-items'])(
  '[SU2] begins without a gap or a repetition at the position of GET /v1/%s',
  async list => {
    await choose('away')
    const answer = await bench.send('get', `/v1/${list}?limit=1`, service)
    const cursor = answer.headers['rollcall-cursor']
    expect((await read(`?after=${cursor}`)).entries).toEqual([])
    await choose('busy')
    expect(kindsOf((await read(`?after=${cursor}`)).entries)).toEqual(['presence ada'])
  },
)

describe('[SU1] what a supervisor may not watch is left out', () => {
  beforeEach(async () => {
    await Promise.all(['billing', 'sales'].map(id => put(`/v1/queues/${id}`, {})))
    await put('/v1/representatives/bo', { queues: ['sales'] })
  })

  it('a representative of other queues, the policy, revocations', async () => {
    const { cursor } = await read('', watching('billing'))
    await put('/v1/representatives/bo', { queues: ['sales'], name: 'Bo' })
    await bench.send('patch', '/v1/policy', administrator, { sessionLimit: 9 })
    await bench.send('post', '/v1/revocations', administrator, { sub: 'eve', issuedBefore: 7 })
    await put('/v1/representatives/cy', { queues: ['billing'] })
    const some = await read(`?after=${cursor}`, watching('billing'))
    expect(kindsOf(some.entries)).toEqual(['presence cy'])
    const all = await read(`?after=${cursor}`, supervisor)
    expect(kindsOf(all.entries)).toEqual(
      expect.arrayContaining(['presence bo', 'configuration policy', 'revocation eve']),
    )
  })

  it('but the header passes over it, so that it is not looked at again', async () => {
    const { cursor } = await read('', watching('billing'))
    await put('/v1/representatives/bo', { queues: ['sales'], name: 'Bo' })
    const none = await read(`?after=${cursor}`, watching('billing'))
    expect(none.entries).toEqual([])
    expect(none.cursor).not.toBe(cursor)
    expect((await read(`?after=${none.cursor}`)).entries).toEqual([])
  })

  it('who comes into a watched queue is new, who leaves it is gone', async () => {
    const { cursor } = await read('', watching('billing'))
    await put('/v1/representatives/bo', { queues: ['billing'] })
    await put('/v1/representatives/bo', { queues: ['sales'] })
    const { entries } = await read(`?after=${cursor}`, watching('billing'))
    expect(entries).toMatchObject([
      { id: 'bo', previous: null, current: { queues: ['billing'] } },
      { id: 'bo', previous: { queues: ['billing'] }, current: null },
    ])
  })

  it('where an item goes, or comes from, beyond the queues', async () => {
    for (const id of ['billing', 'sales']) await put(`/v1/workstreams/${id}`, { queueId: id })
    await put('/v1/representatives/ada', { queues: ['billing'] })
    await assign('w1', { workstreamId: 'billing', representativeId: 'ada', state: 'active' })
    const { cursor } = await read('', watching('billing'))
    await bench.send('post', '/v1/work-items/w1/transfer', service, { to: { queueId: 'sales' } })
    const { entries } = await read(`?after=${cursor}`, watching('billing'))
    const left = entries.find(({ kind }) => kind === 'work')
    expect(left).toMatchObject({ current: null, previous: { queueId: 'billing' } })
    expect(left?.cause.inputs).toBeUndefined()
    const all = await read(`?after=${cursor}`)
    expect(all.entries.find(({ kind }) => kind === 'work')?.cause.inputs).toBeDefined()
  })

  it('a work item of another queue', async () => {
    await put('/v1/workstreams/sales', { queueId: 'sales' })
    const { cursor } = await read('', watching('billing'))
    await assign('w1', { workstreamId: 'sales', representativeId: 'bo', state: 'active' })
    expect((await read(`?after=${cursor}`, watching('billing'))).entries).toEqual([])
    expect(kindsOf((await read(`?after=${cursor}`, watching('sales'))).entries)).toEqual([
      'presence bo',
      'work w1',
    ])
  })
})

describe('waiting for news', () => {
  it('[SU2] answers at the first change', async () => {
    const { cursor } = await read()
    const waiting = read(`?after=${cursor}&wait=30`)
    await choose('away')
    expect(kindsOf((await waiting).entries)).toEqual(['presence ada'])
  })

  it('[SU2] answers with nothing when the time is over', async () => {
    const { cursor } = await read()
    expect(await read(`?after=${cursor}&wait=1`)).toMatchObject({ entries: [], cursor })
  })

  it('[SU1] is not woken by what may not be seen, and is refused once its token is revoked', async () => {
    await put('/v1/queues/billing', {})
    const eve = watching('billing')
    const { cursor } = await read('', eve)
    const waiting = read(`?after=${cursor}&wait=30`, eve)
    await choose('away')
    await bench.send('post', '/v1/revocations', administrator, { sub: 'sue', issuedBefore: 4_000_000_000 })
    expect(await waiting).toMatchObject({ status: 401, problem: { code: 'unauthenticated' } })
  })

  it('answers at once when the server stops', async () => {
    const { cursor } = await read()
    const waiting = read(`?after=${cursor}&wait=30`)
    const started = Date.now()
    await bench.send('get', '/v1/me', service)
    await real.app.stop()
    expect(await waiting).toMatchObject({ entries: [] })
    expect(Date.now() - started).toBeLessThan(5_000)
  })

  it('20 at once by one person, not more; who closes the connection gives the place back', async () => {
    const server = createServer(bench.http)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { cursor } = await read()
    const headers = { Authorization: `Bearer ${service}` }
    const open = Array.from({ length: 20 }, () =>
      request({ port, path: `/v1/changes?after=${cursor}&wait=30`, headers }).on('error', () => undefined),
    )
    for (const each of open) each.end()
    const refused = await until('a refusal', async () => {
      const answer = await read(`?after=${cursor}`)
      return answer.status === 429 && answer
    })
    expect(refused.problem).toMatchObject({ code: 'too-many-requests', details: { limit: 20 } })
    for (const each of open) each.destroy()
    await until('places', async () => (await read(`?after=${cursor}`)).status === 200)
    await new Promise(resolve => server.close(resolve))
  })
})

describe('cursors', () => {
  it('[SU2] of a watch and of the feed are the same', async () => {
    const position = real.app.replica.position('default')
    expect((await read()).cursor).toBe(encodeCursor({ position, watched: watchedBy('default', '*') }))
    const queues = ['sales', 'billing']
    expect((await read('', watching(...queues))).cursor).toBe(
      encodeCursor({ position, watched: watchedBy('default', queues) }),
    )
  })

  it('[HTTP] that are none of ours are refused, those of another life or tenant are gone', async () => {
    expect(await read('?after=nonsense')).toMatchObject({
      status: 400,
      problem: { code: 'invalid-message', details: { field: 'after' } },
    })
    const other = await createRealApp()
    const theirs = httpBench({ app: other.app })
    const { headers } = await theirs.send('get', '/v1/changes', service)
    expect(await read(`?after=${headers['rollcall-cursor']}`)).toMatchObject({
      status: 410,
      problem: { code: 'cursor-gone', retry: false },
    })
    await other.stop()
    const { cursor } = await read()
    const acme = tokenOf({ sub: 's', roles: ['service'], tenant: 'acme' })
    expect(await read(`?after=${cursor}`, acme)).toMatchObject({ status: 410 })
  })
})
