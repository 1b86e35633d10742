// A position in a tenant's change feed, as clients carry it: which feed, how far, and what was watched.

import { createHash } from 'node:crypto'
import type { FeedPosition } from '../storage/storage.ts'

export interface FeedCursor {
  readonly position: FeedPosition
  /** Whose feed, and what of it (`watchedBy`): a cursor of one watch proves nothing for another. */
  readonly watched: string
}

export function encodeCursor({ position, watched }: FeedCursor): string {
  return Buffer.from(JSON.stringify([position.epoch, position.seq, watched])).toString('base64url')
}

/** null for what is no cursor of ours. */
export function decodeCursor(cursor: string): FeedCursor | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(value)) return null
    const [epoch, seq, watched]: unknown[] = value
    if (typeof epoch !== 'string' || typeof watched !== 'string') return null
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return null
    return { position: { epoch, seq }, watched }
  } catch {
    return null
  }
}

/**
 * A fingerprint of the tenant and the watched queues, two words: a hash, since a thousand queues would not fit into a
 * cursor. Neither order nor repetition of the queues matters.
 */
export function watchedBy(tenant: string, queues: readonly string[] | '*'): string {
  return `${digest(tenant)} ${queues === '*' ? '*' : digest([...new Set(queues)].sort().join(' '))}`
}

/** True if the cursor was given to somebody of this tenant, whatever they watched. */
export function isOfTenant({ watched }: FeedCursor, tenant: string): boolean {
  return watched.startsWith(`${digest(tenant)} `)
}

/** While a state is half told: whoever comes back with it begins again (SU3). */
export function unfinishedCursor(tenant: string, { epoch }: FeedPosition): string {
  return encodeCursor({ position: { epoch, seq: 0 }, watched: `${digest(tenant)} unfinished` })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
