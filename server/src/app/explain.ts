// EX2: why this presence, as the wire has it.

import type { Explanation } from '@rollcall/shared'
import type { Configuration } from '../domain/configuration.ts'
import { explainPresence } from '../domain/explain.ts'
import type { Facts } from '../domain/facts.ts'
import { absent, byCapacity, signedOut, standing } from '../domain/presence-of.ts'
import { iso } from './time.ts'
import { toView } from './view.ts'

/**
 * The four precedence rules with their inputs, and what the shown presence hides. What each workstream makes of it
 * (`workstreams`, `smallestChange`) is answered by routing, and empty as long as nothing is routed.
 */
export function explanationOf(facts: Facts, configuration: Configuration, at: number): Explanation {
  return {
    presence: toView(facts, configuration, at),
    steps: explainPresence(facts, configuration, at).map(step => ({ ...step, inputs: { ...step.inputs } })),
    overrides: overridesOf(facts, configuration, at),
    workstreams: [],
    smallestChange: [],
  }
}

/** Presences beneath the shown one, the next to show first: the stance that an absence covers, the capacity result. */
function overridesOf(facts: Facts, configuration: Configuration, at: number): Explanation['overrides'] {
  if (signedOut(facts, configuration, at)) return []
  const stance = standing(facts, configuration, at)
  const capacity = byCapacity(facts, configuration, at)
  const isAbsent = absent(facts, configuration, at) !== null
  const hidden = [isAbsent ? stance : null, isAbsent || stance ? capacity : null]
  return hidden.flatMap(answer =>
    answer
      ? [
          {
            statusId: answer.statusId,
            rule: answer.rule,
            at: iso(beganAt(facts, answer === stance)),
            by: answer.by,
          },
        ]
      : [],
  )
}

/** A stance began when it was taken; a hidden capacity result has no beginning but that of what hides it. */
function beganAt({ stance, shown }: Facts, isStance: boolean): number {
  return isStance && stance.kind !== 'none' ? stance.at : shown.since
}
