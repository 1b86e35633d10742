// An item goes from one representative to another, or back to a queue, in one step (TR1-TR4).

import type { Facts } from './facts.ts'
import { becomes, type ItemVerdict, NO_CHANGE } from './item-change.ts'
import { endOffer } from './offer.ts'
import { type Refusal, refuse } from './outcome.ts'
import { own } from './own.ts'
import { refuseFull } from './room.ts'
import { refuseAway, refuseUnknown, type WorkContext } from './work-context.ts'
import type { Report, WorkItem } from './work-record.ts'
import { subjectOf } from './work-rights.ts'

type Transfer = Extract<Report, { type: 'transfer' }>

export function transfer(item: WorkItem, report: Transfer, context: WorkContext, at: number): ItemVerdict {
  const { to } = report
  if (to.kind === 'queue') return toQueue(item, to.id, report, context, at)
  // WK3: the same report twice changes nothing.
  if (to.id === item.representativeId || (report.offer && to.id === item.offeredTo)) return NO_CHANGE
  const refusal = refuseSecond(to.id, report, context)
  if (refusal) return refusal
  // TR4: the first keeps it until the second accepts.
  if (report.offer)
    return becomes(item, { state: item.state, offeredTo: to.id }, report, at, 'TR4', 'work-offered')
  const second = { state: 'active', representativeId: to.id, offeredTo: null } as const
  return becomes(item, second, report, at, 'TR1')
}

/** TR4: the answer of the second, or the end of the offer to her. null: the report is about something else. */
export function answerTransferOffer(
  item: WorkItem,
  report: Report,
  context: WorkContext,
  at: number,
): ItemVerdict | null {
  const { state, offeredTo } = item
  const subject = subjectOf(report)
  if (offeredTo === null || state === 'offered' || (subject !== null && subject !== offeredTo)) return null
  switch (report.type) {
    case 'accept':
      return becomes(
        item,
        { state: 'active', representativeId: offeredTo, offeredTo: null },
        report,
        at,
        'TR1',
      )
    case 'reject':
    case 'miss':
    case 'withdraw':
      return endOffer(item, report, context, at)
    case 'offer':
      return NO_CHANGE
    default:
      return null
  }
}

/** TR2. */
function toQueue(
  item: WorkItem,
  queueId: string,
  report: Report,
  { config }: WorkContext,
  at: number,
): ItemVerdict {
  if (own(config.queues, queueId) === null)
    return refuse('not-found', `There is no queue ${queueId}; transfer to one that is configured.`)
  const changes = { state: 'queued', queueId, representativeId: null, offeredTo: null } as const
  return becomes(item, changes, report, at, 'TR2')
}

/** TR3: a representative hands over to connected colleagues of a queue of hers; others to anybody. */
function refuseSecond(id: string, { by, offer }: Transfer, context: WorkContext): Refusal | null {
  const second = context.representative(id)
  if (second === null) return refuseUnknown(id)
  const byColleague = by.kind === 'representative'
  if (byColleague && !sharesQueue(second, context.representative(by.id)))
    return refuse('forbidden', `You share no queue with ${id}; ask for the targets and take one of them.`)
  return (byColleague || offer ? refuseAway(second) : null) ?? refuseFull(second)
}

export function sharesQueue(one: Facts, other: Facts | null): boolean {
  return one.profile.queues.some(queue => other?.profile.queues.includes(queue))
}
