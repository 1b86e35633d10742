// I6, I7, I8: what one stored change may make of a presence. Pure. Views that are more than one revision apart say
// too little about what happened between them, and are not judged.

import type { PresenceView } from '@rollcall/shared'
import type { Verdicts } from './invariants.ts'

export interface Moment {
  /** The server's clock when the change was heard of, ms since 1970. */
  readonly at: number
  /** An offer that asked for no room may be under way to her. */
  readonly forced: boolean
}

/** News may be late by the batch, the network and a busy machine. */
const LATE_MS = 2_000
/** How far the estimate of the server's clock may be behind it. */
const EARLY_MS = 500
const STICKY: readonly string[] = ['do-not-disturb', 'away', 'offline']
const CHOSEN: readonly string[] = ['representative', 'supervisor', 'service']
const AUTOMATIC: readonly string[] = ['capacity', 'missed', 'rejected', 'session-limit']
/** What may move capacity, and is no word about a choice. */
const NOBODY_CHOSE: readonly string[] = [
  'wrap-up-ended',
  'profile-reset',
  'profile-changed',
  'configuration-changed',
  'connected',
  'disconnected',
]
/** Each a decision of a person or a service, or (resuming, an answer) the end of a promise made before. */
const MAY_EXCEED: readonly string[] = [
  'work-assigned',
  'work-accepted',
  'work-transferred',
  'work-resumed',
  'profile-changed',
  'configuration-changed',
]

export function checkStep(
  verdicts: Verdicts,
  before: PresenceView,
  after: PresenceView,
  moment: Moment,
): void {
  if (after.revision !== before.revision + 1) return
  const { representativeId: id, cause } = after
  const step = () => `${told(before)}, then ${told(after)}, by ${cause.event} (${cause.rule})`

  if (isSticky(before) && (cause.event.startsWith('work-') || NOBODY_CHOSE.includes(cause.event))) {
    verdicts.check('I6', id, !AUTOMATIC.includes(after.origin), step)
  }
  if (before.restoreUntil !== null && before.link === 'absent' && after.link === 'present') {
    const until = Date.parse(before.restoreUntil)
    const restored = cause.event === 'reconnected'
    // Heard of later than it happened: too late is certain only if it was in time for a sign-in, and vice versa.
    const holds = restored ? moment.at <= until + LATE_MS : moment.at > until - EARLY_MS
    verdicts.check('I7', id, holds, () => `${step()}; the window ended ${moment.at - until} ms before`)
  }
  const grown = exceeded(before, after)
  // What a service offers asks for room; what a person hands over does not (TR4).
  const handedOver = cause.event === 'work-offered' && cause.actor.kind !== 'service'
  const decided = MAY_EXCEED.includes(cause.event) || handedOver || moment.forced
  verdicts.check('I8', id, grown === null || decided, () => `${grown}: ${step()}`)
}

/** MA3: a choice that work and capacity don't end. */
export function isSticky({ origin, base }: PresenceView): boolean {
  return CHOSEN.includes(origin) && STICKY.includes(base)
}

/** The dimension that is above its limit, and was not so far above before; null if there is none. */
function exceeded(before: PresenceView, after: PresenceView): string | null {
  const { units, profiles } = after.capacity
  const earlier = before.capacity
  if (
    units &&
    room(units.total, units) < Math.min(0, earlier.units ? room(earlier.units.total, earlier.units) : 0)
  )
    return `units ${units.used}+${units.reserved} of ${units.total}`
  for (const [name, profile] of Object.entries(profiles)) {
    const was = earlier.profiles[name]
    if (room(profile.limit, profile) < Math.min(0, was ? room(was.limit, was) : 0))
      return `profile ${name} ${profile.used}+${profile.reserved} of ${profile.limit}`
  }
  return null
}

function room(limit: number, { used, reserved }: { used: number; reserved: number }): number {
  return limit - used - reserved
}

function told({ revision, statusId, origin }: PresenceView): string {
  return `revision ${revision} ${statusId} (${origin})`
}
