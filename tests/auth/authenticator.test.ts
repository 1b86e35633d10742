import { createHmac } from 'node:crypto'
import type { Principal } from '../../server/src/app/principal.ts'
import { createAuthenticator } from '../../server/src/auth/authenticator.ts'
import { handMadeToken, SECRET, tokenOf } from '../support/tokens.ts'

const NOW = Date.parse('2026-11-23T09:00:00.000Z')
const seconds = NOW / 1000
const good = { sub: 'ada', roles: ['representative'], iat: seconds, exp: seconds + 60 }

describe('what a good token says', () => {
  it('[AUTH] every claim becomes a field of the principal', async () => {
    const token = tokenOf({
      sub: 'ada',
      roles: ['representative', 'supervisor'],
      tenant: 'acme',
      queues: ['billing'],
      watches: ['billing', 'sales'],
      name: '  Ada  ',
      issuedAt: NOW,
      expiresInSeconds: 60,
    })
    expect(await authenticate(token)).toEqual<Principal>({
      tenant: 'acme',
      sub: 'ada',
      name: 'Ada',
      roles: ['representative', 'supervisor'],
      queues: ['billing'],
      watches: ['billing', 'sales'],
      issuedAt: NOW,
      expiresAt: NOW + 60_000,
    })
  })

  it('[AUTH] what is left out has its default', async () => {
    expect(await authenticate(signed(good))).toEqual<Principal>({
      tenant: 'default',
      sub: 'ada',
      name: 'ada',
      roles: ['representative'],
      queues: null,
      watches: [],
      issuedAt: NOW,
      expiresAt: NOW + 60_000,
    })
  })

  it('[AUTH] a star in watches means all', async () => {
    expect(await authenticate(signed({ ...good, watches: ['*'] }))).toMatchObject({ watches: '*' })
  })

  it('[AUTH] unknown roles are ignored beside known ones', async () => {
    expect(await authenticate(signed({ ...good, roles: ['wizard', 'service'] }))).toMatchObject({
      roles: ['service'],
    })
  })

  it('[AUTH] claims may have other names', async () => {
    const authenticator = createAuthenticator({
      jwtSecret: SECRET,
      requireTenant: true,
      now: () => NOW,
      claims: { tenant: 'org', roles: 'https://example.com/roles' },
    })
    const token = signed({ ...good, roles: undefined, org: 'acme', 'https://example.com/roles': ['service'] })
    expect(await authenticator.authenticate(token)).toMatchObject({ tenant: 'acme', roles: ['service'] })
  })
})

describe('what is refused as unauthenticated', () => {
  const { exp, iat, ...timeless } = good
  const cases: [string, string][] = [
    ['an empty text', ''],
    ['no token at all', 'hello'],
    ['four parts', `${signed(good)}.x`],
    ['a changed payload', swapPayload(signed(good), { ...good, sub: 'eve' })],
    ['another secret', signed(good, 'another-secret-with-more-than-32-bytes!!')],
    ['a signature with padding', `${signed(good)}=`],
    ['no signature', signed(good).replace(/[^.]+$/, '')],
    ['algorithm none', handMadeToken({ alg: 'none' }, good, '')],
    ['algorithm none with our signature', withHeader({ alg: 'none' }, good)],
    ['algorithm HS512', withHeader({ alg: 'HS512' }, good)],
    ['an asymmetric algorithm without a key set', withHeader({ alg: 'RS256' }, good)],
    ['a critical extension', withHeader({ alg: 'HS256', crit: ['b64'], b64: false }, good)],
    ['an expired token', signed({ ...good, exp: seconds })],
    ['a token that is not valid yet', signed({ ...good, nbf: seconds + 6 })],
    ['a token issued in the future', signed({ ...good, iat: seconds + 6 })],
    ['no expiry', signed({ ...timeless, iat })],
    ['no time of issue', signed({ ...timeless, exp })],
    ['an expiry of the wrong type', signed({ ...good, exp: '9999999999' })],
    ['no sub', signed({ ...good, sub: undefined })],
    ['a sub that is no id', signed({ ...good, sub: '__proto__' })],
    ['a tenant that is no id', signed({ ...good, tenant: 'a/b' })],
    ['no roles', signed({ ...good, roles: undefined })],
    ['roles of the wrong type', signed({ ...good, roles: 'service' })],
    ['unknown roles only', signed({ ...good, roles: ['wizard'] })],
    ['queues that are no ids', signed({ ...good, queues: [{}] })],
    ['a payload that is a list', withHeader({ alg: 'HS256' }, [])],
    ['a huge token', signed({ ...good, name: 'x'.repeat(9_000) })],
  ]
  it.each(cases)('[AUTH] %s', async (_what, token) => {
    await expect(authenticate(token)).rejects.toMatchObject({ name: 'Refused', code: 'unauthenticated' })
  })

  it('[AUTH] a token without tenant where one is required', async () => {
    const authenticator = createAuthenticator({ jwtSecret: SECRET, requireTenant: true, now: () => NOW })
    await expect(async () => authenticator.authenticate(signed(good))).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('tenant'),
    })
  })

  it('[AUTH] the very token that was good, from its expiry on', async () => {
    let now = NOW
    const authenticator = createAuthenticator({ jwtSecret: SECRET, requireTenant: false, now: () => now })
    const token = signed(good)
    now = good.exp * 1000 - 1
    expect(await authenticator.authenticate(token)).toMatchObject({ sub: 'ada' })
    now += 1
    await expect(async () => authenticator.authenticate(token)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })
})

it('[AUTH] an issuer whose clock runs five seconds ahead is tolerated in nbf', async () => {
  expect(await authenticate(signed({ ...good, nbf: seconds + 5 }))).toMatchObject({ sub: 'ada' })
})

it('[AUTH] configuration without a good secret or key set does not start', () => {
  const options = { requireTenant: false, now: () => NOW }
  expect(() => createAuthenticator(options)).toThrow('ROLLCALL_JWT_SECRET')
  expect(() => createAuthenticator({ ...options, jwtSecret: 'x'.repeat(31) })).toThrow('at least 32')
})

async function authenticate(token: string): Promise<Principal> {
  return createAuthenticator({ jwtSecret: SECRET, requireTenant: false, now: () => NOW }).authenticate(token)
}

function signed(claims: object, secret = SECRET): string {
  return withHeader({ alg: 'HS256', typ: 'JWT' }, claims, secret)
}

function withHeader(header: object, claims: object, secret = SECRET): string {
  const unsigned = handMadeToken(header, claims, '').slice(0, -1)
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`
}

function swapPayload(token: string, claims: object): string {
  const [header, , signature] = token.split('.')
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
}
