// One report about a work item: the item and every representative it touches, decided together (WK2, TR1).

import { opensSession } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import { decide } from './decide.ts'
import type { WorkChange, WorkEventName } from './event.ts'
import type { Facts, HeldItem, HoldReason } from './facts.ts'
import { heldItem, touched } from './held-item.ts'
import { type ItemVerdict, said } from './item-change.ts'
import { followFacts, leftItems } from './left-items.ts'
import type { Outcome } from './outcome.ts'
import { sameJson } from './own.ts'
import { atSessionLimit } from './room.ts'
import { holdOfMiss } from './take-stance.ts'
import { countedBefore, withTallied } from './tallied-item.ts'
import { decideItem } from './work-item.ts'
import type { Report, WorkItem } from './work-record.ts'
import { subjectOf } from './work-rights.ts'

export interface WorkLookup {
  workItem(id: string): WorkItem | null
  representative(id: string): Facts | null
}

export interface WorkDecision {
  readonly outcome: Outcome
  /** Records to store, whatever the outcome: with a refusal, what was due anyway, and the hold of SE2. */
  readonly workItems: readonly WorkItem[]
  readonly representatives: readonly Facts[]
  /** Whose view answers the report; null: nobody's. */
  readonly about: string | null
}

export function decideWork(
  lookup: WorkLookup,
  report: Report,
  config: Configuration,
  at: number,
): WorkDecision {
  const settled = settledBy(lookup, config, at)
  const stored = lookup.workItem(report.workItemId)
  const item = stored && asOfNow(stored, lookup, settled, at)
  const verdict = decideItem(item, report, { config, representative: settled }, at)
  const decided = idsInvolved(report, stored, verdict).flatMap(id => {
    const before = lookup.representative(id)
    const now = settled(id)
    if (before === null || now === null) return []
    const change = changeFor(now, report, verdict, config, at)
    const event = change && ({ type: 'work-changed', change, by: report.by } as const)
    return [{ before, change, after: event ? decide(before, event, config, at).facts : now }]
  })
  return {
    outcome: verdict.kind === 'changed' ? { kind: 'done', cause: verdict.item.cause } : verdict,
    workItems: itemsToStore(lookup, report.workItemId, verdict, item, decided, config, at),
    representatives: decided.flatMap(({ before, after }) => (after === before ? [] : [after])),
    about: subjectOf(report) ?? item?.representativeId ?? item?.offeredTo ?? null,
  }
}

type Settled = (id: string) => Facts | null
type Decided = readonly {
  readonly before: Facts
  readonly change: WorkChange | null
  readonly after: Facts
}[]

/** Everybody as of now: what was due is in effect before the report is judged. */
function settledBy(lookup: WorkLookup, config: Configuration, at: number): Settled {
  const known = new Map<string, Facts | null>()
  return id => {
    const cached = known.get(id)
    if (cached !== undefined) return cached
    const facts = lookup.representative(id)
    const settled = facts && decide(facts, { type: 'time-passed' }, config, at).facts
    known.set(id, settled)
    return settled
  }
}

/** The item after what was due: an offer that ran out is gone, swept or not (DI10). */
function asOfNow(stored: WorkItem, lookup: WorkLookup, settled: Settled, at: number): WorkItem {
  return holdersOf(stored).reduce((item, id) => {
    const before = lookup.representative(id)
    const after = settled(id)
    return before && after ? followFacts(item, before, after, at) : item
  }, stored)
}

/** With those who have lost it by now: their facts follow in the same commit as the item. */
function idsInvolved(report: Report, stored: WorkItem | null, verdict: ItemVerdict): readonly string[] {
  const subject = subjectOf(report)
  const after = verdict.kind === 'changed' ? verdict.item : null
  return [...new Set([...holdersOf(stored), ...holdersOf(after), ...(subject === null ? [] : [subject])])]
}

function holdersOf(item: WorkItem | null): readonly string[] {
  return [item?.representativeId, item?.offeredTo].filter(id => typeof id === 'string')
}

