// The words of the field, as values: what everybody else imports. No library, no behaviour beyond lookup.

/** What rules and routing understand of a status (glossary: base presence). */
export const BASES = ['available', 'busy', 'do-not-disturb', 'away', 'offline'] as const
export type Base = (typeof BASES)[number]

/** Why a presence is shown. */
export const ORIGINS = [
  'default',
  'representative',
  'supervisor',
  'service',
  'capacity',
  'missed',
  'rejected',
  'session-limit',
  'disconnected',
  'signed-out',
] as const
export type Origin = (typeof ORIGINS)[number]

/** How a representative is linked to the server right now. */
export const LINKS = ['present', 'handover', 'absent', 'signed-out'] as const
export type LinkKind = (typeof LINKS)[number]

/** What a token may say its bearer is. */
export const ROLES = ['representative', 'supervisor', 'administrator', 'service'] as const
export type Role = (typeof ROLES)[number]

/** Who caused a change; `system` always has the id `rollcall`. */
export const ACTOR_KINDS = [...ROLES, 'system'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** States of a work item's record (WK3). */
export const WORK_STATES = ['queued', 'offered', 'active', 'waiting', 'wrap-up', 'closed'] as const
export type WorkState = (typeof WORK_STATES)[number]

/** Id of the tenant of a token that names none, of the built-in queue and of the built-in workstream (PO5). */
export const DEFAULT_ID = 'default'

/** ST1: the six statuses that exist in every tenant. Nobody can choose `inactive` (ST2). */
export const STANDARD_STATUSES = [
  { id: 'available', text: 'Available', base: 'available' },
  { id: 'busy', text: 'Busy', base: 'busy' },
  { id: 'do-not-disturb', text: 'Do not disturb', base: 'do-not-disturb' },
  { id: 'away', text: 'Appear away', base: 'away' },
  { id: 'offline', text: 'Offline', base: 'offline' },
  { id: 'inactive', text: 'Inactive', base: 'away' },
] as const satisfies readonly { id: string; text: string; base: Base }[]

/** An id: 1-128 characters of `A-Z a-z 0-9 . _ ~ : @ -`, beginning with a letter or a digit (protocol.md, Common). */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._~:@-]{0,127}$/

/** True for a string that may name something; `__proto__`, `.` and `..` never match the pattern. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value)
}

export type { ErrorCode } from './protocol/errors.ts'
