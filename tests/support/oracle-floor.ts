// The small contact centre that oracle and core are both asked about: three representatives, four profiles, custom
// statuses with every base, six workstreams of all kinds.

import { STANDARD_STATUSES } from '@rollcall/shared/vocabulary'
import type { Configuration, Policy, Status, Workstream } from '../../server/src/domain/configuration.ts'
import type { Limits } from './oracle-world.ts'

export const PEOPLE = ['ada', 'bob', 'cyd'] as const
export const QUEUES_OF = { ada: ['sales', 'support'], bob: ['support'], cyd: ['billing'] } as const
export const WORKSTREAMS = ['default', 'chat', 'voice', 'mail', 'quiet', 'day'] as const

/** Statuses that somebody may try to choose; the last five are refused to some or to all. */
export const CHOICES = [
  'available',
  'busy',
  'do-not-disturb',
  'away',
  'offline',
  'lunch',
  'huddle',
  'paperwork',
  'mail-only',
  'odd',
  'coaching',
  'own-only',
  'inactive',
  'retired',
  'never-heard-of',
] as const

export const ROOMY: readonly Limits[] = [
  { units: null, profiles: { chat: null, voice: 2, mail: null, day: null } },
  { units: 200, profiles: { voice: null, chat: 4, mail: 4, day: 4 } },
]

/** What she holds: nothing configured, units alone, profiles alone, both; with room, none, and own limits. */
export const LIMITS: readonly Limits[] = [
  { units: null, profiles: {} },
  { units: 100, profiles: {} },
  { units: 0, profiles: {} },
  { units: 60, profiles: { chat: null } },
  { units: null, profiles: { chat: null, day: null } },
  { units: null, profiles: { chat: 1, mail: null } },
  { units: null, profiles: { voice: null, day: 3 } },
  { units: null, profiles: { chat: null, voice: null, mail: null, day: null } },
  { units: 200, profiles: { voice: null, chat: 4, mail: 4, day: 4 } },
  { units: null, profiles: { day: null } },
  { units: 0, profiles: { chat: 3 } },
  { units: 50, profiles: { voice: null, mail: 0 } },
  { units: 30, profiles: { chat: 1, voice: null, never: 1 } },
]

export const DEFAULTS = [null, 'available', 'away', 'huddle', 'lunch', 'retired', 'offline', 'busy'] as const

const EVERYBODY = { representatives: true, supervisors: true }

const POLICY: Policy = {
  restoreWindowMs: 150_000,
  signOutRestores: true,
  defaultStatusId: 'available',
  missedSetsInactive: true,
  rejectedSetsDoNotDisturb: true,
  sessionLimit: 10,
  maxDeclines: 3,
  autoProvision: true,
  newRepresentativeCapacity: { units: null, profiles: {} },
  timeZone: 'UTC',
  endOfDay: '00:00',
  releaseRoutedWork: true,
  releaseWorkAfterMs: null,
  staleWorkAfterMs: null,
  attentionAfterMs: { missed: 300_000, rejected: 300_000, queued: 60_000 },
  historyRetentionDays: null,
}

export const FLOOR: Configuration = {
  version: 1,
  policy: POLICY,
  statuses: byId([
    ...STANDARD_STATUSES.map(one => ({
      ...status(one.id, one.base),
      text: one.text,
      standard: true,
      selectableBy: one.id === 'inactive' ? { representatives: false, supervisors: false } : EVERYBODY,
    })),
    status('lunch', 'away'),
    status('huddle', 'available'),
    status('paperwork', 'busy'),
    { ...status('mail-only', 'available'), workstreams: ['mail', 'day'] },
    { ...status('odd', 'offline'), text: 'Available - training' },
    { ...status('coaching', 'do-not-disturb'), selectableBy: { ...EVERYBODY, representatives: false } },
    { ...status('own-only', 'away'), selectableBy: { ...EVERYBODY, supervisors: false } },
    { ...status('retired', 'away'), archived: true },
  ]),
  queues: byId(['default', 'sales', 'support', 'billing'].map(id => ({ id, name: id }))),
  workstreams: byId([
    workstream({ id: 'default', queueId: 'default', selfAssign: true, allowedPresences: ['available'] }),
    workstream({
      id: 'chat',
      cost: { units: 30, profiles: ['chat'] },
      selfAssign: true,
      allowedPresences: ['available', 'busy', 'lunch'],
    }),
    workstream({
      id: 'voice',
      cost: { units: 60, profiles: ['voice'] },
      rejectable: false,
      offerTimeoutMs: 30_000,
      wrapUp: { seconds: 30 },
    }),
    workstream({
      id: 'mail',
      cost: { units: 10, profiles: ['mail', 'chat'] },
      selfAssign: true,
      opensSession: false,
      missedCounts: false,
      wrapUp: 'none',
    }),
    workstream({
      id: 'quiet',
      cost: { units: 50 },
      queueId: 'billing',
      affectsPresence: false,
      selfAssign: true,
      offerTimeoutMs: 5_000,
    }),
    workstream({
      id: 'day',
      cost: { units: 0, profiles: ['day'] },
      queueId: 'sales',
      selfAssign: true,
      wrapUp: { seconds: 60 },
    }),
  ]),
  profiles: byId([
    profile({ id: 'chat', limit: 2, blocking: false }),
    profile({ id: 'voice', limit: 1, blocking: true }),
    profile({ id: 'mail', limit: 3, blocking: false }),
    {
      ...profile({ id: 'day', limit: 2, blocking: true }),
      reset: 'end-of-day',
      timeZone: 'Europe/Berlin',
      endOfDay: '02:30',
    },
  ]),
  versions: {},
}

function profile(own: { id: string; limit: number; blocking: boolean }): Configuration['profiles'][string] {
  return { ...own, name: own.id, reset: 'immediate', timeZone: null, endOfDay: null }
}

function status(id: string, base: Status['base']): Status {
  return {
    id,
    text: id,
    base,
    description: null,
    selectableBy: { representatives: true, supervisors: true },
    workstreams: null,
    expectedMs: null,
    standard: false,
    archived: false,
  }
}

function workstream(own: Partial<Workstream> & { id: string }): Workstream {
  return {
    name: own.id,
    channel: 'other',
    queueId: 'support',
    allowedPresences: ['available', 'busy'],
    cost: {},
    assignmentMethod: 'highest-capacity',
    assignmentRules: [],
    offerTimeoutMs: 120_000,
    rejectable: true,
    missedCounts: true,
    opensSession: true,
    affectsPresence: true,
    selfAssign: false,
    wrapUp: 'always',
    ...own,
  }
}

function byId<Resource extends { readonly id: string }>(all: readonly Resource[]): Record<string, Resource> {
  return Object.fromEntries(all.map(one => [one.id, one]))
}
