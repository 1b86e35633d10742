// Whatever time and configuration have brought since the facts were last looked at. So no result depends on when
// a sweep ran (SI5, DI2, DI10): each deadline takes effect at its own instant.

import { capacityResult, limitsOf } from './capacity.ts'
import { conclude } from './conclude.ts'
import type { Configuration } from './configuration.ts'
import { type Deadline, deadlinesOf } from './deadlines-of.ts'
import { type Actor, type Facts, type HeldItem, SYSTEM } from './facts.ts'
import { departed, handoverEnded } from './link.ts'
import { type Move, move } from './move.ts'
import { tellChangedBy } from './notices.ts'
import { sameJson } from './own.ts'
import { isPassing, NO_STANCE } from './stance.ts'
import { statusOf } from './statuses.ts'
import { beginHold, holdOfMiss } from './take-stance.ts'
import { dayEnded } from './tallies.ts'
import { abandoned, becameStale, wrapUpEnded } from './work-change.ts'

/** The same object if nothing was due and nothing differs by the configuration. `by`: who changed that. */
export function settle(facts: Facts, config: Configuration, at: number, by: Actor): Facts {
  return reevaluate(settleDeadlines(facts, config, at), config, at, by)
}

/** CA5: new limits end what is passing only if they leave no capacity; the rest is only shown anew. */
export function withLimits(facts: Facts, config: Configuration, at: number): Facts {
  const limits = limitsOf(facts.profile, config)
  if (sameJson(limits, facts.limits)) return facts
  const full = capacityResult(facts, config, at).statusId === 'do-not-disturb'
  const ends = full && isPassing(facts.stance, config)
  return { ...facts, limits, stance: ends ? NO_STANCE : facts.stance }
}

/** CA5: what a change of limits is decided by. */
export function limitsChanged(before: Facts, after: Facts): Readonly<Record<string, unknown>> {
  return { before: before.limits, after: after.limits, ended: before.stance !== after.stance }
}

/** Ends, because each deadline that takes effect removes itself and none adds an earlier one. */
function settleDeadlines(facts: Facts, config: Configuration, at: number): Facts {
  const [due] = deadlinesOf(facts, config)
  if (due === undefined || due.at > at) return facts
  return settleDeadlines(conclude(facts, expired(facts, due, config), config, due.at), config, at)
}

function expired(facts: Facts, due: Deadline, config: Configuration): Move {
  switch (due.why) {
    case 'choice-expired':
      return move({ ...facts, stance: NO_STANCE }, due.why, SYSTEM, 'MA6', { until: due.at })
    case 'wrap-up-ended':
      return wrapUpEnded(facts, due.item.workItemId, config)
    case 'day-ended':
      return dayEnded(facts, due.profileId, due.tally)
    case 'work-stale':
      return becameStale(facts, due.item)
    case 'work-abandoned':
      return abandoned(facts, config, due.at)
    case 'offer-expired':
      return offerEnded(facts, due.item, config, due.at)
    case 'handover-ended':
      return handoverEnded(facts, due.link, config, due.at)
    case 'restore-window-ended':
      return move(departed(facts, config), due.why, SYSTEM, 'DI4', windowOf(facts))
  }
}

function windowOf({ link, stance }: Facts): Readonly<Record<string, unknown>> {
  const window = link.kind === 'absent' ? { absentSince: link.since, restoreUntil: link.until } : {}
  return { ...window, ended: stance.kind }
}

/** NO2: missed. NO8: of somebody absent it is withdrawn instead, and no hold begins. */
function offerEnded(facts: Facts, item: HeldItem, config: Configuration, at: number): Move {
  const { workItemId } = item
  const freed = { ...facts, work: facts.work.filter(held => held !== item) }
  if (facts.link.kind === 'absent') return move(freed, 'work-withdrawn', SYSTEM, 'NO8', { workItemId })
  const why = holdOfMiss(item.workstreamId, config)
  const held = why ? beginHold(freed, why, item, config, at) : freed
  return move(held, 'work-missed', SYSTEM, held === freed ? null : 'NO2', { workItemId })
}

/** PO1. What the configuration leaves as it is, is no change; what this very one gave can't differ by it. */
function reevaluate(facts: Facts, config: Configuration, at: number, by: Actor): Facts {
  if (facts.configurationVersion === config.version) return facts
  const waiting = withoutArchivedNext(facts, config, at, by)
  const limited = withLimits(waiting, config, at)
  const rule = limited !== waiting ? 'CA5' : waiting !== facts ? 'ST6' : 'PO1'
  const changed = limited === waiting ? {} : limitsChanged(waiting, limited)
  const dropped = waiting === facts ? {} : { next: facts.next?.statusId ?? null }
  const inputs = { configurationVersion: config.version, ...changed, ...dropped }
  const after = conclude(facts, move(limited, 'configuration-changed', by, rule, inputs), config, at)
  const untouched =
    after.limits === facts.limits &&
    after.stance === facts.stance &&
    after.next === facts.next &&
    after.tallies === facts.tallies &&
    sameJson(after.shown, facts.shown) &&
    sameJson(after.told, facts.told)
  return untouched ? facts : after
}

/** ST6: a choice that waits is none yet (MA4), and nobody can choose an archived status any more. She is told. */
function withoutArchivedNext(facts: Facts, config: Configuration, at: number, by: Actor): Facts {
  if (facts.next === null || !statusOf(config, facts.next.statusId).archived) return facts
  return tellChangedBy({ ...facts, next: null }, by, config, at)
}
