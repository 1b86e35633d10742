// The end of every move: what follows from it by itself (CA6, SE3, MA7), what is shown then, why (EX1, SI4), and what
// was put an end to (EX2).

import { activeWork, capacityOf } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Cause, Facts, Shown } from './facts.ts'
import type { Move } from './move.ts'
import { tellChangedBy } from './notices.ts'
import { type Answer, presenceOf } from './presence-of.ts'
import { replacedBy } from './replaced.ts'
import { isSticky, NO_STANCE, sameActor } from './stance.ts'
import { takeChoice } from './take-stance.ts'
import { withDays } from './tallies.ts'
import { toldOf } from './told.ts'

/** The facts after the move that began at `before`, but for the revision, which rises once per decision. */
export function conclude(before: Facts, made: Move, config: Configuration, at: number): Facts {
  const counted = { ...made, facts: withDays(made.facts, config, at) }
  const ended = endSessionHold(counted, config, at)
  const { facts, ...concluded } = applyNext(ended, config, at)
  const presence = presenceOf(facts, config, at)
  const shown = shownAs(presence, concluded.continues ?? facts.shown, at)
  return {
    ...facts,
    replaced: replacedBy({ before, moved: made.facts, after: facts }, presence, config, at),
    shown,
    told: toldOf(facts, shown, config, at),
    cause: causeOf({ facts, ...concluded }, presence, config),
    configurationVersion: config.version,
  }
}

/** True if one presence goes on in the other: status, origin and by are the same (SI4, MA10). */
export function samePresence(one: Omit<Shown, 'since'>, other: Omit<Shown, 'since'>): boolean {
  return one.statusId === other.statusId && one.origin === other.origin && sameActor(one.by, other.by)
}

/** SE3: sessions and reservations together are below the limit again. */
function endSessionHold(made: Move, config: Configuration, at: number): Move {
  const { stance } = made.facts
  if (stance.kind !== 'hold' || stance.why !== 'session-limit') return made
  const { open, reserved, limit } = capacityOf(made.facts, config, at).sessions
  if (open + reserved >= limit) return made
  return {
    ...made,
    facts: { ...made.facts, stance: NO_STANCE },
    rule: 'SE3',
    inputs: { ...made.inputs, open, reserved, limit },
  }
}

/** MA7: no active work is left, whatever ended it. */
function applyNext(made: Move, config: Configuration, at: number): Move {
  const { next } = made.facts
  if (next === null || activeWork(made.facts, config, at).length > 0) return made
  const standing = takeChoice(made.facts, { ...next, at }, config, at)
  const facts = tellChangedBy(standing, next.by, config, at)
  const { kind, id } = next.by
  const inputs = { ...made.inputs, statusId: next.statusId, by: { kind, id }, at: next.at, activeItems: 0 }
  return { ...made, facts, rule: 'MA7', inputs }
}

function shownAs(presence: Answer, previous: Shown, at: number): Shown {
  const { rule: _rule, inputs: _inputs, ...shown } = presence
  return { ...shown, since: samePresence(previous, presence) ? previous.since : at }
}

function causeOf(made: Move, presence: Answer, config: Configuration): Cause {
  const ruling = made.rule === null ? rulingOn(made.facts, presence, config) : { rule: made.rule, inputs: {} }
  const capacity = presence.origin === 'capacity' ? { capacity: presence.rule } : {}
  return {
    event: made.event,
    actor: { kind: made.actor.kind, id: made.actor.id },
    rule: ruling.rule,
    inputs: { ...made.inputs, ...ruling.inputs, ...capacity },
  }
}

/** Of work that set and ended no stance itself: the line of CA2, or why capacity was not asked. */
function rulingOn(
  { link, stance }: Facts,
  presence: Answer,
  config: Configuration,
): Pick<Cause, 'rule' | 'inputs'> {
  if (link.kind === 'signed-out' || link.kind === 'absent')
    return { rule: 'DI3', inputs: { link: link.kind } }
  if (presence.origin === 'capacity') return { rule: presence.rule, inputs: presence.inputs }
  const inputs = { stance: stance.kind, statusId: presence.statusId }
  return { rule: isSticky(stance, config) ? 'MA3' : 'CA4', inputs }
}
