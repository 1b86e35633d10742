// Why this presence: the four precedence rules, each with what it looked at (EX2). Exactly one matched: the
// first that applies.

import { capacityInputs } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Facts } from './facts.ts'
import { type Answer, absent, byCapacity, signedOut, standing } from './presence-of.ts'

export interface ExplanationStep {
  readonly order: 1 | 2 | 3 | 4
  readonly matched: boolean
  readonly rule: string
  readonly inputs: Readonly<Record<string, unknown>>
}

export function explainPresence(facts: Facts, config: Configuration, at: number): readonly ExplanationStep[] {
  const asked = [
    { order: 1, rule: 'DI4', answer: signedOut(facts, config, at) },
    { order: 2, rule: 'DI1', answer: absent(facts, config, at) },
    { order: 3, rule: 'MA1', answer: standing(facts, config, at) },
    { order: 4, rule: 'CA2', answer: byCapacity(facts, config, at) },
  ] as const
  const first = asked.find(step => step.answer !== null)
  return asked.map(step => ({
    order: step.order,
    matched: step === first,
    rule: step.answer?.rule ?? step.rule,
    inputs: inputsOf(step.order, step.answer, facts, config, at),
  }))
}

/** Of the capacity result all that its lines look at, so that the others can be followed, too. */
function inputsOf(
  order: ExplanationStep['order'],
  answer: Answer | null,
  facts: Facts,
  config: Configuration,
  at: number,
): ExplanationStep['inputs'] {
  if (order === 4) return { ...answer?.inputs, ...capacityInputs(facts, config, at) }
  return answer?.inputs ?? (order === 3 ? { stance: facts.stance.kind } : { link: facts.link.kind })
}
