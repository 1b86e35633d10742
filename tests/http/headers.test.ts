import { httpBench, TOKENS } from '../support/http-bench.ts'

const PRESENCE = '/v1/representatives/ada/presence'
const LISTED = 'https://desk.example.com'

describe('headers', () => {
  const { send } = httpBench()

  it('[HTTP] every answer carries the strict policy and hides what runs', async () => {
    for (const path of ['/v1/about', '/nothing', '/docs', '/metrics']) {
      const { headers } = await send('get', path, null)
      const policy = headers['content-security-policy'] ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers['x-powered-by']).toBeUndefined()
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it('[HTTP] the nonce is fresh for each answer', async () => {
    const nonceOf = async () => (await send('get', '/docs', null)).headers['content-security-policy']
    expect(await nonceOf()).not.toBe(await nonceOf())
  })

  it('[HTTP] answers about people are not kept by caches', async () => {
    expect((await send('get', PRESENCE, TOKENS.service)).headers['cache-control']).toBe('private, no-cache')
  })

  it('[HTTP] a listed origin may read answers and gets its preflight', async () => {
    const answer = await send('get', PRESENCE, TOKENS.service, undefined, { Origin: LISTED })
    expect(answer.headers['access-control-allow-origin']).toBe(LISTED)
    expect(answer.headers['access-control-expose-headers']).toContain('ETag')
    const preflight = await send('options', PRESENCE, null, undefined, {
      Origin: LISTED,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'authorization,if-match',
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers['access-control-allow-methods']).toContain('PUT')
    expect(preflight.headers['access-control-allow-headers']).toMatch(
      /Authorization.*Idempotency-Key.*If-Match/,
    )
  })

  it.each(['https://evil.example.com', 'null', 'https://desk.example.com.evil.example'])(
    '[HTTP] origin %s gets no CORS, and its writes are refused',
    async origin => {
      const read = await send('get', PRESENCE, TOKENS.service, undefined, { Origin: origin })
      expect(read.headers['access-control-allow-origin']).toBeUndefined()
      const write = await send('put', PRESENCE, TOKENS.service, { statusId: 'busy' }, { Origin: origin })
      expect([write.status, write.body.code]).toEqual([403, 'forbidden'])
      const preflight = await send('options', PRESENCE, null, undefined, {
        Origin: origin,
        'Access-Control-Request-Method': 'PUT',
      })
      expect(preflight.status).toBe(403)
      expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  it('[HTTP] without an Origin there is no browser to guard against', async () => {
    const write = await send('put', PRESENCE, TOKENS.service, { statusId: 'busy' })
    expect(write.status).toBe(200)
    expect(write.headers['access-control-allow-origin']).toBeUndefined()
    expect(write.headers['vary']).toContain('Origin')
  })
})
