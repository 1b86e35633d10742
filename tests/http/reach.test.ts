import { httpBench, TOKENS } from '../support/http-bench.ts'
import { createRealApp } from '../support/real-http-app.ts'
import { tokenOf } from '../support/tokens.ts'

// Existence, reach and state are the application's; here they are seen through HTTP, in their order.

const PRESENCE = '/v1/representatives/ada/presence'
const { administrator, representative, service, supervisor } = TOKENS

describe('over the real application', () => {
  let real: Awaited<ReturnType<typeof createRealApp>>
  let send: ReturnType<typeof httpBench>['send']

  beforeEach(async () => {
    real = await createRealApp()
    send = httpBench({ app: real.app }).send
  })
  afterEach(() => real.stop())

  const codeOf = async (...request: Parameters<typeof send>) => {
    const { status, body } = await send(...request)
    return [status, body.code]
  }

  it('[HTTP] existence comes before reach, and reach before state', async () => {
    expect(await codeOf('get', '/v1/representatives/nobody/presence', representative)).toEqual([
      404,
      'representative-unknown',
    ])
    expect(await codeOf('get', '/v1/representatives/bo/presence', representative)).toEqual([403, 'forbidden'])
    const choice = { statusId: 'inactive' }
    expect(await codeOf('put', '/v1/representatives/bo/presence', representative, choice)).toEqual([
      403,
      'forbidden',
    ])
    expect(await codeOf('put', PRESENCE, representative, choice)).toEqual([409, 'status-not-selectable'])
    expect(await codeOf('put', '/v1/representatives/bo/presence', service, { statusId: 'busy' })).toEqual([
      409,
      'not-signed-in',
    ])
  })

  it('[SU1] a supervisor reaches the queues of the token only', async () => {
    const other = tokenOf({ sub: 'sam', roles: ['supervisor'], watches: ['default'] })
    expect(await codeOf('get', '/v1/representatives/bo/presence', other)).toEqual([403, 'forbidden'])
    expect((await send('get', '/v1/representatives/bo/presence', supervisor)).status).toBe(200)
  })

  it('[HTTP] nothing of another tenant exists', async () => {
    const elsewhere = tokenOf({ sub: 'robot', roles: ['service'], tenant: 'elsewhere' })
    expect(await codeOf('get', PRESENCE, elsewhere)).toEqual([404, 'representative-unknown'])
    expect((await send('get', '/v1/presences', elsewhere)).body).toEqual({ items: [], next: null })
  })

  it('[HTTP] a repeated key answers with the first status and the present state', async () => {
    const key = { 'Idempotency-Key': 'k1' }
    expect((await send('put', '/v1/queues/mail', administrator, { name: 'Mail' }, key)).status).toBe(201)
    const again = await send('put', '/v1/queues/mail', administrator, { name: 'Mail' }, key)
    expect([again.status, again.body]).toEqual([201, { id: 'mail', name: 'Mail' }])
    expect(await codeOf('put', '/v1/queues/mail', administrator, { name: 'Post' }, key)).toEqual([
      422,
      'key-reused',
    ])

    const choiceKey = { 'Idempotency-Key': 'k2' }
    const first = await send('put', PRESENCE, representative, { statusId: 'busy' }, choiceKey)
    await send('put', PRESENCE, representative, { statusId: 'away' })
    const repeated = await send('put', PRESENCE, representative, { statusId: 'busy' }, choiceKey)
    expect([first.body.outcome, repeated.body.outcome]).toEqual(['updated', 'updated'])
    expect([first.body.presence.statusId, repeated.body.presence.statusId]).toEqual(['busy', 'away'])

    const closeKey = { 'Idempotency-Key': 'k3' }
    const item = { workstreamId: 'default', representativeId: 'ada', state: 'active' }
    await send('put', '/v1/work-items/w1', service, item)
    for (let times = 0; times < 2; times++) {
      const closed = await send('post', '/v1/work-items/w1/close', service, undefined, closeKey)
      expect([closed.status, closed.body.state]).toEqual([200, 'closed'])
    }
    const unheard = { 'Idempotency-Key': 'k4' }
    expect((await send('post', '/v1/work-items/w2/close', service, undefined, unheard)).status).toBe(204)
    expect((await send('post', '/v1/work-items/w2/close', service, undefined, unheard)).status).toBe(204)
  })

  it('[HTTP] a refusal is not kept: the key may be tried again', async () => {
    const key = { 'Idempotency-Key': 'k1' }
    const item = { workstreamId: 'letters', representativeId: 'ada', state: 'active' }
    expect(await codeOf('put', '/v1/work-items/w1', service, item, key)).toEqual([404, 'not-found'])
    await send('put', '/v1/workstreams/letters', administrator, {})
    expect((await send('put', '/v1/work-items/w1', service, item, key)).status).toBe(200)
  })

  it('[PO1] versions and revisions stand between two writers', async () => {
    const policy = await send('get', '/v1/policy', administrator)
    const etag = { 'If-Match': policy.headers['etag'] ?? '' }
    const changed = await send('patch', '/v1/policy', administrator, { sessionLimit: 5 }, etag)
    expect([changed.status, changed.body.sessionLimit]).toEqual([200, 5])
    expect(await codeOf('patch', '/v1/policy', administrator, { sessionLimit: 6 }, etag)).toEqual([
      412,
      'revision-mismatch',
    ])
    const view = await send('get', PRESENCE, service)
    await send('put', PRESENCE, service, { statusId: 'busy' })
    const late = { 'If-Match': view.headers['etag'] ?? '' }
    expect(await codeOf('put', PRESENCE, service, { statusId: 'away' }, late)).toEqual([
      412,
      'revision-mismatch',
    ])
    expect(await codeOf('post', `${PRESENCE}/reset`, service, undefined, late)).toEqual([
      412,
      'revision-mismatch',
    ])
  })

  it('[ST2] [ST5] [ST6] the status catalogue', async () => {
    const training = { id: 'training', text: 'Available - training', base: 'offline' }
    const created = await send('post', '/v1/statuses', administrator, training)
    expect([created.status, created.headers['location'], created.body.warnings.length]).toEqual([
      201,
      '/v1/statuses/training',
      1,
    ])
    expect(await codeOf('post', '/v1/statuses', administrator, { ...training, id: 'other' })).toEqual([
      409,
      'status-text-taken',
    ])
    expect(await codeOf('patch', '/v1/statuses/busy', administrator, { text: 'Occupied' })).toEqual([
      409,
      'standard-status',
    ])
    expect((await send('delete', '/v1/statuses/training', administrator)).status).toBe(204)
    const listed = await send('get', '/v1/statuses', service)
    expect(listed.body.items.map((status: { id: string }) => status.id)).not.toContain('training')
    expect((await send('get', '/v1/statuses/training', service)).body.archived).toBe(true)
  })

  it('[PO4] what is used is not deleted, and the answer says by whom', async () => {
    await send('put', '/v1/queues/mail', administrator, {})
    await send('put', '/v1/workstreams/letters', administrator, { queueId: 'mail' })
    const { status, body } = await send('delete', '/v1/queues/mail', administrator)
    expect([status, body.code]).toEqual([409, 'in-use'])
    expect(JSON.stringify(body.details)).toContain('letters')
  })

  it('[HTTP] pages follow each other without gap or repetition', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await send('get', `/v1/representatives?limit=1${cursor}`, administrator)
      seen.push(...body.items.map((each: { id: string }) => each.id))
      cursor = body.next && `&cursor=${encodeURIComponent(body.next)}`
    } while (cursor)
    expect(seen).toEqual(['ada', 'bo'])
    expect(await codeOf('get', '/v1/representatives?cursor=nonsense', administrator)).toEqual([
      400,
      'invalid-message',
    ])
  })

  it('[SU1] a revocation refuses the token from now on', async () => {
    const issuedBefore = Math.floor(Date.now() / 1000) + 1
    const revoked = await send('post', '/v1/revocations', administrator, { sub: 'the-service', issuedBefore })
    expect(revoked.status).toBe(200)
    expect(await codeOf('get', PRESENCE, service)).toEqual([401, 'unauthenticated'])
    expect((await send('get', PRESENCE, supervisor)).status).toBe(200)
  })
})
