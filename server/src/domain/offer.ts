// An item comes to a representative by somebody's decision: offered or assigned by a service (RO7), or answered.

import { becomes, declinedBy, type ItemVerdict, NO_CHANGE } from './item-change.ts'
import { type Refusal, refuse } from './outcome.ts'
import { own } from './own.ts'
import { refuseAssignment, refuseOffer, type WorkContext, workstreamOf } from './work-context.ts'
import type { Report, WorkItem } from './work-record.ts'

type Putting = Extract<Report, { type: 'offer' | 'assign' }>
type Answering = Extract<Report, { type: 'reject' | 'miss' | 'withdraw' }>

/** NO1. An item that somebody has stays with her while it is offered to another (TR4). */
export function offer(item: WorkItem, report: Putting, context: WorkContext, at: number): ItemVerdict {
  const { representativeId, force } = report
  if (representativeId === item.representativeId && item.state === 'active') return NO_CHANGE
  const put = described(item, report)
  // CA5: what somebody has at work already keeps the cost it started with.
  const { workstreamId, cost } = item.state === 'active' ? item : put
  const refusal =
    refuseWorkstream(item, report, context) ??
    refuseOffer(context, representativeId, { workstreamId, cost, force }, at)
  if (refusal) return refusal
  return item.state === 'active'
    ? becomes(item, { state: 'active', offeredTo: representativeId }, report, at, 'TR4')
    : becomes(put, { state: 'offered', offeredTo: representativeId }, report, at, 'WK3')
}

/** Whoever is offered it meanwhile is no longer (WK3). */
export function assign(item: WorkItem, report: Putting, context: WorkContext, at: number): ItemVerdict {
  const { representativeId } = report
  const hers = representativeId === item.representativeId || representativeId === item.offeredTo
  const refusal =
    refuseWorkstream(item, report, context) ?? (hers ? null : refuseAssignment(context, representativeId))
  if (refusal) return refusal
  // CA5: what somebody has at work already keeps the cost it started with.
  const cost = item.representativeId === null ? (report.cost ?? item.cost) : item.cost
  const holder = { state: 'active', representativeId, offeredTo: null, cost } as const
  return becomes(described(item, report), holder, report, at, 'WK3')
}

/** NO9 is the table's. Only a refusal or a miss is a decline of hers; a withdrawal was somebody else's idea. */
export function endOffer(item: WorkItem, report: Answering, context: WorkContext, at: number): ItemVerdict {
  const refusal = refuseRejection(item, report, context)
  if (refusal) return refusal
  const { offeredTo } = item
  const declines =
    report.type === 'withdraw' || offeredTo === null ? item.declines : declinedBy(item, offeredTo)
  const state = item.state === 'offered' ? 'queued' : item.state
  const rule = report.type === 'reject' ? 'NO3' : report.type === 'miss' ? 'NO2' : 'WK3'
  return becomes(item, { state, offeredTo: null, declines }, report, at, rule)
}

/** What the report says of the item, or what was known. */
function described(item: WorkItem, { cost, attributes, priority, by }: Putting): WorkItem {
  return {
    ...item,
    cost: cost ?? item.cost,
    attributes: attributes ?? item.attributes,
    priority: priority ?? item.priority,
    routed: item.routed || by.kind === 'system',
  }
}

function refuseWorkstream(item: WorkItem, report: Putting, context: WorkContext): Refusal | null {
  const workstream = workstreamOf(context, report.workstreamId)
  if ('code' in workstream) return workstream
  if (item.workstreamId === report.workstreamId) return null
  const message = `The work item ${item.workItemId} is of the workstream ${item.workstreamId}; name that one.`
  return refuse('work-item-conflict', message, { workstreamId: item.workstreamId })
}

/** NO5. */
function refuseRejection(item: WorkItem, { type }: Answering, { config }: WorkContext): Refusal | null {
  if (type !== 'reject' || own(config.workstreams, item.workstreamId)?.rejectable !== false) return null
  const message = `Offers of the workstream ${item.workstreamId} cannot be rejected; accept it, or let it run out.`
  return refuse('offer-not-rejectable', message, { workstreamId: item.workstreamId })
}
