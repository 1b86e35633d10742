// Everything that administrators configure.

import type { ConfigurationService } from '../app.ts'
import type { CollectionOptions } from './collection.ts'
import { createCollections } from './collections.ts'
import { createPolicy } from './policy.ts'
import { createRepresentatives } from './representatives.ts'
import { createStatuses } from './statuses.ts'

export function createConfigurationService(options: CollectionOptions): ConfigurationService {
  return {
    ...createCollections(options),
    statuses: createStatuses(options),
    representatives: createRepresentatives(options),
    policy: createPolicy(options),
  }
}
