// The three collections, with what is particular to each.

import type { ProfileResource, QueueResource, WorkstreamResource } from '@rollcall/shared'
import type { ConfigurationService } from '../app.ts'
import { type CollectionOptions, createCollection } from './collection.ts'
import { checkPresences, checkProfiles, checkQueues } from './references.ts'
import { profileUsage, queueUsage, workstreamUsage } from './usage.ts'

export type Collections = Pick<ConfigurationService, 'queues' | 'workstreams' | 'profiles'>

export function createCollections(options: CollectionOptions): Collections {
  return {
    queues: createCollection(options, {
      kind: 'queues',
      word: 'queue',
      resourceFrom: named<QueueResource>,
      toWire: queue => ({ ...queue }),
      check: () => {},
      usage: queueUsage,
    }),

    workstreams: createCollection(options, {
      kind: 'workstreams',
      word: 'workstream',
      resourceFrom: named<WorkstreamResource>,
      toWire: workstream => workstream as WorkstreamResource,
      check(workstream, configuration) {
        checkQueues([workstream.queueId], configuration)
        checkPresences(workstream.allowedPresences, configuration)
        checkProfiles(workstream.cost.profiles ?? [], configuration)
      },
      usage: workstreamUsage,
    }),

    profiles: createCollection(options, {
      kind: 'capacity-profiles',
      word: 'capacity profile',
      resourceFrom: named<ProfileResource>,
      toWire: profile => ({ ...profile }),
      check: () => {},
      usage: profileUsage,
    }),
  }
}

/** A name left out is the id. */
function named<Resource extends { readonly id: string; readonly name: string }>(
  id: string,
  body: Omit<Resource, 'id' | 'name'> & { readonly name?: string | undefined },
): Omit<Resource, 'id' | 'name'> & { readonly id: string; readonly name: string } {
  return { ...body, id, name: body.name ?? id }
}
