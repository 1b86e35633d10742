// GET /v1/changes: the stored sequence, from a cursor on, as far as the reader may see it; waits for news if asked to.

import type { FeedEntryView } from '@rollcall/shared'
import type { Clock } from '../clock.ts'
import type { FeedPosition, Storage } from '../storage/storage.ts'
import { seesAll } from './access.ts'
import type { ChangeFeed, Replica, RevocationService } from './app.ts'
import { decodeCursor, encodeCursor, isOfTenant, watchedBy } from './feed-cursor.ts'
import { entryFor } from './feed-entries.ts'
import { createNews } from './feed-news.ts'
import type { Principal } from './principal.ts'
import { Refused } from './refused.ts'
import { createTurns } from './turns.ts'

export interface ChangeFeeds extends ChangeFeed {
  /** Whoever waits is answered at once, with nothing. */
  stop(): void
}

export interface ChangeFeedOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly replica: Pick<Replica, 'position'>
  readonly isRevoked: RevocationService['isRevoked']
}

/** Entries looked at in one turn, whoever asks: each takes some 60 us, 20 readers at once held up others for 0.6 s. */
const LOOKED_AT = 100

interface Found {
  readonly entries: readonly FeedEntryView[]
  readonly to: FeedPosition
  /** Nothing follows. */
  readonly isAll: boolean
}

export function createChangeFeed({ storage, clock, replica, isRevoked }: ChangeFeedOptions): ChangeFeeds {
  const news = createNews(storage, clock)
  const turn = createTurns()

  function look(principal: Principal, { epoch, seq }: FeedPosition, limit: number): Found | null {
    const { tenant } = principal
    const stored = storage.feed.since(tenant, { epoch, seq }, LOOKED_AT)
    if (stored === 'gone') return null
    const configuration = storage.configuration(tenant)
    const cursorAt = (at: number) => cursorOf(principal, { epoch, seq: at })
    const entries: FeedEntryView[] = []
    let to = seq
    for (const entry of stored) {
      if (entries.length === limit) return { entries, to: { epoch, seq: to }, isAll: false }
      const shown = entryFor(principal, entry, configuration, cursorAt(entry.seq))
      if (shown) entries.push(shown)
      to = entry.seq
    }
    return { entries, to: { epoch, seq: to }, isAll: stored.length < LOOKED_AT }
  }

  /** SU1: access ends with the token, also for whoever waits. */
  function checkAccess(principal: Principal): void {
    if (principal.expiresAt > storage.now() && !isRevoked(principal)) return
    throw new Refused('unauthenticated', 'The token ended while you waited. Ask again with a new one.')
  }

  return {
    async read(principal, { after, limit, waitMs, gone }) {
      const { tenant } = principal
      const place = news.takePlace(principal)
      try {
        const until = clock.elapsed() + waitMs
        const entries: FeedEntryView[] = []
        let from = after === null ? storage.feed.oldest(tenant) : positionIn(tenant, after)
        for (;;) {
          const found = look(principal, from, limit - entries.length)
          if (found === null) {
            if (entries.length > 0) return { entries, cursor: cursorOf(principal, from) }
            if (after !== null) throw cursorGone()
            // What was the oldest has been trimmed since.
            from = storage.feed.oldest(tenant)
            continue
          }
          entries.push(...found.entries)
          from = found.to
          const left = until - clock.elapsed()
          const hasCome = found.isAll && (entries.length > 0 || left <= 0)
          if (hasCome || entries.length === limit || place.isOver() || gone.aborted)
            return { entries, cursor: cursorOf(principal, from) }
          await (found.isAll ? place.next(left, gone) : turn())
          checkAccess(principal)
        }
      } finally {
        place.leave()
      }
    },
    cursor: principal => cursorOf(principal, replica.position(principal.tenant)),
    stop: news.stop,
  }
}

/** As of a watch of everything that she may watch, so that whoever holds it can go on with either. */
function cursorOf(principal: Principal, position: FeedPosition): string {
  const { tenant, watches } = principal
  return encodeCursor({ position, watched: watchedBy(tenant, seesAll(principal) ? '*' : watches) })
}

function positionIn(tenant: string, cursor: string): FeedPosition {
  const decoded = decodeCursor(cursor)
  if (decoded === null) {
    throw new Refused('invalid-message', 'That cursor is none of ours. Begin again without one.', {
      field: 'after',
    })
  }
  if (!isOfTenant(decoded, tenant)) throw cursorGone()
  return decoded.position
}

const cursorGone = () =>
  new Refused(
    'cursor-gone',
    'What follows this cursor is not kept any more. Read the present state (GET /v1/presences, /v1/work-items), then go on with the cursor in its header Rollcall-Cursor.',
  )
