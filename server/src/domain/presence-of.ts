// What is shown: a pure function of facts, configuration and time. Four precedence rules, first that applies.

import type { Origin } from '@rollcall/shared/vocabulary'
import { capacityResult } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Actor, Brief, Facts, HoldReason, Shown } from './facts.ts'
import { somebodyElse } from './stance.ts'
import { holdStatusId, statusOf } from './statuses.ts'

/** The presence and the rule that gave it (EX1). */
export type Answer = Omit<Shown, 'since'> & {
  readonly rule: string
  readonly inputs: Readonly<Record<string, unknown>>
}

/** NO2, NO3, SE2: the rule that a hold comes from. */
export const HOLD_RULES: Readonly<Record<HoldReason, string>> = {
  missed: 'NO2',
  rejected: 'NO3',
  'session-limit': 'SE2',
}

const ABSENCE_RULES = { disconnected: 'DI1', 'signed-out': 'DI8', 'node-lost': 'DI6', 'server-down': 'DI6' }

/** Total. Deadlines that have passed by `at` count, even if nobody has swept them yet (SI5, DI2). */
export function presenceOf(facts: Facts, config: Configuration, at: number): Answer {
  return (
    signedOut(facts, config, at) ??
    absent(facts, config, at) ??
    standing(facts, config, at) ??
    byCapacity(facts, config, at)
  )
}

/** Rules 3 and 4 alone: the presence as if she were connected. */
export function presenceIfConnected(facts: Facts, config: Configuration, at: number): Answer {
  return standing(facts, config, at) ?? byCapacity(facts, config, at)
}

/** What is covered: while absent, what shows on return; under a stance, the capacity result; else null. */
export function behindOf(facts: Facts, config: Configuration, at: number): Brief | null {
  if (signedOut(facts, config, at)) return null
  if (absent(facts, config, at)) return brief(presenceIfConnected(facts, config, at))
  return standing(facts, config, at) ? brief(byCapacity(facts, config, at)) : null
}

export function brief({ statusId, text, base }: Brief): Brief {
  return { statusId, text, base }
}

/** Rule 1. */
export function signedOut({ link }: Facts, config: Configuration, at: number): Answer | null {
  if (link.kind === 'signed-out') return answer(config, 'offline', 'signed-out', 'DI4', {})
  const restoreUntil =
    link.kind === 'absent'
      ? link.until
      : link.kind === 'handover'
        ? Math.max(link.until, link.restoreUntil)
        : Infinity
  return at > restoreUntil ? answer(config, 'offline', 'signed-out', 'DI4', { restoreUntil }) : null
}

/** Rule 2: within the restore window, or with a handover that nobody came back from (DI7). */
export function absent({ link }: Facts, config: Configuration, at: number): Answer | null {
  if (link.kind === 'absent') {
    const { since, until, reason } = link
    return answer(config, 'offline', 'disconnected', ABSENCE_RULES[reason], { since, until, reason })
  }
  if (link.kind !== 'handover' || at <= link.until) return null
  const { since, until, restoreUntil } = link
  return answer(config, 'offline', 'disconnected', 'DI7', { since, until, restoreUntil })
}

/** Rule 3. */
export function standing(facts: Facts, config: Configuration, at: number): Answer | null {
  const { stance } = facts
  return stance.kind === 'choice' && stance.until !== null && at >= stance.until
    ? null
    : ofStance(facts, config)
}

/** What the stance shows, over or not; null: none. */
export function ofStance(facts: Facts, config: Configuration): Answer | null {
  const { stance } = facts
  switch (stance.kind) {
    case 'none':
      return null
    case 'default':
      return answer(config, stance.statusId, 'default', 'SI2', { statusId: stance.statusId, at: stance.at })
    case 'hold': {
      const { why, workItemId } = stance
      const inputs = { at: stance.at, workItemId }
      return answer(config, holdStatusId(why), why, HOLD_RULES[why], inputs)
    }
    case 'choice': {
      const by = somebodyElse(stance.by, facts.representativeId)
      const { kind, id } = stance.by
      const inputs = { statusId: stance.statusId, at: stance.at, by: { kind, id }, until: stance.until }
      return {
        ...answer(config, stance.statusId, originOf(by), by ? 'MA5' : 'MA1', inputs),
        by,
        note: stance.note,
        expiresAt: stance.until,
      }
    }
  }
}

/** Rule 4. */
export function byCapacity(facts: Facts, config: Configuration, at: number): Answer {
  const { statusId, rule, inputs } = capacityResult(facts, config, at)
  return answer(config, statusId, 'capacity', rule, inputs)
}

function originOf(by: Actor | null): Origin {
  if (by === null) return 'representative'
  return by.kind === 'service' ? 'service' : 'supervisor'
}

function answer(
  config: Configuration,
  statusId: string,
  origin: Origin,
  rule: string,
  inputs: Readonly<Record<string, unknown>>,
): Answer {
  const { id, text, base } = statusOf(config, statusId)
  return { statusId: id, text, base, origin, by: null, note: null, expiresAt: null, rule, inputs }
}
