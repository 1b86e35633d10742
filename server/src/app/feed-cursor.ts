// A position in a tenant's change feed, as clients carry it: which feed, how far, and what was watched.

import { createHash } from 'node:crypto'
import type { FeedPosition } from '../storage/storage.ts'

export interface FeedCursor {
  readonly position: FeedPosition
  /** A fingerprint of the watched queues (`watchedBy`); a cursor of one watch proves nothing for another. */
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

/** `*` for everybody; else a hash, since a thousand queues would not fit into a cursor. The order does not matter. */
export function watchedBy(queues: readonly string[] | '*'): string {
  if (queues === '*') return '*'
  return createHash('sha256')
    .update([...new Set(queues)].sort().join(' '))
    .digest('base64url')
    .slice(0, 16)
}
