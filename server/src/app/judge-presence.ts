// An event about one representative, as a caller causes it: existence and reach first, then it is judged.

import type { Event } from '../domain/event.ts'
import type { Actor, Facts } from '../domain/facts.ts'
import type { Outcome, Refusal } from '../domain/outcome.ts'
import { known, reachRepresentative } from './access.ts'
import type { Choice } from './app.ts'
import type { Draft } from './draft.ts'
import type { Principal } from './principal.ts'

/** Refused by throwing: `representative-unknown`, `forbidden`; the refusals of the rules are values. */
export function judgePresence<Result>(
  draft: Draft,
  principal: Principal,
  representativeId: string,
  eventOf: (by: Actor) => Event,
  answer: (outcome: Outcome, facts: Facts) => Result,
): Result | Refusal {
  const facts = known(draft.representative(representativeId), representativeId)
  const outcome = draft.decide(facts, eventOf(reachRepresentative(principal, facts)))
  if (outcome.kind === 'refused') return outcome
  return answer(outcome, draft.representative(representativeId) ?? facts)
}

/** MA7: a choice that waits already, chosen again, is still one that waits. */
export function choiceOutcome(
  { when, statusId }: Pick<Choice, 'when' | 'statusId'>,
  outcome: Outcome,
  facts: Facts,
): 'updated' | 'queued' {
  if (outcome.kind === 'done') return outcome.queued ? 'queued' : 'updated'
  return when === 'after-work' && facts.next?.statusId === statusId ? 'queued' : 'updated'
}
