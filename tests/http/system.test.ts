import type { DevMode } from '../../server/src/http/dev.ts'
import { nonceOf } from '../../server/src/http/security.ts'
import { httpBench, TOKENS } from '../support/http-bench.ts'
import { tokenOf } from '../support/tokens.ts'

describe('about and me', () => {
  it('[HTTP] /about needs no token', async () => {
    const oidc = { issuer: 'https://id.example.com', clientId: 'desk', scopes: ['openid'] }
    const { send } = httpBench({
      info: { version: '1.2.3', mode: 'production', demo: true, store: 'redis', oidc },
    })
    const { body } = await send('get', '/v1/about', null)
    expect(body).toEqual({
      version: '1.2.3',
      protocol: 1,
      mode: 'production',
      demo: true,
      store: 'redis',
      oidc,
    })
  })

  it('[HTTP] /me says who the token is, with the policy that pages need', async () => {
    const { send } = httpBench()
    const { body } = await send('get', '/v1/me', TOKENS.supervisor)
    expect(body).toMatchObject({
      sub: 'the-supervisor',
      roles: ['supervisor'],
      tenant: 'default',
      queues: [],
      watches: ['*'],
    })
    expect(body.policy).toEqual({
      timeZone: 'UTC',
      restoreWindowMs: 150_000,
      signOutRestores: true,
      sessionLimit: 10,
    })
    expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now())
  })

  it('[HTTP] the queues of a known representative are those of her record, not of her token', async () => {
    const { send } = httpBench()
    const token = tokenOf({ sub: 'ada', roles: ['representative'], queues: ['elsewhere'] })
    expect((await send('get', '/v1/me', token)).body.queues).toEqual(['billing'])
    const unknown = tokenOf({ sub: 'dot', roles: ['representative'], queues: ['elsewhere'] })
    expect((await send('get', '/v1/me', unknown)).body.queues).toEqual(['elsewhere'])
  })

  it('[HTTP] /metrics is for Prometheus', async () => {
    const { send } = httpBench()
    const { text, type } = await send('get', '/metrics', null)
    expect(type).toBe('text/plain')
    expect(text).toContain('# HELP rollcall_commands_total')
  })
})

describe('development mode', () => {
  const dev: DevMode = {
    refuse: headers => (headers['via'] ? 'It came through a proxy.' : null),
    mint: ({ sub }) => `token-of-${sub}`,
    people: () => [{ sub: 'ada', name: 'Ada', roles: ['representative'] }],
  }

  it('[HTTP] mints a token and says whom a page may sign in as', async () => {
    const { send } = httpBench({ dev })
    const minted = await send('post', '/v1/dev/token', null, { sub: 'ada', roles: ['representative'] })
    expect([minted.status, minted.body]).toEqual([200, { token: 'token-of-ada' }])
    expect((await send('get', '/v1/dev/people', null)).body.items).toHaveLength(1)
  })

  it('[HTTP] refuses what did not come from this machine', async () => {
    const { send } = httpBench({ dev })
    const { status, body } = await send(
      'post',
      '/v1/dev/token',
      null,
      { sub: 'ada', roles: ['representative'] },
      { Via: '1.1 p' },
    )
    expect([status, body.code, body.detail]).toEqual([403, 'forbidden', 'It came through a proxy.'])
  })

  it.each([
    { sub: 'ada', roles: [] },
    { sub: 'ada', roles: ['boss'] },
    { roles: ['service'] },
    { sub: 'ada', roles: ['service'], expiresInSeconds: 0 },
  ])('[HTTP] refuses the claims %j', async claims => {
    const { send } = httpBench({ dev })
    expect((await send('post', '/v1/dev/token', null, claims)).body.code).toBe('invalid-message')
  })

  it('[HTTP] is neither there nor documented in production', async () => {
    const { send } = httpBench()
    expect((await send('post', '/v1/dev/token', null, { sub: 'ada', roles: ['service'] })).status).toBe(404)
    expect((await send('get', '/openapi.json', null)).text).not.toContain('/v1/dev/')
  })
})

describe('pages', () => {
  it('[HTTP] stand beside the API, under the nonce of the answer', async () => {
    const { send } = httpBench({
      page: [
        (request, response, next) =>
          request.path === '/' ? void response.send(`nonce ${nonceOf(response)}`) : next(),
      ],
    })
    const { text, headers } = await send('get', '/', null)
    expect(headers['content-security-policy']).toContain(`'${text.replace(' ', '-')}'`)
    expect((await send('get', '/other', null)).body.code).toBe('not-found')
  })

  it('[HTTP] without any, / leads to the reference', async () => {
    const { send } = httpBench()
    const { status, headers } = await send('get', '/', null)
    expect([status, headers['location']]).toEqual([302, '/docs'])
  })
})
