// A report about a work item, judged in a draft: what the domain changed is put there, refused or not.

import type { Outcome } from '../domain/outcome.ts'
import { decideWork } from '../domain/work.ts'
import type { Report } from '../domain/work-record.ts'
import type { Draft } from './draft.ts'

export interface Judged {
  readonly outcome: Outcome
  /** The representative whom it was about; null: nobody. */
  readonly about: string | null
}

export function judgeReport(draft: Draft, report: Report): Judged {
  const records = { workItem: draft.workItem, representative: draft.representative }
  const decided = decideWork(records, report, draft.configuration(), draft.now)
  for (const item of decided.workItems) draft.putWorkItem(item)
  for (const facts of decided.representatives) draft.putRepresentative(facts)
  return { outcome: decided.outcome, about: decided.about }
}
