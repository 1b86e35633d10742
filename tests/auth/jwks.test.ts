import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, SignJWT } from 'jose'
import { createAuthenticator } from '../../server/src/auth/authenticator.ts'
import { signHs256 } from '../../server/src/auth/hs256.ts'

const ISSUER = 'https://login.example.com'
const AUDIENCE = 'rollcall'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })

let provider: Server
let url: string
let fetched = 0

beforeAll(async () => {
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', use: 'sig' },
    { ...(await exportJWK(ed.publicKey)), kid: 'ed', use: 'sig' },
  ]
  provider = createServer((_request, response) => {
    fetched += 1
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys }))
  })
  await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks.json`
})

afterAll(async () => {
  provider.closeAllConnections()
  await new Promise(resolve => provider.close(resolve))
})

it.each([
  ['RS256', 'rsa', rsa.privateKey],
  ['PS384', 'rsa', rsa.privateKey],
  ['ES256', 'ec', ec.privateKey],
  ['EdDSA', 'ed', ed.privateKey],
] as const)('[AUTH] %s is accepted by the key set', async (alg, kid, key) => {
  expect(await authenticate(await signed({ alg, kid, key }))).toMatchObject({ sub: 'ada', tenant: 'default' })
})

it('[AUTH] a token seen before is not fetched or verified again, and ends when it ends', async () => {
  let now = Date.now()
  const authenticator = createAuthenticator({
    jwks: { url, issuer: ISSUER, audience: AUDIENCE },
    requireTenant: false,
    now: () => now,
  })
  const token = await signed({})
  await authenticator.authenticate(token)
  const before = fetched
  expect(authenticator.authenticate(token)).not.toBeInstanceOf(Promise)
  expect(fetched).toBe(before)
  now += 61_000
  await expect(async () => authenticator.authenticate(token)).rejects.toMatchObject({
    code: 'unauthenticated',
  })
})

describe('what the key set refuses', () => {
  it('[AUTH] another issuer', async () => refused(await signed({ issuer: 'https://evil.example.com' })))
  it('[AUTH] another audience', async () => refused(await signed({ audience: 'another-app' })))
  it('[AUTH] a key that is not in it', async () => refused(await signed({ key: stranger.privateKey })))
  it('[AUTH] an unknown key id', async () => refused(await signed({ kid: 'nobody' })))
  it('[AUTH] an expired token', async () => refused(await signed({ expiresIn: -1 })))
  it('[AUTH] a public key used as an HMAC secret', async () => {
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const iat = Math.floor(Date.now() / 1000)
    const claims = { sub: 'eve', roles: ['administrator'], iss: ISSUER, aud: AUDIENCE, iat, exp: iat + 60 }
    await refused(signHs256(claims, createSecretKey(Buffer.from(pem))))
  })
})

it('[AUTH] keys that cannot be fetched are unavailable, not a wrong token', async () => {
  const silent = createServer((_request, response) => response.writeHead(500).end())
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const authenticator = createAuthenticator({
    jwks: {
      url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`,
      issuer: ISSUER,
      audience: AUDIENCE,
    },
    requireTenant: false,
    now: Date.now,
  })
  await expect(authenticator.authenticate(await signed({}))).rejects.toMatchObject({ code: 'unavailable' })
  silent.closeAllConnections()
  await new Promise(resolve => silent.close(resolve))
})

async function authenticate(token: string) {
  return createAuthenticator({
    jwks: { url, issuer: ISSUER, audience: AUDIENCE },
    requireTenant: false,
    now: Date.now,
  }).authenticate(token)
}

async function refused(token: string): Promise<void> {
  await expect(authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' })
}

interface Wanted {
  readonly alg?: string
  readonly kid?: string
  readonly key?: KeyObject
  readonly issuer?: string
  readonly audience?: string
  readonly expiresIn?: number
}

function signed(wanted: Wanted): Promise<string> {
  const { alg = 'ES256', kid = 'ec', key = ec.privateKey, issuer = ISSUER, audience = AUDIENCE } = wanted
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ roles: ['representative'] })
    .setProtectedHeader({ alg, kid })
    .setSubject('ada')
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + (wanted.expiresIn ?? 60))
    .sign(key)
}
