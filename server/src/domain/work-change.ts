// Work as its holder feels it: what she holds afterwards, and what a start or end of consuming work ends (CA4).

import { capacityOf, consumes } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Event, WorkChange } from './event.ts'
import { type Capacity, type Facts, type HeldItem, type Stance, SYSTEM } from './facts.ts'
import { type Applied, type Move, move, NOTHING } from './move.ts'
import { HOLD_RULES } from './presence-of.ts'
import { isPassing, NO_STANCE } from './stance.ts'
import { beginHold } from './take-stance.ts'
import { tallied, untallied } from './tallies.ts'

export function workChanged(
  facts: Facts,
  { change, by }: Extract<Event, { type: 'work-changed' }>,
  config: Configuration,
  at: number,
): Applied {
  const before = facts.work.find(item => item.workItemId === change.workItemId) ?? null
  const closed = change.event === 'work-closed' ? before : null
  const counted = change.counted ? untallied(facts, change.counted) : facts
  const left = closed === null ? counted : tallied(counted, closed, config, at)
  const worked = recalculates(before, change, at)
    ? endedByWork(withItem(left, change), change, config)
    : withItem(left, change)
  const held =
    change.hold === null ? worked : beginHold(worked, change.hold, change.after ?? before, config, at)
  if (before === null && change.after === null && held === worked) return NOTHING
  const touches = change.event === 'work-touched' ? 'WK8' : null
  const rule = change.hold !== null && held !== worked ? HOLD_RULES[change.hold] : touches
  const sessions = rule === 'SE2' ? { sessions: sessionsBeside(facts, change.workItemId, config, at) } : {}
  return move(held, change.event, by, rule, { workItemId: change.workItemId, ...change.inputs, ...sessions })
}

/** SE2: what the limit was compared with: her other items, offered ones counted. */
function sessionsBeside(
  facts: Facts,
  workItemId: string,
  config: Configuration,
  at: number,
): Capacity['sessions'] {
  const work = facts.work.filter(item => item.workItemId !== workItemId)
  return capacityOf({ ...facts, work }, config, at).sessions
}

/** CA4 and CA8: the capacity of an item in wrap-up is released by the clock. */
export function wrapUpEnded(facts: Facts, workItemId: string, config: Configuration): Move {
  const work = facts.work.map(item =>
    item.workItemId === workItemId ? { ...item, holdsCapacity: false, capacityUntil: null } : item,
  )
  const stance = isPassing(facts.stance, config) ? NO_STANCE : facts.stance
  return move({ ...facts, work, stance }, 'wrap-up-ended', SYSTEM, null, { workItemId })
}

/** WK8: shown, and never dropped. */
export function becameStale(facts: Facts, item: HeldItem): Move {
  const work = facts.work.map(held => (held === item ? { ...held, stale: true, staleAt: null } : held))
  return move({ ...facts, work }, 'work-stale', SYSTEM, 'WK8', { workItemId: item.workItemId })
}

/** WK7: whatever somebody left lying goes back to its queue. CA4: an end of consuming work, if it still consumed. */
export function abandoned(facts: Facts, config: Configuration, at: number): Move {
  const work = facts.work.filter(item => item.state === 'offered')
  const consumed = facts.work.some(item => consumes(item, at))
  const stance = consumed && isPassing(facts.stance, config) ? NO_STANCE : facts.stance
  const items = facts.work.length - work.length
  return move({ ...facts, work, stance, releaseAt: null }, 'work-released', SYSTEM, 'WK7', {
    items,
    releaseAt: facts.releaseAt,
  })
}

/** The list with this item as it is now: in its old place, at the end if new, or gone. */
function withItem(facts: Facts, { workItemId, after }: WorkChange): Facts {
  const known = facts.work.some(item => item.workItemId === workItemId)
  const kept = facts.work.flatMap(item =>
    item.workItemId !== workItemId ? [item] : after === null ? [] : [after],
  )
  return { ...facts, work: after !== null && !known ? [...kept, after] : kept }
}

/** CA4: a start or end of consuming; and any close of an item in wrap-up, its capacity released or not. */
function recalculates(before: HeldItem | null, change: WorkChange, at: number): boolean {
  if (change.event === 'work-closed' && before?.state === 'wrap-up') return true
  const consumed = before !== null && consumes(before, at)
  const consumesNow = change.after !== null && consumes(change.after, at)
  return consumed !== consumesNow
}

const ENDS_HOLD: ReadonlySet<string> = new Set(['work-accepted', 'work-assigned', 'work-closed'])

/** CA4: a missed or rejected hold asks for a sign of life of her own; a session-limit hold ends by SE3 only. */
function endedByWork(facts: Facts, change: WorkChange, config: Configuration): Facts {
  const ends = isPassing(facts.stance, config) || (awaitsHer(facts.stance) && provesHer(change))
  return ends ? { ...facts, stance: NO_STANCE } : facts
}

function awaitsHer(stance: Stance): boolean {
  return stance.kind === 'hold' && stance.why !== 'session-limit'
}

function provesHer(change: WorkChange): boolean {
  return change.bySelf && ENDS_HOLD.has(change.event)
}
