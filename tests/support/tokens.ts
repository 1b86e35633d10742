// Tokens for tests, under one secret.

import { createAuthenticator } from '../../server/src/auth/authenticator.ts'
import { type MintOptions, mintToken } from '../../server/src/auth/mint.ts'

export const SECRET = 'a-secret-of-the-tests-with-more-than-32-bytes'

export function tokenOf(claims: Partial<MintOptions> & Pick<MintOptions, 'sub' | 'roles'>): string {
  return mintToken({ secret: SECRET, expiresInSeconds: 3_600, ...claims })
}

/** A representative's, unless the claims say otherwise. */
export function tokenFor(sub: string, claims: Partial<MintOptions> = {}): string {
  return tokenOf({ sub, roles: ['representative'], ...claims })
}

export function testAuthenticator(now: () => number = Date.now) {
  return createAuthenticator({ jwtSecret: SECRET, requireTenant: false, now })
}

/** Any header and claims, with any signature: what nobody should accept. */
export function handMadeToken(header: object, claims: object, signature = 'c2lnbmF0dXJl'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part(header)}.${part(claims)}.${signature}`
}
