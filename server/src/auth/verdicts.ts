// Tokens seen before, so that ten thousand people who come back at once are not verified ten thousand times
// (WebCrypto: 90-150 us each). Bounded; the least recently used goes first. Revocation is asked apart from this.

import { createHash } from 'node:crypto'
import type { Principal } from '../app/principal.ts'

export interface Verdicts {
  /** The bearer, if this token was found good before and has not ended by `now` (ms). */
  recall(token: string, now: number): Principal | null
  remember(token: string, principal: Principal): void
}

export function createVerdicts(limit = 50_000): Verdicts {
  // Insertion order is age: a hit is put in again.
  const seen = new Map<string, Principal>()
  return {
    recall(token, now) {
      const key = digestOf(token)
      const principal = seen.get(key)
      if (principal === undefined) return null
      seen.delete(key)
      if (now >= principal.expiresAt) return null
      seen.set(key, principal)
      return principal
    },
    remember(token, principal) {
      seen.set(digestOf(token), principal)
      if (seen.size <= limit) return
      const oldest = seen.keys().next()
      if (!oldest.done) seen.delete(oldest.value)
    },
  }
}

/** 44 characters instead of up to 8,192; and a dump of the heap holds no usable token. */
function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}
