// PO4: deleting a representative. Her work goes back to its queues, then her record goes; her tabs are closed by the
// signal that the feed gives.

import type { Actor, Facts } from '../domain/facts.ts'
import { judgeReport } from './decide-work.ts'
import type { Draft } from './draft.ts'

export function removeRepresentative(draft: Draft, facts: Facts, by: Actor, eraseHistory: boolean): void {
  const { representativeId } = facts
  for (const { workItemId, state } of facts.work) {
    const type = state === 'offered' ? 'withdraw' : 'release'
    judgeReport(draft, { type, workItemId, by, doneBy: 'other' })
  }
  draft.removeRepresentative(
    representativeId,
    {
      event: 'removed',
      actor: { kind: by.kind, id: by.id },
      rule: 'PO4',
      inputs: { representativeId, eraseHistory },
    },
    eraseHistory,
  )
}
