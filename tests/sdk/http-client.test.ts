import { ROUTES, type RouteName } from '@rollcall/shared'
import { createHttpClient, type HttpAnswer, RollcallError } from '../../client-sdk/src/http.ts'
import { createRepresentative, RollcallError as SocketError } from '../../client-sdk/src/index.ts'
import { failure } from '../support/client-world.ts'
import { TOKENS } from '../support/http-bench.ts'
import { SAMPLES, type Sample } from '../support/http-samples.ts'
import { type RunningServer, startServer } from '../support/server.ts'

describe('the HTTP client and a whole server', () => {
  let server: RunningServer
  let ada: ReturnType<typeof createRepresentative>
  beforeAll(async () => {
    server = await startServer({ env: { ROLLCALL_DEV: '1' } })
    ada = createRepresentative({ url: server.url, token: TOKENS.representative })
    await ada.connect()
    await client('administrator').putRepresentative({ id: 'bo', body: {} })
  })
  afterAll(async () => {
    ada.disconnect()
    await server.close()
  })

  const client = (role: keyof typeof TOKENS) => createHttpClient({ url: server.url, token: TOKENS[role] })

  describe('reach each route by its name', () => {
    it.each(SAMPLES)('[HTTP] $route as $as is answered $status ($path)', async sample => {
      const token = sample.as ? { token: TOKENS[sample.as] } : {}
      const http = createHttpClient({ url: `${server.url}/`, ...token })
      const request = http.request as (name: RouteName, call: object) => Promise<HttpAnswer<unknown>>
      const { status, data } = await request(sample.route, callOf(sample))
      expect(status).toBe(sample.status)
      expect(data === null).toBe(sample.status === 204)
    })

    it('[HTTP] and there is a method for every route', () => {
      const methods = Object.keys(client('service')).filter(
        name => !['request', 'items', 'changes'].includes(name),
      )
      expect(methods.sort()).toEqual(Object.keys(ROUTES).sort())
    })
  })

  it('[HTTP] refuses a call without what its path needs, and sends nothing', async () => {
    const forgotten = {} as { id: string }
    expect(await failure(client('service').getWorkItem(forgotten))).toMatchObject({
      code: 'invalid-message',
      details: { field: 'id' },
      message: expect.stringContaining('"id"'),
    })
  })

  it('[HTTP] says what is wanted of a refused target, a closed item and a built-in queue', async () => {
    const wrong = { id: 'd1', body: { to: 'ben' as unknown as { queueId: string } } }
    expect(await failure(client('service').transferWorkItem(wrong))).toMatchObject({
      code: 'invalid-message',
      message: expect.stringContaining('{ "representativeId": id } or { "queueId": id }'),
    })
    const body = { workstreamId: 'default', representativeId: 'ada', state: 'active' } as const
    await client('service').putWorkItem({ id: 'd2', body })
    await client('service').closeWorkItem({ id: 'd2' })
    expect(await failure(client('service').acceptWorkItem({ id: 'd2' }))).toMatchObject({
      code: 'work-item-closed',
      message: expect.stringContaining('was closed'),
    })
    expect(await failure(client('administrator').deleteQueue({ id: 'default' }))).toMatchObject({
      code: 'in-use',
      message: expect.stringContaining('is built in'),
    })
  })

  it('[HTTP] takes and gives what the route table says', async () => {
    const http = client('service')
    const { items, next } = await http.listPresences({ query: { ids: ['ada', 'bo'] } })
    const text: string | undefined = items[0]?.text
    const cursor: string | null = next
    expect([typeof text, cursor]).toEqual(['string', null])
    const lines = await client('administrator').importRepresentatives({ body: [{ id: 'bo' }, { id: 'eva' }] })
    expect(lines).toEqual([
      { line: 1, id: 'bo', outcome: 'updated' },
      { line: 2, id: 'eva', outcome: 'created' },
    ])
    const body = { workstreamId: 'default', representativeId: 'ada', state: 'lost' } as const
    const wrong = [
      // @ts-expect-error An item needs a body.
      http.putWorkItem({ id: 'w8' }),
      // @ts-expect-error There is no such state.
      http.putWorkItem({ id: 'w8', body }),
      // @ts-expect-error A list takes no body.
      http.listQueues({ body: { name: 'Mail' } }),
      // @ts-expect-error There is no such condition.
      http.listPresences({ query: { colour: 'red' } }),
    ]
    expect((await Promise.allSettled(wrong)).map(({ status }) => status)).toEqual(wrong.map(() => 'rejected'))
  })

  it('[HTTP] rejects with the error of the client, which is one class at both doors', async () => {
    const error = await failure(client('service').getRepresentative({ id: 'ada' }))
    expect(error).toBeInstanceOf(RollcallError)
    expect(RollcallError).toBe(SocketError)
    expect(error).toMatchObject({
      code: 'forbidden',
      retry: false,
      message: expect.stringContaining('administrator'),
      details: { needed: { roles: ['administrator'] } },
    })
    expect(await failure(client('service').getPresence({ id: 'a/../b c' }))).toMatchObject({
      code: 'invalid-message',
    })
  })

  it('[SU2] follows the change feed, from a cursor, without end, until the signal', async () => {
    const http = client('service')
    const { cursor: after } = await http.request('listChanges', { query: { limit: 500 } })
    const end = new AbortController()
    const read: string[] = []
    const reading = (async () => {
      for await (const entry of http.changes({ after: after ?? '', signal: end.signal })) {
        read.push(`${entry.kind} ${entry.id}`)
        if (read.length === 2) end.abort(new Error('enough'))
      }
    })()
    await client('administrator').putQueue({ id: 'fax', body: {} })
    await client('administrator').deleteQueue({ id: 'fax' })
    await expect(reading).rejects.toThrow('enough')
    expect(read).toEqual(['configuration fax', 'configuration fax'])
  })

  it('[PO1] changes only what it has read, by revision or by ETag', async () => {
    const http = client('administrator')
    const { status, etag } = await http.request('putQueue', { id: 'post', body: { name: 'Post' } })
    expect([status, etag]).toEqual([201, '"1"'])
    await http.putQueue({ id: 'post', body: { name: 'Mail' }, ifMatch: etag ?? '' })
    const stale = http.putQueue({ id: 'post', body: {}, ifMatch: 1 })
    expect(await failure(stale)).toMatchObject({ code: 'revision-mismatch' })
    await http.deleteQueue({ id: 'post', ifMatch: 2 })
  })

  it('[HTTP] lists item after item over all pages, and asks for no page that nobody wants', async () => {
    const http = client('administrator')
    const ids = ['q1', 'q2', 'q3', 'q4', 'q5']
    for (const id of ids) await http.putQueue({ id, body: {} })
    let pages = 0
    const counted = (request: Request) => {
      pages += 1
      return fetch(request)
    }
    const reader = createHttpClient({ url: server.url, token: TOKENS.service, fetch: counted })
    const read: string[] = []
    for await (const { id } of reader.items('listQueues', { query: { limit: 2 } })) read.push(id)
    expect(read).toEqual(expect.arrayContaining(ids))
    expect(pages).toBe(Math.ceil(read.length / 2))
    pages = 0
    for await (const _ of reader.items('listQueues', { query: { limit: 2 } })) break
    expect(pages).toBe(1)
  })
})

/** A sample as a call of the client: its path taken apart by the path of its route. */
function callOf({ route, path, body }: Sample): object {
  const [bare = '', text = ''] = path.split('?')
  const pattern = ROUTES[route].path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  const params = new RegExp(`^${pattern}$`).exec(bare)?.groups ?? {}
  const query = Object.fromEntries(new URLSearchParams(text))
  const lines = typeof body === 'string' ? [{ id: 'dee', name: 'Dee' }, { id: 'cy' }] : body
  return { ...params, ...(text && { query }), ...(lines !== undefined && { body: lines }) }
}
