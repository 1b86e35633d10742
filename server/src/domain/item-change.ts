// How a work item's record goes on: what every change of it has in common.

import type { WorkState } from '@rollcall/shared/vocabulary'
import type { WorkEventName } from './event.ts'
import type { Actor, Cause } from './facts.ts'
import type { Refusal } from './outcome.ts'
import { own } from './own.ts'
import type { Report, WorkItem } from './work-record.ts'

export type ItemVerdict =
  | { readonly kind: 'changed'; readonly item: WorkItem; readonly event: WorkEventName }
  | { readonly kind: 'nothing' }
  | Refusal

export const NO_CHANGE: ItemVerdict = { kind: 'nothing' }

export const WORK_EVENTS: Readonly<Record<Report['type'], WorkEventName>> = {
  offer: 'work-offered',
  assign: 'work-assigned',
  accept: 'work-accepted',
  reject: 'work-rejected',
  miss: 'work-missed',
  withdraw: 'work-withdrawn',
  wait: 'work-waited',
  resume: 'work-resumed',
  'wrap-up': 'work-wrapped-up',
  close: 'work-closed',
  release: 'work-released',
  transfer: 'work-transferred',
}

type Changes = Partial<WorkItem> & { readonly state: WorkState }

/** The verdict on a report that changes the item. */
export function becomes(
  item: WorkItem,
  changes: Changes,
  report: Report,
  at: number,
  rule: string,
  event: WorkEventName = WORK_EVENTS[report.type],
): ItemVerdict {
  const next = changedItem(item, changes, report.by, at, rule, event, said(report))
  return { kind: 'changed', event, item: next }
}

export function changedItem(
  item: WorkItem,
  changes: Changes,
  by: Actor,
  at: number,
  rule: string,
  event: WorkEventName,
  inputs: Cause['inputs'] = {},
): WorkItem {
  const next = { ...item, ...changes }
  const goesOn = next.state === item.state && next.representativeId === item.representativeId
  const waitsForSomebody = next.state === 'queued' || next.state === 'offered'
  return {
    ...next,
    revision: item.revision + 1,
    since: goesOn && item.revision > 0 ? item.since : at,
    // RO5: its age counts from when it first waited, however often it was offered since.
    queuedAt: waitsForSomebody ? (item.queuedAt ?? at) : null,
    touchedAt: at,
    closedAt: next.state === 'closed' ? at : null,
    cause: {
      event,
      actor: { kind: by.kind, id: by.id },
      rule,
      inputs: { from: item.state, to: next.state, ...handsBetween(item, next), ...inputs },
    },
  }
}

/** What a report says beside what it does: the words of a rejection. */
export function said(report: Report): Cause['inputs'] {
  return report.type === 'reject' && report.reason ? { reason: report.reason } : {}
}

/** TR1, TR2, TR4, WK3: from whom to whom, or to which queue, as far as that changed. */
function handsBetween(before: WorkItem, after: WorkItem): Readonly<Record<string, unknown>> {
  const changed = (['representativeId', 'offeredTo', 'queueId'] as const).filter(
    field => before[field] !== after[field],
  )
  return Object.fromEntries(changed.map(field => [field, { from: before[field], to: after[field] }]))
}

/** RO6: one more decline by that representative. */
export function declinedBy(item: WorkItem, representativeId: string): WorkItem['declines'] {
  return { ...item.declines, [representativeId]: (own(item.declines, representativeId) ?? 0) + 1 }
}
