// What JSON forgets: the objects that are dictionaries by id have no prototype, so that an id like `constructor` finds
// nothing. Objects of fixed shape stay as they were parsed; V8 keeps those small.

import type { Configuration } from '../../domain/configuration.ts'
import type { HeldItem } from '../../domain/facts.ts'
import { dictionary } from '../../domain/own.ts'
import type { RecordWrite } from '../storage.ts'

export function reviveConfiguration(configuration: Configuration): Configuration {
  const { policy, statuses, queues, workstreams, profiles, versions } = configuration
  const { newRepresentativeCapacity } = policy
  return {
    ...configuration,
    policy: {
      ...policy,
      newRepresentativeCapacity: {
        ...newRepresentativeCapacity,
        profiles: dictionary(newRepresentativeCapacity.profiles),
      },
    },
    statuses: dictionary(statuses),
    queues: dictionary(queues),
    workstreams: dictionary(workstreams),
    profiles: dictionary(profiles),
    versions: dictionary(versions),
  }
}

const LATER_OF_ITEMS = { overReset: false, stale: false, staleAt: null }

export function reviveWrite(write: RecordWrite): RecordWrite {
  if (write.record === null) return write
  if (write.kind === 'work-item') {
    return { ...write, record: { ...write.record, declines: dictionary(write.record.declines) } }
  }
  const { profile, tallies, limits, work } = write.record
  const capacity = { ...profile.capacity, profiles: dictionary(profile.capacity.profiles) }
  const record = {
    ...write.record,
    profile: { ...profile, capacity },
    tallies: dictionary(tallies),
    // Records of older versions lack these.
    releaseAt: write.record.releaseAt ?? null,
    replaced: write.record.replaced ?? null,
    told: write.record.told ?? null,
    work: work.map(item => ('staleAt' in item ? item : { ...LATER_OF_ITEMS, ...(item as HeldItem) })),
    limits: { ...limits, profiles: dictionary(limits.profiles) },
  }
  return { ...write, record }
}
