// PO1: versions of every kind of resource, over the application as it is.

import { httpBench, TOKENS } from '../support/http-bench.ts'
import { createRealApp } from '../support/real-http-app.ts'

const { administrator } = TOKENS

/** How each is written, and with which two different texts. */
const KINDS = [
  ['queues/mail', 'put', { name: 'One' }, { name: 'Two' }],
  ['workstreams/mail', 'put', { name: 'One' }, { name: 'Two' }],
  ['capacity-profiles/mail', 'put', { limit: 1 }, { limit: 2 }],
  ['representatives/cy', 'put', { name: 'One' }, { name: 'Two' }],
  ['representatives/bo', 'patch', { name: 'One' }, { name: 'Two' }],
  ['statuses/lunch', 'patch', { text: 'One' }, { text: 'Two' }],
  ['policy', 'patch', { maxDeclines: 1 }, { maxDeclines: 2 }],
] as const

describe('[PO1] If-Match', () => {
  let real: Awaited<ReturnType<typeof createRealApp>>
  let send: ReturnType<typeof httpBench>['send']

  beforeEach(async () => {
    real = await createRealApp()
    send = httpBench({ app: real.app }).send
    await send('post', '/v1/statuses', administrator, { id: 'lunch', text: 'Lunch', base: 'away' })
  })
  afterEach(() => real.stop())

  it.each(KINDS)('stands between two writers of %s (%s)', async (resource, method, one, two) => {
    const path = `/v1/${resource}`
    const write = async (body: object, etag: string) => {
      const answer = await send(method, path, administrator, body, { 'If-Match': etag })
      return [answer.status, answer.body.code] as const
    }
    await send(method, path, administrator, one)
    const read = await send('get', path, administrator)
    const etag = read.headers['etag'] ?? ''
    expect(read.body).toMatchObject(one)
    expect(await write(two, etag)).toEqual([200, undefined])
    expect(await write(one, etag)).toEqual([412, 'revision-mismatch'])
    const now = await send('get', path, administrator)
    expect(now.body).toMatchObject(two)
    expect(now.headers['etag']).not.toBe(etag)
    if (resource === 'policy') return
    const remove = (match: string) => send('delete', path, administrator, undefined, { 'If-Match': match })
    expect((await remove(etag)).status).toBe(412)
    expect((await remove(now.headers['etag'] ?? '')).status).toBe(204)
  })

  it('of many who read the same and write at once, one wins', async () => {
    const { headers } = await send('get', '/v1/policy', administrator)
    const etag = { 'If-Match': headers['etag'] ?? '' }
    const statuses = await Promise.all(
      [1, 2, 3, 4].map(
        async maxDeclines => (await send('patch', '/v1/policy', administrator, { maxDeclines }, etag)).status,
      ),
    )
    expect(statuses.sort()).toEqual([200, 412, 412, 412])
  })
})
