import { httpBench, TOKENS } from '../support/http-bench.ts'

const { administrator, service } = TOKENS
const key = (value: string) => ({ 'Idempotency-Key': value })

describe('Idempotency-Key', () => {
  it('[HTTP] the same command again changes nothing and answers with the first status', async () => {
    const { send } = httpBench()
    const first = await send('put', '/v1/queues/mail', administrator, { name: 'Mail' }, key('k1'))
    const again = await send('put', '/v1/queues/mail', administrator, { name: 'Mail' }, key('k1'))
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.headers['etag']).toBe('"1"')
    const gone = await send('post', '/v1/work-items/w9/close', service, undefined, key('k2'))
    const goneAgain = await send('post', '/v1/work-items/w9/close', service, undefined, key('k2'))
    expect([gone.status, goneAgain.status]).toEqual([204, 204])
  })

  it('[HTTP] another body, path or method under the same key is refused', async () => {
    const { send } = httpBench()
    await send('put', '/v1/queues/mail', administrator, { name: 'Mail' }, key('k1'))
    for (const [method, path, body] of [
      ['put', '/v1/queues/mail', { name: 'Post' }],
      ['put', '/v1/queues/post', { name: 'Mail' }],
      ['delete', '/v1/queues/mail', undefined],
    ] as const) {
      const { status, body: problem } = await send(method, path, administrator, body, key('k1'))
      expect([status, problem.code]).toEqual([422, 'key-reused'])
    }
  })

  it('[HTTP, PO4] another query under the same key is refused', async () => {
    const { send } = httpBench()
    const path = '/v1/representatives/ada'
    await send('put', path, administrator, {})
    expect((await send('delete', path, administrator, undefined, key('k1'))).status).toBe(204)
    const erasing = await send('delete', `${path}?eraseHistory=true`, administrator, undefined, key('k1'))
    expect([erasing.status, erasing.body.code]).toEqual([422, 'key-reused'])
  })

  it('[HTTP] the order of fields makes no other body', async () => {
    const { send, app } = httpBench()
    const status = { id: 'lunch', text: 'Lunch', base: 'away' }
    await send('post', '/v1/statuses', administrator, status, key('k1'))
    const one = app.lastCaller()?.commandKey
    const again = await send(
      'post',
      '/v1/statuses',
      administrator,
      { base: 'away', text: 'Lunch', id: 'lunch' },
      key('k1'),
    )
    expect(again.status).toBe(201)
    expect(app.lastCaller()?.commandKey).toEqual(one)
  })

  it('[HTTP] without a key nothing is remembered', async () => {
    const { send, app } = httpBench()
    await send('put', '/v1/queues/mail', administrator, {})
    expect(app.lastCaller()?.commandKey).toBeUndefined()
    expect((await send('put', '/v1/queues/mail', administrator, {})).status).toBe(200)
  })

  it.each(['', 'x'.repeat(129)])('[HTTP] a key of the wrong length is refused', async value => {
    const { send } = httpBench()
    const { status, body } = await send('put', '/v1/queues/mail', administrator, {}, key(value))
    expect([status, body.details.field]).toEqual([400, 'Idempotency-Key'])
  })
})
