// The least configuration a store can hold: for tests of stores, which know no rule.

import type { Configuration } from '../../server/src/domain/configuration.ts'

export function plainConfiguration(): Configuration {
  return {
    version: 0,
    policy: {
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
      attentionAfterMs: { missed: 60_000, rejected: 60_000, queued: 60_000 },
      historyRetentionDays: null,
    },
    statuses: {},
    queues: {},
    workstreams: {},
    profiles: {},
    versions: {},
  }
}
