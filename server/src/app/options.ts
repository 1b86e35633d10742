// What may be chosen, and by whom (MA1, MA5).

import type { PresenceOption } from '@rollcall/shared'
import type { ActorKind } from '@rollcall/shared/vocabulary'
import type { Configuration } from '../domain/configuration.ts'
import { selectable } from '../domain/statuses.ts'

export function optionsFor(kind: ActorKind, configuration: Configuration): PresenceOption[] {
  return selectable(configuration, kind).map(status => ({
    statusId: status.id,
    text: status.text,
    base: status.base,
    description: status.description,
    expectedMs: status.expectedMs,
    workstreams: status.workstreams && [...status.workstreams],
  }))
}
