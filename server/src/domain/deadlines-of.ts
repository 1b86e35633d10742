// When a record must be looked at again, though nothing is reported: the store indexes the earliest (DI10).

import type { Configuration } from './configuration.ts'
import type { Facts, HeldItem, Link, Tally } from './facts.ts'
import type { WorkItem } from './work-record.ts'

/** `at`: first instant at which it takes effect; with whatever it is about. */
export type Deadline = { readonly at: number } & (
  | { readonly why: 'choice-expired' | 'restore-window-ended' | 'work-abandoned' }
  | { readonly why: 'wrap-up-ended' | 'offer-expired' | 'work-stale'; readonly item: HeldItem }
  | { readonly why: 'day-ended'; readonly profileId: string; readonly tally: Tally }
  | { readonly why: 'handover-ended'; readonly link: Extract<Link, { kind: 'handover' }> }
)

/** NO8: how long a pending offer outlives the last connection. */
const OFFER_GRACE_MS = 10_000

/** WK3: how long a closed item is remembered. */
const TOMBSTONE_MS = 24 * 60 * 60 * 1_000

/** Earliest first; of one instant, always in the same order, so that every node settles alike. */
export function deadlinesOf(facts: Facts, _config: Configuration): readonly Deadline[] {
  const atWork = facts.work.length === 0 ? NONE : ofWork(facts)
  // SI4: an absence begins before whatever else falls due then, or that would be shown as Offline before it.
  const all = [
    ...ofHandover(facts.link),
    ...ofStance(facts),
    ...ofTallies(facts),
    ...atWork,
    ...ofWindow(facts.link),
  ]
  return all.sort((one, other) => one.at - other.at)
}

export function earliestDeadline(facts: Facts, config: Configuration): number | null {
  return deadlinesOf(facts, config)[0]?.at ?? null
}

/** First instant at which an offer is missed, or (absent: NO8) withdrawn. */
export function offerEnd(item: HeldItem, link: Link): number {
  const expiresAt = item.expiresAt ?? Infinity
  return Math.min(expiresAt, absentFrom(link) + OFFER_GRACE_MS)
}

/** When her absence began, or begins if nobody comes back from a handover (DI7); infinite while she is present. */
export function absentFrom(link: Link): number {
  if (link.kind === 'absent') return link.since
  return link.kind === 'handover' ? link.until + 1 : Infinity
}

/** First instant at which a closed item is forgotten; null while it is open. */
export function workItemDeadline(item: WorkItem): number | null {
  return item.closedAt === null ? null : item.closedAt + TOMBSTONE_MS
}

/** First instant at which an absence can no longer be restored: exactly `until` still can (DI2). */
export function restoreEnd(link: Extract<Link, { kind: 'absent' }>): number {
  return Math.max(link.until + 1, link.since)
}

const NONE: readonly Deadline[] = []

function ofWork({ work, link, releaseAt }: Facts): readonly Deadline[] {
  return [
    ...work.flatMap(ofWrapUp),
    ...work.flatMap(item => ofOffer(item, link)),
    ...work.flatMap(ofDrift),
    ...ofRelease(work, releaseAt),
  ]
}

/** WK7. What came to her later than that, assigned while she was away, is not what she left lying. */
function ofRelease(work: readonly HeldItem[], releaseAt: number | null): readonly Deadline[] {
  if (releaseAt === null) return NONE
  const isLeft = (item: HeldItem) => item.state !== 'offered' && item.since < releaseAt
  return work.some(isLeft) ? [{ at: releaseAt, why: 'work-abandoned' }] : NONE
}

function ofStance({ stance }: Facts): readonly Deadline[] {
  return stance.kind === 'choice' && stance.until !== null
    ? [{ at: stance.until, why: 'choice-expired' }]
    : NONE
}

function ofTallies({ tallies }: Facts): readonly Deadline[] {
  return Object.entries(tallies).flatMap(([profileId, tally]) =>
    tally.resetsAt === null ? [] : [{ at: tally.resetsAt, why: 'day-ended' as const, profileId, tally }],
  )
}

function ofWrapUp(item: HeldItem): readonly Deadline[] {
  return item.capacityUntil === null ? [] : [{ at: item.capacityUntil, why: 'wrap-up-ended', item }]
}

function ofDrift(item: HeldItem): readonly Deadline[] {
  return item.staleAt === null ? NONE : [{ at: item.staleAt, why: 'work-stale', item }]
}

function ofOffer(item: HeldItem, link: Link): readonly Deadline[] {
  const at = item.state === 'offered' ? offerEnd(item, link) : Infinity
  return at === Infinity ? [] : [{ at, why: 'offer-expired', item }]
}

function ofHandover(link: Link): readonly Deadline[] {
  return link.kind === 'handover' ? [{ at: link.until + 1, why: 'handover-ended', link }] : NONE
}

function ofWindow(link: Link): readonly Deadline[] {
  return link.kind === 'absent' ? [{ at: restoreEnd(link), why: 'restore-window-ended' }] : NONE
}
