// The change feed as machines read it.

import type { FeedEntryView } from '@rollcall/shared'
import type { Principal } from '../principal.ts'

export interface ChangesRequest {
  /** A cursor of this feed or of a watch; null: from the oldest entry kept. */
  readonly after: string | null
  /** Entries of one answer. */
  readonly limit: number
  /** ms to wait for the first entry. */
  readonly waitMs: number
  /** Fires when nobody waits for the answer any more. */
  readonly gone: AbortSignal
}

export interface ChangesAnswer {
  readonly entries: readonly FeedEntryView[]
  /** Where the reader is now: at the last entry, or behind what was left out after it. */
  readonly cursor: string
}

export interface ChangeFeed {
  /**
   * What follows a cursor, as far as the principal may watch it (SU1).
   * Refused: `cursor-gone` when it was trimmed or is of another epoch; `unauthenticated` when the token ended while
   * waiting; `too-many-requests` with too many answers outstanding.
   */
  read(principal: Principal, request: ChangesRequest): Promise<ChangesAnswer>
  /** The position at which lists that are read now, without a pause, are true (SU2): what follows it is not in them. */
  cursor(principal: Principal): string
}
