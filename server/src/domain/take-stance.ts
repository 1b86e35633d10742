// A choice or a hold begins: what it replaces, and the offers that end with it (NO4, NO7, NO10, NO11).

import { allowsPresence } from './allowed-presence.ts'
import type { Configuration } from './configuration.ts'
import type { Facts, HeldItem, HoldReason, NextChoice, Stance } from './facts.ts'
import { addNotice } from './notices.ts'
import { own } from './own.ts'
import { isSticky } from './stance.ts'
import { holdStatusId, statusOf } from './statuses.ts'

/** MA4: a choice replaces whatever stood and cancels the next one. `at`: when it starts to apply (MA6). */
export function takeChoice(facts: Facts, choice: NextChoice, config: Configuration, at: number): Facts {
  const { statusId, by, forMs, note } = choice
  const until = forMs === null ? null : at + forMs
  const stance: Stance = { kind: 'choice', statusId, by, at: choice.at, until, note }
  return withdrawDisallowed({ ...facts, stance, next: null }, statusId, config)
}

/** The same facts if no hold may begin: under a sticky choice or another hold, or signed out (NO4, NO11). */
export function beginHold(
  facts: Facts,
  why: HoldReason,
  item: HeldItem | null,
  config: Configuration,
  at: number,
): Facts {
  const { link, stance } = facts
  if (link.kind === 'signed-out' || stance.kind === 'hold' || isSticky(stance, config)) return facts
  const hold: Stance = { kind: 'hold', why, at, workItemId: item?.workItemId ?? null }
  const held = addNotice({ ...facts, stance: hold }, why, { by: null, item }, config, at)
  // NO10: her offers are among what fills the limit; without them the hold would end as it begins (SE3).
  if (why === 'session-limit') return held
  return withdrawDisallowed(held, holdStatusId(why), config)
}

/** NO2 with NO5: a miss begins a hold where policy and workstream say so. */
export function holdOfMiss(workstreamId: string, config: Configuration): HoldReason | null {
  const counts = own(config.workstreams, workstreamId)?.missedCounts !== false
  return counts && config.policy.missedSetsInactive ? 'missed' : null
}

/** NO10: pending offers of workstreams that don't allow this status end at once. */
function withdrawDisallowed(facts: Facts, statusId: string, config: Configuration): Facts {
  const status = statusOf(config, statusId)
  const stays = (item: HeldItem): boolean => {
    const workstream = own(config.workstreams, item.workstreamId)
    return item.state !== 'offered' || workstream === null || allowsPresence(workstream, status)
  }
  return facts.work.every(stays) ? facts : { ...facts, work: facts.work.filter(stays) }
}
