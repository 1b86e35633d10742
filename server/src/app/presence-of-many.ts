// SU7: a choice or a reset for many representatives in one request.

import type { Event } from '../domain/event.ts'
import type { Actor, Facts } from '../domain/facts.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Caller, OutcomeOfOne, PresenceService } from './app.ts'
import type { Commit } from './commit.ts'
import { judgeMany } from './judge-many.ts'
import { choiceOutcome, judgePresence } from './judge-presence.ts'

export function createPresenceOfMany(commit: Commit): Pick<PresenceService, 'chooseForMany' | 'resetMany'> {
  async function forEach<Word extends 'updated' | 'queued' | 'reset'>(
    caller: Caller,
    ids: readonly string[],
    eventOf: (by: Actor) => Event,
    answer: (outcome: Outcome, facts: Facts) => Word,
  ): Promise<readonly OutcomeOfOne[]> {
    const { principal } = caller
    const outcomes: OutcomeOfOne[] = []
    const judged = judgeMany(commit, {
      caller,
      event: 'presences-set',
      items: new Set(ids),
      judge: (draft, id) => judgePresence(draft, principal, id, eventOf, answer),
    })
    for await (const [representativeId, verdict] of judged) {
      outcomes.push(
        'refused' in verdict
          ? { representativeId, refused: verdict.refused }
          : { representativeId, outcome: verdict.result },
      )
    }
    return outcomes
  }

  return {
    chooseForMany: (caller, ids, choice) =>
      forEach(
        caller,
        ids,
        by => ({ type: 'presence-chosen', ...choice, expectedRevision: null, by }),
        (outcome, facts) => choiceOutcome(choice, outcome, facts),
      ),

    resetMany: (caller, ids) =>
      forEach(
        caller,
        ids,
        by => ({ type: 'presence-reset', by, expectedRevision: null }),
        () => 'reset',
      ),
  }
}
