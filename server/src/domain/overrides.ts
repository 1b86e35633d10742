// EX2: what the present presence overrides, in one list: what it covers, and what it replaced.

import type { Configuration } from './configuration.ts'
import type { Facts, Overridden } from './facts.ts'
import { absent, byCapacity, signedOut, standing } from './presence-of.ts'
import { replacedNow } from './replaced.ts'

export interface Override extends Overridden {
  /** `covered`: it would be shown if what covers it were gone. `replaced`: it is over. */
  readonly how: 'covered' | 'replaced'
}

/** First what is covered, the next to show first; then what ended when her stance, or the capacity result, took over. */
export function overridesOf(facts: Facts, config: Configuration, at: number): readonly Override[] {
  const replaced = replacedNow(facts, config, at).map(over => ({ ...over, how: 'replaced' as const }))
  return [...coveredBy(facts, config, at), ...replaced]
}

function coveredBy(facts: Facts, config: Configuration, at: number): readonly Override[] {
  if (signedOut(facts, config, at)) return []
  const stance = standing(facts, config, at)
  const capacity = byCapacity(facts, config, at)
  const isAbsent = absent(facts, config, at) !== null
  const hidden = [isAbsent ? stance : null, isAbsent || stance ? capacity : null]
  return hidden.flatMap(answer => {
    if (answer === null) return []
    const { statusId, rule, by } = answer
    return [{ statusId, rule, at: beganAt(facts, answer === stance), by, how: 'covered' as const }]
  })
}

/** A stance began when it was taken; a hidden capacity result has no beginning but that of what hides it. */
function beganAt({ stance, shown }: Facts, isStance: boolean): number {
  return isStance && stance.kind !== 'none' ? stance.at : shown.since
}
