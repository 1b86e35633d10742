// The small contact centre that oracle and core are both asked about: three representatives, three profiles, custom
// statuses with every base, five workstreams.

import { STANDARD_STATUSES } from '@rollcall/shared/vocabulary'
import type { Configuration, Policy, Status, Workstream } from '../../server/src/domain/configuration.ts'
import type { Limits } from './oracle-world.ts'

export const PEOPLE = ['ada', 'bob', 'cyd'] as const
export const QUEUES_OF = { ada: ['sales', 'support'], bob: ['support'], cyd: ['billing'] } as const
export const WORKSTREAMS = ['default', 'chat', 'voice', 'mail', 'quiet'] as const

/** Statuses that somebody may try to choose; the last three are refused to some or to all. */
export const CHOICES = [
  'available',
  'busy',
  'do-not-disturb',
  'away',
  'offline',
  'lunch',
  'huddle',
  'paperwork',
  'odd',
  'coaching',
  'own-only',
  'inactive',
  'retired',
  'never-heard-of',
] as const

/** What she holds: nothing configured, units alone, profiles alone, both; with room, none, and own limits. */
export const LIMITS: readonly Limits[] = [
  { units: null, profiles: {} },
  { units: 100, profiles: {} },
  { units: 0, profiles: {} },
  { units: 60, profiles: { chat: null } },
  { units: null, profiles: { chat: null } },
  { units: null, profiles: { chat: 1, mail: null } },
  { units: null, profiles: { voice: null } },
  { units: null, profiles: { chat: null, voice: null, mail: null } },
  { units: 100, profiles: { voice: null } },
  { units: null, profiles: { chat: null, voice: 2 } },
  { units: 0, profiles: { chat: 3 } },
  { units: 50, profiles: { voice: null, mail: 0 } },
  { units: 30, profiles: { chat: 1, voice: null } },
]

export const DEFAULTS = [null, 'available', 'away', 'huddle', 'lunch', 'retired', 'offline', 'busy'] as const

export function floor(tenantDefault: string, signOutRestores: boolean): Configuration {
  const policy: Policy = {
    restoreWindowMs: 150_000,
    signOutRestores,
    defaultStatusId: tenantDefault,
    missedSetsInactive: true,
    rejectedSetsDoNotDisturb: true,
    sessionLimit: 100, // out of the oracle's reach
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
  const profile = { reset: 'immediate', timeZone: null, endOfDay: null } as const
  const everybody = { representatives: true, supervisors: true }
  const statuses: Status[] = [
    ...STANDARD_STATUSES.map(one => ({
      ...status(one.id, one.base),
      text: one.text,
      standard: true,
      selectableBy: one.id === 'inactive' ? { representatives: false, supervisors: false } : everybody,
    })),
    status('lunch', 'away'),
    status('huddle', 'available'),
    status('paperwork', 'busy'),
    { ...status('odd', 'offline'), text: 'Available - training' },
    { ...status('coaching', 'do-not-disturb'), selectableBy: { ...everybody, representatives: false } },
    { ...status('own-only', 'away'), selectableBy: { ...everybody, supervisors: false } },
    { ...status('retired', 'away'), archived: true },
  ]
  return {
    version: 1,
    policy,
    statuses: byId(statuses),
    queues: byId(['default', 'sales', 'support', 'billing'].map(id => ({ id, name: id }))),
    workstreams: byId([
      workstream({ id: 'default', queueId: 'default', selfAssign: true, allowedPresences: ['available'] }),
      workstream({ id: 'chat', cost: { units: 30, profiles: ['chat'] }, selfAssign: true }),
      workstream({ id: 'voice', cost: { units: 60, profiles: ['voice'] } }),
      workstream({ id: 'mail', cost: { units: 10, profiles: ['mail', 'chat'] }, selfAssign: true }),
      workstream({ id: 'quiet', cost: { units: 50 }, affectsPresence: false, selfAssign: true }),
    ]),
    profiles: byId([
      { ...profile, id: 'chat', name: 'chat', limit: 2, blocking: false },
      { ...profile, id: 'voice', name: 'voice', limit: 1, blocking: true },
      { ...profile, id: 'mail', name: 'mail', limit: 3, blocking: false },
    ]),
    versions: {},
  }
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
