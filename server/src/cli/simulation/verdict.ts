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

/** A sentence for whoever started it, or null if all is well. */
export function complaintAbout({ verdicts, unseen, isWhole, again }: Outcome): string | null {
  const broken = verdicts.violations.length
  const repeat = `To play the same script again: ${again}`
  if (broken > 0) return `${broken} checks failed. ${repeat}`
  if (!isWhole) return null
  const unchecked = (Object.keys(INVARIANTS) as InvariantId[]).filter(id => verdicts.checked[id] === 0)
  if (unchecked.length > 0)
    return `No check failed, but ${unchecked.join(', ')} had nothing to judge. ${repeat}`
  if (unseen.length === 0) return null
  return `No check failed, but a whole shift holds every kind of event, and this did not happen: ${unseen.join(', ')}. ${repeat}`
}
