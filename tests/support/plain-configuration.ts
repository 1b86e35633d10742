// The least configuration a store can hold: for tests of stores, which know no rule.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import { defaultPolicy } from '../../server/src/domain/policy.ts'

export function plainConfiguration(): Configuration {
  return {
    version: 0,
    policy: defaultPolicy(),
    statuses: {},
    queues: {},
    workstreams: {},
    profiles: {},
    versions: {},
  }
}
