import { httpBench, TOKENS } from '../support/http-bench.ts'

const PRESENCE = '/v1/representatives/ada/presence'
const { administrator, service } = TOKENS

describe('ETag, If-Match, If-None-Match', () => {
  it('[PO1] an ETag is the version; a write on an older one is refused and changes nothing', async () => {
    const { send } = httpBench()
    const created = await send('put', '/v1/queues/mail', administrator, { name: 'Mail' })
    expect([created.status, created.headers['etag']]).toEqual([201, '"1"'])
    const replaced = await send(
      'put',
      '/v1/queues/mail',
      administrator,
      { name: 'Post' },
      { 'If-Match': '"1"' },
    )
    expect([replaced.status, replaced.headers['etag']]).toEqual([200, '"2"'])
    const late = await send('put', '/v1/queues/mail', administrator, { name: 'Late' }, { 'If-Match': '"1"' })
    expect([late.status, late.body.code]).toEqual([412, 'revision-mismatch'])
    const now = await send('get', '/v1/queues/mail', administrator)
    expect([now.body.name, now.headers['etag']]).toEqual(['Post', '"2"'])
  })

  it('[PO1] If-Match * asks that it exists', async () => {
    const { send } = httpBench()
    const missing = await send('put', '/v1/queues/mail', administrator, {}, { 'If-Match': '*' })
    expect(missing.status).toBe(412)
    await send('put', '/v1/queues/mail', administrator, {})
    expect((await send('put', '/v1/queues/mail', administrator, {}, { 'If-Match': '*' })).status).toBe(200)
    expect(
      (await send('delete', '/v1/queues/mail', administrator, undefined, { 'If-Match': '"9"' })).status,
    ).toBe(412)
    expect(
      (await send('delete', '/v1/queues/mail', administrator, undefined, { 'If-Match': '"2"' })).status,
    ).toBe(204)
  })

  it('[HTTP] the ETag of a presence is its revision, in the answer to a choice too', async () => {
    const { send } = httpBench()
    const before = await send('get', PRESENCE, service)
    expect(before.headers['etag']).toBe(`"${before.body.revision}"`)
    const choice = await send(
      'put',
      PRESENCE,
      service,
      { statusId: 'busy' },
      { 'If-Match': before.headers['etag'] ?? '' },
    )
    expect(choice.headers['etag']).toBe(`"${choice.body.presence.revision}"`)
    for (const [method, path, body] of [
      ['put', PRESENCE, { statusId: 'away' }],
      ['post', `${PRESENCE}/reset`, undefined],
    ] as const) {
      const late = await send(method, path, service, body, { 'If-Match': '"1"' })
      expect([late.status, late.body.code]).toEqual([412, 'revision-mismatch'])
    }
  })

  it('[HTTP] expectedRevision in the body does the same, and must not contradict', async () => {
    const { send } = httpBench()
    const late = await send('put', PRESENCE, service, { statusId: 'busy', expectedRevision: 7 })
    expect(late.body.code).toBe('revision-mismatch')
    const both = await send(
      'put',
      PRESENCE,
      service,
      { statusId: 'busy', expectedRevision: 7 },
      { 'If-Match': '"1"' },
    )
    expect([both.status, both.body.code, both.body.details.field]).toEqual([
      400,
      'invalid-message',
      'expectedRevision',
    ])
  })

  it.each(['17', 'W/"17"', '"1", "2"', '""', '"a"', '"-1"', '"1'])(
    '[HTTP] If-Match %s is malformed',
    async header => {
      const { send } = httpBench()
      const { status, body } = await send(
        'put',
        PRESENCE,
        service,
        { statusId: 'busy' },
        { 'If-Match': header },
      )
      expect([status, body.code, body.details.field]).toEqual([400, 'invalid-message', 'If-Match'])
    },
  )

  it('[HTTP] a condition that would not be honoured is refused, not overlooked', async () => {
    const { send } = httpBench()
    const next = await send('delete', `${PRESENCE}/next`, service, undefined, { 'If-Match': '"1"' })
    expect(next.body.details.field).toBe('If-Match')
    const put = await send('put', '/v1/queues/mail', administrator, {}, { 'If-None-Match': '*' })
    expect(put.body.details.field).toBe('If-None-Match')
  })

  it('[HTTP] If-None-Match spares what is known already', async () => {
    const { send } = httpBench()
    const known = await send('get', PRESENCE, service, undefined, { 'If-None-Match': '"1"' })
    expect([known.status, known.text]).toEqual([304, ''])
    expect((await send('get', PRESENCE, service, undefined, { 'If-None-Match': '"0", "1"' })).status).toBe(
      304,
    )
    expect((await send('get', PRESENCE, service, undefined, { 'If-None-Match': '"2"' })).status).toBe(200)
    const list = await send('get', '/v1/queues', service)
    expect(list.headers['etag']).toBeUndefined()
  })
})
