// What stands above the capacity result, and how firmly.

import type { Configuration } from './configuration.ts'
import type { Actor, Stance } from './facts.ts'
import { isStickyBase, statusOf } from './statuses.ts'

export const NO_STANCE: Stance = { kind: 'none' }

/** MA3: a choice whose base is do-not-disturb, away or offline. Neither work nor a hold moves it. */
export function isSticky(stance: Stance, config: Configuration): boolean {
  return stance.kind === 'choice' && isStickyBase(statusOf(config, stance.statusId).base)
}

/** SI6, MA2: a default, whatever its base, or a chosen available or busy. The next start or end of work ends it. */
export function isPassing(stance: Stance, config: Configuration): boolean {
  return stance.kind === 'default' || (stance.kind === 'choice' && !isSticky(stance, config))
}

/** The same person or machine; a name may change. */
export function sameActor(one: Actor | null, other: Actor | null): boolean {
  return one?.kind === other?.kind && one?.id === other?.id
}

/** MA5: who is named to others; null for what she did herself. */
export function somebodyElse(by: Actor, representativeId: string): Actor | null {
  return by.kind === 'representative' && by.id === representativeId ? null : by
}
