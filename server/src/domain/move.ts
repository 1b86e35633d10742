// What one event makes of the facts, before it is known what is then shown.

import type { Actor, Facts, Shown } from './facts.ts'
import type { Refusal } from './outcome.ts'

export interface Move {
  readonly kind: 'move'
  /** With link, stance, next, work or notices changed; `shown` and `cause` are still the old ones. */
  readonly facts: Facts
  /** In the past tense, for the cause (EX1). */
  readonly event: string
  readonly actor: Actor
  /** null: the rule that answers for the presence then shown. */
  readonly rule: string | null
  readonly inputs: Readonly<Record<string, unknown>>
  /** SI4: what was shown before an absence, whose `since` goes on; null: what was shown last. */
  readonly continues: Shown | null
  /** MA7: the choice became the next presence. */
  readonly queued: boolean
}

export type Applied = Move | { readonly kind: 'nothing' } | Refusal

export const NOTHING: Applied = { kind: 'nothing' }

export function move(
  facts: Facts,
  event: string,
  actor: Actor,
  rule: string | null,
  inputs: Readonly<Record<string, unknown>> = {},
): Move {
  return { kind: 'move', facts, event, actor, rule, inputs, continues: null, queued: false }
}
