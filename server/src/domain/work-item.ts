// What becomes of a work item when something is reported about it: the table of WK3, and who may say so.

import { workItemDeadline } from './deadlines-of.ts'
import { becomes, type ItemVerdict, NO_CHANGE } from './item-change.ts'
import { assign, endOffer, offer } from './offer.ts'
import { refuse } from './outcome.ts'
import { own } from './own.ts'
import { offerGone, pick } from './pick.ts'
import { answerTransferOffer, transfer } from './transfer.ts'
import { costOf, type WorkContext } from './work-context.ts'
import type { Report, WorkItem } from './work-record.ts'
import { refuseReport } from './work-rights.ts'
import { type Cell, cellOf } from './work-table.ts'

/**
 * Total. `item`: null if none is stored. A closed one whose 24 h are over counts as none, swept or not, and so does
 * one that is to be reopened; its revision goes on.
 */
export function decideItem(
  item: WorkItem | null,
  report: Report,
  context: WorkContext,
  at: number,
): ItemVerdict {
  const known = item !== null && at < (workItemDeadline(item) ?? Infinity) ? item : null
  const refusal = refuseReport(known, report)
  if (refusal) return refusal
  const reopens = known?.state === 'closed' && 'reopen' in report && report.reopen
  if (known === null || reopens) {
    const fresh = newItem(report, item?.revision ?? 0, context, at)
    const tallied = known?.tallied
    return byTable(tallied ? { ...fresh, tallied } : fresh, false, report, context, at)
  }
  return answerTransferOffer(known, report, context, at) ?? byTable(known, true, report, context, at)
}

function byTable(
  item: WorkItem,
  known: boolean,
  report: Report,
  context: WorkContext,
  at: number,
): ItemVerdict {
  const answer = answerOf(cellOf(known ? item.state : 'none', report.type), item, report)
  if (answer) return answer
  switch (report.type) {
    case 'offer':
      return offer(item, report, context, at)
    case 'assign':
      return assign(item, report, context, at)
    case 'accept':
      return item.state === 'offered' ? accept(item, report, at) : pick(item, report, known, context, at)
    case 'reject':
    case 'miss':
    case 'withdraw':
      return endOffer(item, report, context, at)
    case 'wait':
      return becomes(item, { state: 'waiting' }, report, at, 'WK5')
    case 'resume':
      return becomes(item, { state: 'active' }, report, at, 'WK5')
    case 'wrap-up':
      return becomes(item, { state: 'wrap-up' }, report, at, 'CA8')
    case 'close':
      return becomes(item, { state: 'closed', offeredTo: null }, report, at, 'WK3')
    case 'release':
      return becomes(item, { state: 'queued', representativeId: null, offeredTo: null }, report, at, 'WK3')
    case 'transfer':
      return transfer(item, report, context, at)
  }
}

/** The cells that change nothing; null: the report makes something of the item. */
function answerOf(cell: Cell, item: WorkItem, { type }: Report): ItemVerdict | null {
  const { workItemId, state } = item
  switch (cell) {
    case 'same':
    case 'done':
      return NO_CHANGE
    case 'offer-gone':
      return offerGone(item)
    case 'unknown':
      return refuse('work-item-unknown', `No work item ${workItemId} is known; offer or assign it first.`)
    case 'gone': {
      const message = `The work item ${workItemId} was closed; offer or assign it with reopen to take it up again.`
      return refuse('work-item-closed', message, { workItemId })
    }
    case 'not-allowed': {
      const message = `"${type}" cannot be reported about ${workItemId} while it is ${state}.`
      return refuse('transition-not-allowed', message, { workItemId, state })
    }
    default:
      return null
  }
}

function accept(item: WorkItem, report: Extract<Report, { type: 'accept' }>, at: number): ItemVerdict {
  const { representativeId } = report
  const attributes = report.attributes ?? item.attributes
  const changes = { state: 'active', representativeId, offeredTo: null, attributes } as const
  return becomes(item, changes, report, at, 'WK3')
}

/** An item that is heard of for the first time: nobody's, with what its workstream says. */
function newItem(report: Report, revision: number, context: WorkContext, at: number): WorkItem {
  const workstreamId = ('workstreamId' in report ? report.workstreamId : null) ?? ''
  const workstream = own(context.config.workstreams, workstreamId)
  const facts = 'representativeId' in report ? context.representative(report.representativeId) : null
  return {
    tenant: facts?.tenant ?? '',
    workItemId: report.workItemId,
    revision,
    workstreamId,
    queueId: workstream?.queueId ?? '',
    state: 'queued',
    representativeId: null,
    offeredTo: null,
    cost: workstream ? costOf(workstream) : { units: 0, profiles: [] },
    priority: 0,
    attributes: {},
    since: at,
    queuedAt: null,
    declines: {},
    routed: false,
    touchedAt: at,
    closedAt: null,
    cause: { event: 'created', actor: { kind: report.by.kind, id: report.by.id }, rule: 'WK3', inputs: {} },
  }
}