/** What the verdict means to one of them; null: nothing. */
function changeFor(
  facts: Facts,
  report: Report,
  verdict: ItemVerdict,
  config: Configuration,
  at: number,
): WorkChange | null {
  const id = facts.representativeId
  const { workItemId } = report
  if (verdict.kind === 'nothing') return touchOf(facts, workItemId, config, at)
  if (verdict.kind === 'refused') {
    // SE2: the offer that was refused at her limit begins the hold all the same.
    if (verdict.code !== 'session-limit' || id !== subjectOf(report)) return null
    const none = { before: null, after: null, bySelf: false }
    return { event: 'work-offered', workItemId, ...none, hold: 'session-limit' }
  }
  const before = facts.work.find(held => held.workItemId === workItemId) ?? null
  const after = heldItem(verdict.item, id, before, config, at)
  if (sameJson(before, after)) return null
  const event = eventFor(verdict.event, before, after)
  // Whoever merely loses something by it is told another event, and that proves nothing of her (CA4).
  const bySelf = report.doneBy === 'representative'
  const hold = holdFor(event, before, after, facts, config, at)
  const counted = countedBefore(verdict.item, id, before, after)
  return { event, workItemId, before, after, bySelf, inputs: said(report), hold, ...(counted && { counted }) }
}

/** WK8: a report that changes nothing is a sign of life all the same, from which the time counts. */
function touchOf(facts: Facts, workItemId: string, config: Configuration, at: number): WorkChange | null {
  const before = facts.work.find(held => held.workItemId === workItemId)
  if (before === undefined) return null
  const after = touched(before, config, at)
  if (before.stale === after.stale && before.staleAt === after.staleAt) return null
  return { event: 'work-touched', workItemId, before, after, bySelf: false, hold: null }
}

const ENDS_OFFER: ReadonlySet<WorkEventName> = new Set(['work-rejected', 'work-missed', 'work-withdrawn'])

/** The same report is another event to whoever loses the item, or the offer of it. */
function eventFor(event: WorkEventName, before: HeldItem | null, after: HeldItem | null): WorkEventName {
  if (after !== null) return event
  if (before?.state === 'offered') return ENDS_OFFER.has(event) ? event : 'work-withdrawn'
  return event === 'work-accepted' ? 'work-transferred' : event
}

/** NO2, NO3, SE2. */
function holdFor(
  event: WorkEventName,
  before: HeldItem | null,
  after: HeldItem | null,
  facts: Facts,
  config: Configuration,
  at: number,
): HoldReason | null {
  // TR4: whoever keeps the item neither missed nor rejected it.
  if (before?.state === 'offered' && event === 'work-missed') return holdOfMiss(before.workstreamId, config)
  if (before?.state === 'offered' && event === 'work-rejected')
    return config.policy.rejectedSetsDoNotDisturb ? 'rejected' : null
  if (after?.state !== 'active' || !opensSession(after, config)) return null
  // Her own offer is counted among the reservations already; resuming at the limit is allowed (SE1).
  if (before !== null && before.state !== 'offered') return null
  const others = { ...facts, work: facts.work.filter(held => held !== before) }
  return atSessionLimit(others, config, at) ? 'session-limit' : null
}

/** The item itself, and others that left somebody's hands by the way. One revision more than stored, each. */
function itemsToStore(
  lookup: WorkLookup,
  workItemId: string,
  verdict: ItemVerdict,
  item: WorkItem | null,
  decided: Decided,
  config: Configuration,
  at: number,
): readonly WorkItem[] {
  // Two people can lose one item by the way, its holder and whoever it is on offer to (TR4): one after the other.
  const left = new Map<string, WorkItem>()
  const other = (id: string) => (id === workItemId ? null : (left.get(id) ?? lookup.workItem(id)))
  for (const { before, after } of decided)
    for (const lost of leftItems(before, after, other, at)) left.set(lost.workItemId, lost)
  const reported = verdict.kind === 'changed' ? withTallied(verdict.item, decided, config) : item
  return [...(reported ? [reported] : []), ...left.values()].flatMap(next => {
    const before = lookup.workItem(next.workItemId)
    return next === before ? [] : [{ ...next, revision: (before?.revision ?? 0) + 1 }]
  })
}
