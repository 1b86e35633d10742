// Tokens of an identity provider: asymmetric algorithms only, keys from its JWKS document. A secret can never be
// mistaken for a public key here, since no symmetric algorithm is on the list.

import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { Refused } from '../app/refused.ts'
import { CLOCK_TOLERANCE_SECONDS } from './claims.ts'
import type { JwtClaims } from './hs256.ts'

export interface JwksOptions {
  /** Where the provider publishes its keys. */
  readonly url: string
  /** Required `iss` and `aud`: a token that the provider made for another application is refused. */
  readonly issuer: string
  readonly audience: string
}

export const JWKS_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

/**
 * Answers the claims of a token that one of the provider's keys signed, for this issuer and audience; null for a
 * token that is wrong in itself. Rejects with `unavailable` when the keys can't be fetched.
 */
export function createJwksVerifier(
  { url, issuer, audience }: JwksOptions,
  now: () => number,
): (token: string) => Promise<JwtClaims | null> {
  if (issuer === '' || audience === '') {
    throw new Error(
      'A JWKS URL needs an issuer and an audience: set ROLLCALL_JWT_ISSUER and ROLLCALL_JWT_AUDIENCE.',
    )
  }
  const keys = createRemoteJWKSet(new URL(url))
  const algorithms = [...JWKS_ALGORITHMS]
  return async token => {
    try {
      // The tolerance is for `nbf`; `exp` is checked again, without any, with the other claims.
      const clockTolerance = CLOCK_TOLERANCE_SECONDS
      const currentDate = new Date(now())
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        clockTolerance,
        currentDate,
      })
      return payload
    } catch (error) {
      if (isFaultOfToken(error)) return null
      throw new Refused(
        'unavailable',
        'The keys that verify tokens cannot be fetched right now. Try again in a few seconds.',
      )
    }
  }
}

/** Anything else (a network error, a timeout, an answer that is no key set) says nothing about the token. */
function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported
  )
}
