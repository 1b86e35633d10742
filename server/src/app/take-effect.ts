// One deadline that the store proposed, judged on the record as it is now.

import { earliestDeadline, workItemDeadline } from '../domain/deadlines-of.ts'
import { type Cause, SYSTEM } from '../domain/facts.ts'
import type { RecordKey } from '../storage/storage.ts'
import type { Draft } from './draft.ts'

/** How the clock signs what it does. */
const byTheClock = (rule: string, inputs: Cause['inputs']): Cause => ({
  event: 'time-passed',
  actor: { kind: SYSTEM.kind, id: SYSTEM.id },
  rule,
  inputs,
})

/**
 * True if something changed. `again`: it was proposed before and not due, so the store indexes an instant that the
 * record does not have; stored again, it is indexed by its own.
 */
export function takeEffect(draft: Draft, { kind, id }: RecordKey, again: boolean): boolean {
  return kind === 'representative' ? passTime(draft, id, again) : endTombstone(draft, id, again)
}

function passTime(draft: Draft, id: string, again: boolean): boolean {
  const facts = draft.representative(id)
  if (!facts) return false
  const deadline = earliestDeadline(facts, draft.configuration())
  if (deadline !== null && deadline <= draft.now) {
    return draft.decide(facts, { type: 'time-passed' }).kind === 'done'
  }
  if (again) draft.putRepresentative({ ...facts, cause: byTheClock('DI10', { deadline }) })
  return again
}

/** WK3: 24 h after it was closed, an item is forgotten. */
function endTombstone(draft: Draft, id: string, again: boolean): boolean {
  const item = draft.workItem(id)
  if (!item) return false
  const deadline = workItemDeadline(item)
  if (deadline !== null && deadline <= draft.now) {
    draft.removeWorkItem(id, byTheClock('WK3', { closedAt: item.closedAt }))
    return true
  }
  if (again) draft.putWorkItem({ ...item, cause: byTheClock('DI10', { deadline }) })
  return again
}
