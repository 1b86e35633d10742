// What a tenant's policy is until an administrator changes it.

import { DEFAULT_ID } from '@rollcall/shared/vocabulary'
import type { CapacityProfile, Policy, Workstream } from './configuration.ts'
import { dictionary } from './own.ts'

/** Windows and limits in milliseconds; 150,000 is the 2.5 minutes in which a return restores (DI2). */
export function defaultPolicy(): Policy {
  return {
    restoreWindowMs: 150_000,
    signOutRestores: true,
    defaultStatusId: 'available',
    missedSetsInactive: true,
    rejectedSetsDoNotDisturb: true,
    sessionLimit: 10,
    maxDeclines: 3,
    autoProvision: true,
    newRepresentativeCapacity: { units: null, profiles: dictionary({}) },
    timeZone: 'UTC',
    endOfDay: '00:00',
    releaseRoutedWork: true,
    releaseWorkAfterMs: null,
    staleWorkAfterMs: null,
    attentionAfterMs: { missed: 300_000, rejected: 300_000, queued: 60_000 },
    historyRetentionDays: null,
  }
}

/** A workstream of which only the id is said. It takes nothing by pick (WK9) until an administrator allows that. */
export function defaultWorkstream(id: string): Workstream {
  return {
    id,
    name: id,
    channel: 'other',
    queueId: DEFAULT_ID,
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
  }
}

export function defaultCapacityProfile(id: string): CapacityProfile {
  return { id, name: id, limit: 1, blocking: false, reset: 'immediate', timeZone: null, endOfDay: null }
}
