// WK4: in which role somebody reports about an item, and whether that role may.

import type { Actor } from '../domain/facts.ts'
import type { WorkItem } from '../domain/work-record.ts'
import { REPORTS_OF_SUPERVISORS } from '../domain/work-rights.ts'
import { actorAs, isSelf, supervises } from './access.ts'
import type { WorkReport } from './app.ts'
import type { Principal } from './principal.ts'
import { Refused } from './refused.ts'

export type ReportKind = WorkReport | 'accept' | 'transfer'

/** What nobody reports as the representative: these are done to her. */
const NEVER_HERS: readonly ReportKind[] = ['miss', 'withdraw', 'release']

/**
 * The role that reaches: as the representative if the item is hers and the report one of hers, else as supervisor
 * of its queue, else as a service, else as a representative all the same, whom the domain answers.
 * Refused: `forbidden`.
 */
export function reporterOf(principal: Principal, report: ReportKind, item: WorkItem | null): Actor {
  const { roles } = principal
  const isHers = item && (isSelf(principal, item.offeredTo) || isSelf(principal, item.representativeId))
  if (isHers && !NEVER_HERS.includes(report)) return actorAs(principal, 'representative')
  const maySupervise =
    REPORTS_OF_SUPERVISORS.includes(report) && (!item || supervises(principal, [item.queueId]))
  if (roles.includes('supervisor') && maySupervise) return actorAs(principal, 'supervisor')
  if (roles.includes('service')) return actorAs(principal, 'service')
  if (roles.includes('representative')) return actorAs(principal, 'representative')
  throw new Refused(
    'forbidden',
    `You may not report ${report} about this work item. Supervisors may close, withdraw, release and transfer items of the queues they watch.`,
    { needed: { role: 'service', ...(item && { watches: [item.queueId] }) } },
  )
}
