// Who may report what about which item, as far as the records tell (WK3, WK4, WK9). What a supervisor's token
// reaches is checked before.

import { type Refusal, refuse } from './outcome.ts'
import type { Report, WorkItem } from './work-record.ts'

/** The representative whose report it is; null: a report about the item, whoever has it. */
export function subjectOf(report: Report): string | null {
  if (report.by.kind === 'representative') return report.by.id
  return 'representativeId' in report ? report.representativeId : null
}

/** null: go on. `item`: null if unknown. */
export function refuseReport(item: WorkItem | null, report: Report): Refusal | null {
  return refuseKind(report) ?? (item && refuseItem(item, report))
}

const REPORTS_OF_REPRESENTATIVES = ['accept', 'reject', 'wait', 'resume', 'wrap-up', 'close', 'transfer']
export const REPORTS_OF_SUPERVISORS: readonly string[] = ['close', 'withdraw', 'release', 'transfer']

/** WK4. Services, administrators and Rollcall itself report anything. */
function refuseKind({ by, type }: Report): Refusal | null {
  const allowed =
    by.kind === 'representative'
      ? REPORTS_OF_REPRESENTATIVES
      : by.kind === 'supervisor'
        ? REPORTS_OF_SUPERVISORS
        : null
  if (allowed === null || allowed.includes(type)) return null
  const message = `A ${by.kind} cannot report "${type}" about a work item; possible are ${allowed.join(', ')}.`
  return refuse('forbidden', message, { allowed })
}

function refuseItem(item: WorkItem, report: Report): Refusal | null {
  switch (item.state) {
    case 'closed':
      return null
    case 'queued':
      return refuseNobodys(item, report)
    default:
      return refuseSomebodyElses(item, report)
  }
}

/** WK9: of an item that is nobody's she may only say that she takes it, or answer an offer that is gone (NO9). */
function refuseNobodys({ workItemId }: WorkItem, { by, type }: Report): Refusal | null {
  if (by.kind !== 'representative' || type === 'accept' || type === 'reject') return null
  const message = `The work item ${workItemId} is queued and not yours; you can report it once you have it.`
  return refuse('forbidden', message, { workItemId })
}

function refuseSomebodyElses(item: WorkItem, report: Report): Refusal | null {
  const subject = subjectOf(report)
  if (subject === null || concerns(item, subject, report) || takesOver(item, report)) return null
  const message = `The work item ${item.workItemId} is with, or offered to, somebody else; ask for its present holder first.`
  return refuse('work-item-conflict', message, { workItemId: item.workItemId, state: item.state })
}

/** Whoever holds it; and, to answer only, whoever is offered it. */
function concerns(
  { state, representativeId, offeredTo }: WorkItem,
  subject: string,
  { type }: Report,
): boolean {
  if (subject === representativeId) return true
  const answers = state === 'offered' || type === 'accept' || type === 'reject' || type === 'offer'
  return subject === offeredTo && answers
}

/** TR4: an item in somebody's hands is offered to another; or an offered one is assigned, which ends the offer. */
function takesOver({ state, offeredTo }: WorkItem, { type }: Report): boolean {
  return (
    (type === 'offer' && state === 'active' && offeredTo === null) ||
    (type === 'assign' && state === 'offered')
  )
}
