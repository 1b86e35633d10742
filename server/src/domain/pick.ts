// WK9: a representative takes an item that nobody offered her.

import { becomes, type ItemVerdict } from './item-change.ts'
import { type Refusal, refuse } from './outcome.ts'
import { refuseFull } from './room.ts'
import { refuseUnknown, type WorkContext, workstreamOf } from './work-context.ts'
import type { Report, WorkItem } from './work-record.ts'

type Accept = Extract<Report, { type: 'accept' }>

/** `known`: it waits in a queue already, rather than being heard of for the first time. */
export function pick(
  item: WorkItem,
  report: Accept,
  known: boolean,
  context: WorkContext,
  at: number,
): ItemVerdict {
  const { representativeId, workstreamId } = report
  if (workstreamId === null) return offerGone(item)
  const workstream = workstreamOf(context, workstreamId)
  if ('code' in workstream) return workstream
  const facts = context.representative(representativeId)
  if (facts === null) return refuseUnknown(representativeId)
  const reachable =
    !known || (item.workstreamId === workstreamId && facts.profile.queues.includes(item.queueId))
  if (!workstream.selfAssign || !reachable) return notToPick(item, workstreamId)
  const attributes = report.attributes ?? item.attributes
  const changes = { state: 'active', representativeId, attributes } as const
  return refuseFull(facts) ?? becomes(item, changes, report, at, 'WK9')
}

/** NO9. */
export function offerGone({ workItemId }: WorkItem): Refusal {
  const message = `There is no offer of ${workItemId} any more; it was answered, withdrawn or missed. Nothing was changed.`
  return refuse('offer-gone', message, { workItemId })
}

function notToPick({ workItemId }: WorkItem, workstreamId: string): Refusal {
  const message = `${workItemId} cannot be taken without an offer: that needs its own workstream, named, with selfAssign, and a queue of yours.`
  return refuse('forbidden', message, { workItemId, workstreamId })
}
