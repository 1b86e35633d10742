import { ERRORS, type ErrorCode } from '@rollcall/shared'
import supertest from 'supertest'
import { Refused } from '../../server/src/app/refused.ts'
import { StorageUnavailable } from '../../server/src/storage/storage.ts'
import { httpBench, TOKENS } from '../support/http-bench.ts'

const PATH = '/v1/representatives/ada/presence'

describe('problem+json', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])(
    '[HTTP] %s has its status, its retry and its meaning',
    async code => {
      const { app, http } = httpBench()
      app.failWith(new Refused(code, 'What to do.', { field: 'x' }))
      // Not by `send`, which takes only the errors that this route lists.
      const bearer = `Bearer ${TOKENS.service}`
      const { status, body, type } = await supertest(http).get(PATH).set('Authorization', bearer)
      expect(type).toBe('application/problem+json')
      expect(status).toBe(ERRORS[code].status)
      expect(body).toEqual({
        type: `/docs#error-${code}`,
        title: ERRORS[code].meaning,
        status: ERRORS[code].status,
        detail: 'What to do.',
        code,
        retry: ERRORS[code].retry,
        details: { field: 'x' },
      })
    },
  )

  it('[HTTP] the type of a problem is an anchor of the reference', async () => {
    const { send } = httpBench()
    const docs = await send('get', '/docs', null)
    for (const code of Object.keys(ERRORS)) expect(docs.text).toContain(`id="error-${code}"`)
  })

  it('[HTTP] a fault answers with an incident id that stands in the log, and with nothing of the fault', async () => {
    const { app, send, lines } = httpBench()
    app.failWith(new Error('a secret of the inside'))
    const { status, body } = await send('get', PATH, TOKENS.service)
    expect([status, body.code, body.retry]).toEqual([500, 'internal', false])
    expect(JSON.stringify(body)).not.toContain('secret of the inside')
    expect(body.instance).toBe(`urn:uuid:${body.details.incidentId}`)
    expect(
      lines.some(line => line.includes(body.details.incidentId) && line.includes('a secret of the inside')),
    ).toBe(true)
  })

  it('[HTTP] a store that cannot be reached is unavailable, to be tried again', async () => {
    const { app, send } = httpBench()
    app.failWith(new StorageUnavailable('gone'))
    const { status, body, headers } = await send('put', PATH, TOKENS.service, { statusId: 'busy' })
    expect([status, body.code, body.retry]).toEqual([503, 'unavailable', true])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })

  it('[HTTP] an application that is not ready is unavailable, and says so in /readyz', async () => {
    const { app, send } = httpBench({ notReady: () => ['The node is stopping.'] })
    app.setReady(false)
    const { status, body } = await send('get', PATH, TOKENS.service)
    expect([status, body.code]).toEqual([503, 'unavailable'])
    const ready = await send('get', '/readyz', null)
    expect([ready.status, ready.body.status]).toEqual([503, 'not-ready'])
    expect(ready.body.reasons).toHaveLength(2)
    expect((await send('get', '/healthz', null)).status).toBe(200)
  })

  it('[HTTP] too many requests says when to try again', async () => {
    const admitPresenceCommand = async ({ sub }: { sub: string }) => {
      throw new Refused('too-many-requests', `Slower, ${sub}.`, { retryAfterMs: 1_500 })
    }
    const { send } = httpBench({ limits: { admitPresenceCommand } })
    const own = await send('put', PATH, TOKENS.representative, { statusId: 'busy' })
    expect([own.status, own.body.code, own.body.details.retryAfterMs]).toEqual([
      429,
      'too-many-requests',
      1_500,
    ])
    expect(own.headers['retry-after']).toBe('2')
    // The limit is a representative's own; a supervisor who sets many people is not held up.
    expect((await send('put', PATH, TOKENS.supervisor, { statusId: 'busy' })).status).toBe(200)
    expect((await send('get', PATH, TOKENS.representative)).status).toBe(200)
  })

  it('[SU1] a revoked token is refused', async () => {
    const { app, send } = httpBench()
    expect((await send('get', '/v1/me', TOKENS.supervisor)).status).toBe(200)
    app.revoke('the-supervisor')
    expect((await send('get', '/v1/me', TOKENS.supervisor)).body.code).toBe('unauthenticated')
  })

  it.each([
    '/v1',
    '/v1/nothing',
    '/v1/queues/',
    '/V1/queues',
    '/v1/history',
    '/v1/presences/ada',
    '/v1/dev/token',
    '/nothing.html',
  ])('[HTTP] %s is not listed: not-found', async path => {
    const { send } = httpBench()
    const { status, body, type } = await send('get', path, TOKENS.administrator)
    expect([status, body.code, type]).toEqual([404, 'not-found', 'application/problem+json'])
  })

  it('[HTTP] a listed path with another method says which methods it takes', async () => {
    const { send } = httpBench()
    const { status, body, headers } = await send('post', '/v1/queues/mail', TOKENS.administrator, {})
    expect([status, body.code]).toEqual([404, 'not-found'])
    expect(headers['allow']).toBe('GET, PUT, DELETE')
  })

  it('[HTTP] outcomes are counted', async () => {
    const { send } = httpBench()
    await send('get', PATH, TOKENS.service)
    await send('get', PATH, null)
    const { text } = await send('get', '/metrics', null)
    expect(text).toContain('rollcall_commands_total{transport="http",command="getPresence",outcome="ok"} 1')
    expect(text).toContain(
      'rollcall_commands_total{transport="http",command="getPresence",outcome="unauthenticated"} 1',
    )
    expect(text).toContain('rollcall_refusals_total{transport="http",code="unauthenticated"} 1')
  })
})
