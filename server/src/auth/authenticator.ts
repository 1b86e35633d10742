// Who a token's bearer is. The algorithm picks the verifier, and each verifier knows only its own keys, so that
// no token can choose how it is checked.

import { createSecretKey, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'
import { CLAIM_NAMES, type ClaimNames, principalOf } from './claims.ts'
import { verifyHs256 } from './hs256.ts'
import { createJwksVerifier, JWKS_ALGORITHMS, type JwksOptions } from './jwks.ts'
import { createVerdicts } from './verdicts.ts'

export interface AuthenticatorOptions {
  /** Shared secret of HS256 tokens, at least 32 bytes. */
  readonly jwtSecret?: string | undefined
  readonly jwks?: JwksOptions | undefined
  readonly claims?: Partial<ClaimNames> | undefined
  /** A token without tenant is refused instead of being of the tenant `default`. */
  readonly requireTenant: boolean
  /** The store's time, in ms: what an expiry is compared with. */
  readonly now: () => number
}

export interface Authenticator {
  /**
   * Throws or rejects with `Refused('unauthenticated')` for a token that is wrong, expired or not valid yet, and
   * with `Refused('unavailable')` while the provider's keys can't be fetched. Revocation is the application's to ask.
   */
  authenticate(token: string): Promise<Principal> | Principal
}

const SECRET_BYTES = 32
/** No header, query or handshake of ours carries more. */
const TOKEN_LENGTH = 8_192

/** Throws an Error that says which setting to change when neither a good secret nor a key set is given. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { jwtSecret, jwks, requireTenant, now } = options
  if (jwtSecret === undefined && jwks === undefined) {
    throw new Error(
      'Nothing verifies tokens: set ROLLCALL_JWT_SECRET (at least 32 bytes) or ROLLCALL_JWKS_URL.',
    )
  }
  const names = { ...CLAIM_NAMES, ...options.claims }
  const secret = jwtSecret === undefined ? null : secretKey(jwtSecret)
  const verifyByJwks = jwks === undefined ? null : createJwksVerifier(jwks, now)
  const verdicts = createVerdicts()

  const bearerOf = (claims: Parameters<typeof principalOf>[0]) =>
    principalOf(claims, { names, requireTenant, now: now() })

  return {
    authenticate(token) {
      if (token.length > TOKEN_LENGTH) throw wrongToken()
      const algorithm = algorithmOf(token)
      if (algorithm === 'HS256' && secret !== null)
        return bearerOf(verifyHs256(token, secret) ?? refuseToken())
      if (verifyByJwks === null || !JWKS_ALGORITHMS.some(known => known === algorithm)) throw wrongToken()
      return (
        verdicts.recall(token, now()) ??
        verifyByJwks(token).then(claims => {
          const principal = bearerOf(claims ?? refuseToken())
          verdicts.remember(token, principal)
          return principal
        })
      )
    },
  }
}

/** Throws an Error for a secret that is too short to resist guessing. */
export function secretKey(secret: string): KeyObject {
  const bytes = Buffer.from(secret, 'utf8')
  if (bytes.length < SECRET_BYTES) {
    throw new Error(
      `The token secret has ${bytes.length} bytes; it needs at least ${SECRET_BYTES}. Make one with: openssl rand -base64 48`,
    )
  }
  return createSecretKey(bytes)
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg
  } catch {
    throw wrongToken()
  }
}

function refuseToken(): never {
  throw wrongToken()
}

/** One answer for every kind of wrong token: which check failed is nobody's business but the log's. */
function wrongToken(): Refused {
  return new Refused('unauthenticated', 'The token is not one that this server accepts. Sign in again.')
}
