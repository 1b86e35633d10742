// Who asks: the bearer of the token, and the key under which a repeated command changes nothing.

import { commandKey } from '@rollcall/shared'
import type { Request } from 'express'
import type { Caller } from '../app/app.ts'
import { fingerprintOf } from '../app/command-fingerprint.ts'
import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'

export interface Authenticates {
  /** Rejects with `Refused('unauthenticated')`. */
  authenticate(token: string): Promise<Principal> | Principal
}

export async function principalOf(
  request: Request,
  authenticator: Authenticates,
  isRevoked: (principal: Principal) => boolean,
): Promise<Principal> {
  const token = /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) {
    throw new Refused('unauthenticated', 'Send a token, as "Authorization: Bearer <token>".')
  }
  const principal = await authenticator.authenticate(token)
  if (isRevoked(principal)) throw new Refused('unauthenticated', 'The token was revoked. Sign in again.')
  return principal
}

export function callerOf(request: Request, principal: Principal, body: unknown): Caller {
  const header = request.get('Idempotency-Key')
  if (header === undefined) return { principal }
  const key = commandKey.safeParse(header)
  if (!key.success) {
    throw new Refused('invalid-message', 'Idempotency-Key must be 1 to 128 characters long.', {
      field: 'Idempotency-Key',
    })
  }
  const fingerprint = fingerprintOf(`${request.method} ${request.originalUrl}`, body)
  return { principal, commandKey: { key: key.data, fingerprint } }
}
