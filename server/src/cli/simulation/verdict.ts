// Whether a shift was a proof: nothing broken, and, if it was a whole one, nothing left out.

import { INVARIANTS, type InvariantId, type Verdicts } from './invariants.ts'
import type { Kind } from './kinds.ts'

export interface Outcome {
  readonly verdicts: Verdicts
  /** Kinds of events that the script contains and that did not happen. */
  readonly unseen: readonly Kind[]
  /** Long and lively enough to hold everything, and played to its end. */
  readonly isWhole: boolean
  /** The command that plays the same script. */
  readonly again: string
}

/** The last line of a shift without a complaint. `never`: kinds that did not happen, in the script or not. */
export function praiseOf({ verdicts, isWhole }: Outcome, never: readonly Kind[]): string {
  const checks = Object.values(verdicts.checked).reduce((sum, count) => sum + count, 0)
  const held = `All held: ${checks} checks, none failed.`
  if (isWhole) return `${held} Every kind of event that its script contains happened.`
  const unchecked = uncheckedIn(verdicts)
  const kinds = never.length === 1 ? '1 kind' : `${never.length} kinds`
  const missing = [
    ...(unchecked.length > 0 ? [`${unchecked.join(', ')} had nothing to judge`] : []),
    ...(never.length > 0 ? [`${kinds} of events did not happen`] : []),
  ]
  const but = missing.length > 0 ? `: ${missing.join(', and ')}` : ''
  return `${held} This was not a whole shift${but}.`
}

/** A sentence for whoever started it, or null if all is well. */
export function complaintAbout({ verdicts, unseen, isWhole, again }: Outcome): string | null {
  const broken = verdicts.violations.length
  const repeat = `To play the same script again: ${again}`
  if (broken > 0) return `${broken === 1 ? '1 check' : `${broken} checks`} failed. ${repeat}`
  if (!isWhole) return null
  const unchecked = uncheckedIn(verdicts)
  if (unchecked.length > 0)
    return `No check failed, but ${unchecked.join(', ')} had nothing to judge. ${repeat}`
  if (unseen.length === 0) return null
  return `No check failed, but a whole shift holds every kind of event, and this did not happen: ${unseen.join(', ')}. ${repeat}`
}

function uncheckedIn({ checked }: Verdicts): readonly InvariantId[] {
  return (Object.keys(INVARIANTS) as InvariantId[]).filter(id => checked[id] === 0)
}
