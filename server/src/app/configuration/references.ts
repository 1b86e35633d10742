// What a resource names must exist: refused with `not-found` otherwise, and the name in the details.

import { BASES } from '@rollcall/shared/vocabulary'
import type { Configuration } from '../../domain/configuration.ts'
import { found } from '../access.ts'
import { Refused } from '../refused.ts'
import { resourceOf } from './versions.ts'

export function checkQueues(ids: readonly string[], configuration: Configuration): void {
  for (const id of ids) found(resourceOf(configuration, 'queues', id), 'queue', id)
}

export function checkWorkstreams(ids: readonly string[], configuration: Configuration): void {
  for (const id of ids) found(resourceOf(configuration, 'workstreams', id), 'workstream', id)
}

export function checkProfiles(ids: readonly string[], configuration: Configuration): void {
  for (const id of ids) found(resourceOf(configuration, 'capacity-profiles', id), 'capacity profile', id)
}

/** RO2: bases and ids of statuses. */
export function checkPresences(ids: readonly string[], configuration: Configuration): void {
  const bases: readonly string[] = BASES
  for (const id of ids) {
    if (!bases.includes(id)) found(resourceOf(configuration, 'statuses', id), 'status', id)
  }
}

/** SI2: a default must be a status that can be shown by choice. Refused: `not-found`, `status-not-selectable`. */
export function checkDefaultStatus(id: string, configuration: Configuration): void {
  const status = found(resourceOf(configuration, 'statuses', id), 'status', id)
  if (!status.archived && status.id !== 'inactive') return
  throw new Refused(
    'status-not-selectable',
    `The status ${id} can't be a default: ${status.archived ? 'it is archived' : 'nobody can choose it'}. Take another one.`,
    { statusId: id },
  )
}
