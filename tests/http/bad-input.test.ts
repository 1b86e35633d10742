import supertest from 'supertest'
import { httpBench, TOKENS } from '../support/http-bench.ts'
import { handMadeToken, tokenOf } from '../support/tokens.ts'

const PRESENCE = '/v1/representatives/ada/presence'
const { administrator, service, supervisor } = TOKENS

/** Sends a body as it is, without making JSON of it. */
function raw(http: Parameters<typeof supertest>[0], path: string, body: string, type = 'application/json') {
  return supertest(http)
    .put(path)
    .set('Authorization', `Bearer ${service}`)
    .set('Content-Type', type)
    .send(body)
}

describe('bad input', () => {
  const { app, http, send } = httpBench()

  afterEach(() => expect(app.lastCaller()).toBeNull())

  it.each([
    ['a missing field', {}, 'statusId'],
    ['an unknown field', { statusId: 'busy', colour: 'red' }, 'colour'],
    ['a wrong type', { statusId: 7 }, 'statusId'],
    ['a list where an object belongs', [], ''],
    ['null', null, ''],
    ['an id with a blank', { statusId: 'a b' }, 'statusId'],
    ['an id of dots', { statusId: '..' }, 'statusId'],
    ['a huge string', { statusId: 'busy', note: 'x'.repeat(201) }, 'note'],
    ['a value out of bounds', { statusId: 'busy', forMs: 999 }, 'forMs'],
    ['a fraction', { statusId: 'busy', forMs: 1000.5 }, 'forMs'],
    ['a word that is none of the words', { statusId: 'busy', when: 'later' }, 'when'],
    ['a length that no number compares with', { statusId: 'busy', note: { length: { toString: 'x' } } }, ''],
    ['a constructor', { statusId: 'busy', constructor: { prototype: {} } }, 'constructor'],
  ])('[HTTP] %s is invalid-message and names the field', async (_what, body, field) => {
    const answer = await raw(http, PRESENCE, JSON.stringify(body))
    expect([answer.status, answer.body.code, answer.body.details.field]).toEqual([
      400,
      'invalid-message',
      field,
    ])
  })

  it('[HTTP] __proto__ is refused at any depth', async () => {
    for (const body of [
      '{"statusId":"busy","__proto__":{"when":"now"}}',
      '{"workstreamId":"default","representativeId":"ada","state":"active","attributes":{"__proto__":{"x":1}}}',
    ]) {
      const path = body.includes('workstream') ? '/v1/work-items/w1' : PRESENCE
      const answer = await raw(http, path, body)
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-message'])
      expect(answer.body.details.field).toMatch(/__proto__$/)
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect((await send('get', '/v1/queues/__proto__', service)).body.code).toBe('invalid-message')
    expect((await send('get', '/v1/queues/constructor', service)).body.code).toBe('not-found')
  })

  it('[HTTP] deep nesting is refused', async () => {
    const deep = `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`
    const item = `{"workstreamId":"default","representativeId":"ada","state":"active","attributes":${deep}}`
    expect((await raw(http, '/v1/work-items/w1', item)).body.code).toBe('invalid-message')
  })

  it('[WK2] attributes over 2 KB are refused', async () => {
    const body = {
      workstreamId: 'default',
      representativeId: 'ada',
      state: 'active',
      attributes: { title: 'x'.repeat(2_048) },
    }
    const answer = await send('put', '/v1/work-items/w1', service, body)
    expect([answer.status, answer.body.details.field]).toEqual([400, 'attributes'])
  })

  it.each(['{"statusId":', 'busy', '{"statusId":"busy"}}', '\u0000'])('[HTTP] %j is not JSON', async body => {
    const answer = await raw(http, PRESENCE, body)
    expect([answer.status, answer.body.code, answer.type]).toEqual([
      400,
      'invalid-message',
      'application/problem+json',
    ])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
    '[HTTP] a body of type %s is refused',
    async type => {
      const answer = await raw(http, PRESENCE, '{"statusId":"busy"}', type)
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-message'])
    },
  )

  it('[HTTP] a compressed body is refused', async () => {
    const answer = await raw(http, PRESENCE, '{"statusId":"busy"}').set('Content-Encoding', 'gzip')
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-message'])
  })

  it('[HTTP] a body over 16 KiB is payload-too-large', async () => {
    const answer = await raw(http, PRESENCE, JSON.stringify({ statusId: 'busy', note: 'x'.repeat(17_000) }))
    expect([answer.status, answer.body.code]).toEqual([413, 'payload-too-large'])
  })

  it('[HTTP] a body is asked for where it is needed, and refused where it is not', async () => {
    expect((await send('put', PRESENCE, service)).body.code).toBe('invalid-message')
    expect((await send('delete', `${PRESENCE}/next`, service, { now: true })).body.code).toBe(
      'invalid-message',
    )
  })

  it.each(['yes', '1', '', 'TRUE'])('[PO4] eraseHistory=%s is neither true nor false', async value => {
    const path = `/v1/representatives/ada?eraseHistory=${value}`
    const answer = await send('delete', path, administrator)
    expect([answer.status, answer.body.details.field]).toEqual([400, 'eraseHistory'])
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['queue=', 'queue'],
    ['base=gone', 'base'],
    ['ids=ada,', 'ids.1'],
    ['at=2026-01-01T00:00:00.000Z', 'at'],
    ['__proto__=1', '__proto__'],
    ['queue[x]=1', 'queue[x]'],
  ])('[HTTP] the query %s is refused', async (query, field) => {
    const answer = await send('get', `/v1/presences?${query}`, supervisor)
    expect([answer.status, answer.body.code, answer.body.details.field]).toEqual([
      400,
      'invalid-message',
      field,
    ])
  })

  it('[HTTP] a path that cannot be decoded, or holds no id, is refused', async () => {
    for (const id of ['%zz', '%00', 'a%2Fb', '-x', 'x'.repeat(129)]) {
      const answer = await send('get', `/v1/queues/${id}`, service)
      expect([id, answer.status, answer.body.code]).toEqual([id, 400, 'invalid-message'])
    }
  })

  it('[HTTP] the id of a PUT may be repeated, not contradicted', async () => {
    const answer = await send('put', '/v1/queues/mail', administrator, { id: 'post' })
    expect([answer.status, answer.body.details.field]).toEqual([400, 'id'])
  })

  it('[HTTP] expired, unsigned and malformed tokens are unauthenticated', async () => {
    const past = tokenOf({ sub: 'ada', roles: ['representative'], issuedAt: 1_000_000, expiresInSeconds: 1 })
    const unsigned = handMadeToken(
      { alg: 'none' },
      { sub: 'ada', roles: ['administrator'], exp: 4_000_000_000 },
      '',
    )
    for (const token of [past, unsigned, 'x', 'a.b.c']) {
      const answer = await send('get', PRESENCE, token)
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated'])
    }
    const basic = await send('get', PRESENCE, null, undefined, { Authorization: 'Basic YWRhOmFkYQ==' })
    expect(basic.body.code).toBe('unauthenticated')
  })

  it('[HTTP] patches that name nothing known are refused, and defaults do not creep in', async () => {
    expect((await send('patch', '/v1/policy', administrator, { sessionlimit: 5 })).body.code).toBe(
      'invalid-message',
    )
    expect((await send('patch', '/v1/representatives/ada', administrator, { id: 'ada' })).body.code).toBe(
      'invalid-message',
    )
  })
})

describe('a patch', () => {
  it('[HTTP] changes what it names and nothing else', async () => {
    const { send } = httpBench()
    await send('put', '/v1/representatives/cy', administrator, {
      name: 'Cy',
      queues: ['mail'],
      defaultStatusId: 'busy',
    })
    const patched = await send('patch', '/v1/representatives/cy', administrator, { name: 'Cyd' })
    expect(patched.body).toMatchObject({ name: 'Cyd', queues: ['mail'], defaultStatusId: 'busy' })
    await send('post', '/v1/statuses', administrator, {
      id: 'lunch',
      text: 'Lunch',
      base: 'away',
      expectedMs: 1_800_000,
    })
    const status = await send('patch', '/v1/statuses/lunch', administrator, { text: 'Break' })
    expect(status.body).toMatchObject({ text: 'Break', base: 'away', expectedMs: 1_800_000 })
  })
})
