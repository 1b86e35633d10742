// EX2: what ended when the present stance, or without one the capacity result, began to answer. It is kept in the
// facts, because afterwards nothing else tells it.

import type { Configuration } from './configuration.ts'
import type { Facts, NextChoice, Overridden, Replaced, Stance } from './facts.ts'
import { type Answer, ofStance, presenceIfConnected, presenceOf } from './presence-of.ts'
import { sameActor, somebodyElse } from './stance.ts'

/** `moved`: as the event alone left her; `after`: with what followed from it by itself, too. */
interface Course {
  readonly before: Facts
  readonly moved: Facts
  readonly after: Facts
}

/** What ended with this very move is new; what goes on keeps what it had put an end to. `presence`: what is then shown. */
export function replacedBy(
  { before, moved, after }: Course,
  presence: Answer,
  config: Configuration,
  at: number,
): Replaced | null {
  const cancelled = cancelledNext(before, moved)
  const continues = goesOn(before.stance, after.stance)
  const known = continues ? before.replaced : null
  const ended = continues ? [] : endedStance(before, config)
  if (known === null && ended.length === 0 && cancelled.length === 0) return null
  const shows = beneath(presence, after, config, at)
  const kept = known !== null && known.shows === shows ? known : null
  if (kept && cancelled.length === 0) return kept
  const others = (kept?.what ?? []).filter(({ rule }) => rule !== NEXT_RULE)
  const what = [...others, ...ended, ...cancelled]
  return what.length === 0 ? null : { shows, what }
}

/** What is still true of it now: nothing, once the capacity result has become another. */
export function replacedNow(facts: Facts, config: Configuration, at: number): readonly Overridden[] {
  const { replaced } = facts
  if (replaced === null) return []
  return replaced.shows === beneath(presenceOf(facts, config, at), facts, config, at) ? replaced.what : []
}

/** An absence only covers: what shows on return, else what is shown. */
function beneath(presence: Answer, facts: Facts, config: Configuration, at: number): string {
  return (presence.origin === 'disconnected' ? presenceIfConnected(facts, config, at) : presence).statusId
}

/** MA10: the same choice with another note or expiry goes on. */
function goesOn(before: Stance, after: Stance): boolean {
  if (before === after) return true
  if (before.kind === 'choice' && after.kind === 'choice')
    return before.statusId === after.statusId && before.at === after.at && sameActor(before.by, after.by)
  return before.kind === 'none' && after.kind === 'none'
}

function endedStance(facts: Facts, config: Configuration): readonly Overridden[] {
  const answer = ofStance(facts, config)
  const { stance } = facts
  if (answer === null || stance.kind === 'none') return []
  const { statusId, rule, by } = answer
  return [{ statusId, rule, at: stance.at, by }]
}

const NEXT_RULE = 'MA7'

/** MA4, DI4: a queued choice that a choice, or the end of the sign-in, cancels. One that she took back is no loss to her presence. */
function cancelledNext({ next, representativeId, stance }: Facts, moved: Facts): readonly Overridden[] {
  if (next === null || moved.next !== null) return []
  const cancelled = moved.stance !== stance || moved.link.kind === 'signed-out'
  return cancelled ? [ofNext(next, representativeId)] : []
}

function ofNext({ statusId, at, by }: NextChoice, representativeId: string): Overridden {
  return { statusId, rule: NEXT_RULE, at, by: somebodyElse(by, representativeId) }
}
