// The use cases, as the two transports (gateway, http) call them. Roles and shapes are checked before; existence,
// reach and state are checked here, in that order. Every method may reject with `Refused`.

import type { ChangeFeed } from './use-cases/changes.ts'
import type { ConfigurationService, RevocationService } from './use-cases/configuration.ts'
import type { LiveCountsService } from './use-cases/live-counts.ts'
import type { PresenceService } from './use-cases/presence.ts'
import type { Replica, Signal } from './use-cases/replica.ts'
import type { WorkService } from './use-cases/work.ts'

export type * from './use-cases/caller.ts'
export type * from './use-cases/changes.ts'
export type * from './use-cases/configuration.ts'
export type * from './use-cases/live-counts.ts'
export type * from './use-cases/presence.ts'
export type * from './use-cases/replica.ts'
export type * from './use-cases/work.ts'

export interface App {
  readonly presence: PresenceService
  readonly work: WorkService
  readonly configuration: ConfigurationService
  readonly revocations: RevocationService
  readonly replica: Replica
  readonly changes: ChangeFeed
  readonly liveCounts: LiveCountsService
  /** Returns its undo. */
  onSignal(listener: (signal: Signal) => void): () => void
  /** False while the store does not answer or the first load has not ended: /readyz, `unavailable`. */
  ready(): boolean
  /** Ends sweeps and subscriptions; the store is closed by whoever opened it. */
  stop(): Promise<void>
}
