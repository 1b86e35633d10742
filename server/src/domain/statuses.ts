// The status catalogue: the six that always exist (ST1), who may choose which (ST2, MA1), and what a default
// falls back to (SI2, ST6).

import { type ActorKind, BASES, type Base, STANDARD_STATUSES } from '@rollcall/shared/vocabulary'
import type { Configuration, Status } from './configuration.ts'
import type { HoldReason, Profile } from './facts.ts'
import { own } from './own.ts'

/** ST1, as configuration resources. `inactive` is selectable by nobody (ST2). */
export const STANDARD: Readonly<Record<string, Status>> = Object.fromEntries(
  STANDARD_STATUSES.map(({ id, text, base }) => [id, standard(id, text, base)]),
)

const AVAILABLE = standard('available', 'Available', 'available')

/** Any status that was ever configured, archived ones too. An id that never was one reads as Available. */
export function statusOf(config: Configuration, statusId: string): Status {
  return own(config.statuses, statusId) ?? own(STANDARD, statusId) ?? AVAILABLE
}

/** MA1, MA5: what a representative may choose for herself; for everybody else, what supervisors may. */
export function selectable(config: Configuration, byKind: ActorKind): readonly Status[] {
  return Object.values(config.statuses).filter(status => isSelectable(status, byKind))
}

export function isSelectable({ archived, selectableBy }: Status, byKind: ActorKind): boolean {
  return !archived && (byKind === 'representative' ? selectableBy.representatives : selectableBy.supervisors)
}

/** SI2, ST6: her own default, else the tenant's, else Available; an archived or unknown one counts as none. */
export function defaultStatusOf(profile: Profile, config: Configuration): Status {
  const candidates = [profile.defaultStatusId, config.policy.defaultStatusId]
    .map(id => (id === null ? null : own(config.statuses, id)))
    .filter(status => status !== null && !status.archived)
  return candidates[0] ?? AVAILABLE
}

/** What a hold is shown as (precedence rule 3). */
export function holdStatusId(why: HoldReason): string {
  return why === 'missed' ? 'inactive' : 'do-not-disturb'
}

/** MA3: chosen, these stay whatever work does. */
export function isStickyBase(base: Base): boolean {
  return base === 'do-not-disturb' || base === 'away' || base === 'offline'
}

const WORDS: Readonly<Record<Base, RegExp>> = {
  available: /\bavailable\b/i,
  busy: /\bbusy\b/i,
  'do-not-disturb': /\b(do not|don'?t|don’t) disturb\b|\bdnd\b/i,
  away: /\baway\b/i,
  offline: /\boffline\b/i,
}

/** ST5: a warning when the text speaks of another base than the one the status behaves as; null: none. */
export function statusTextWarning(text: string, base: Base): string | null {
  if (WORDS[base].test(text)) return null
  const named = BASES.find(other => WORDS[other].test(text))
  if (named === undefined) return null
  return `The text names "${named}", but the status will behave as "${base}" in every rule and in routing.`
}

function standard(id: string, text: string, base: Base): Status {
  const forPeople = id !== 'inactive'
  return {
    id,
    text,
    base,
    description: null,
    selectableBy: { representatives: forPeople, supervisors: forPeople },
    workstreams: null,
    expectedMs: null,
    standard: true,
    archived: false,
  }
}
