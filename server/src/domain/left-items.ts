// Items that a decision about a representative took out of her hands by itself: an offer that ran out or was
// withdrawn (NO2, NO8, NO10), work of somebody who is gone (WK7). Their records follow in the same commit.

import { absentFrom, offerEnd, restoreEnd } from './deadlines-of.ts'
import { type Facts, type HeldItem, SYSTEM } from './facts.ts'
import { changedItem, declinedBy } from './item-change.ts'
import type { WorkItem } from './work-record.ts'

/** The changed records, for every `decide` that made `after` of `before`. */
export function leftItems(
  before: Facts,
  after: Facts,
  workItem: (id: string) => WorkItem | null,
  at: number,
): readonly WorkItem[] {
  if (before.work === after.work) return []
  return before.work.flatMap(({ workItemId }) => {
    const item = workItem(workItemId)
    const followed = item && followFacts(item, before, after, at)
    return followed === null || followed === item ? [] : [followed]
  })
}

/** The same item unless it left her hands between the two. */
export function followFacts(item: WorkItem, before: Facts, after: Facts, at: number): WorkItem {
  const isIt = ({ workItemId }: HeldItem) => workItemId === item.workItemId
  const held = before.work.find(isIt)
  if (held === undefined || after.work.some(isIt)) return item
  const { representativeId } = before
  if (held.state === 'offered')
    return item.offeredTo === representativeId ? offerLapsed(item, held, before, after, at) : item
  return item.representativeId === representativeId && item.state === held.state
    ? released(item, held, before, at)
    : item
}

/** RO6: a decline, whether she missed it or it was withdrawn. With TR4 whoever holds the item keeps it. */
function offerLapsed(
  item: WorkItem,
  held: HeldItem,
  { representativeId, link }: Facts,
  after: Facts,
  at: number,
): WorkItem {
  const end = offerEnd(held, link)
  const missed = end <= at && end <= absentFrom(link)
  // NO8: she went. NO10: she is there, and shown as what the workstream doesn't allow.
  const left = end <= at || after.link.kind !== link.kind
  const state = item.state === 'offered' ? 'queued' : item.state
  const changes = { state, offeredTo: null, declines: declinedBy(item, representativeId) }
  const event = missed ? 'work-missed' : 'work-withdrawn'
  return changedItem(item, changes, SYSTEM, Math.min(at, end), missed ? 'NO2' : left ? 'NO8' : 'NO10', event)
}

/** At the end of the window what Rollcall routed, and anything when she has been away for too long. */
function released(item: WorkItem, held: HeldItem, { link, releaseAt }: Facts, at: number): WorkItem {
  const windowEnd = link.kind === 'absent' && held.routed ? restoreEnd(link) : at
  const since = Math.min(at, windowEnd, releaseAt ?? at)
  // TR4: whoever it is offered to meanwhile may still take it.
  const changes = { state: item.offeredTo === null ? 'queued' : 'offered', representativeId: null } as const
  return changedItem(item, changes, SYSTEM, since, 'WK7', 'work-released')
}
