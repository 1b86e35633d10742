// The application, assembled over a store. It knows ports only; the two transports call what it answers.

import type { Clock } from '../clock.ts'
import type { Storage } from '../storage/storage.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { App } from './app.ts'
import { createChangeFeed } from './change-feed.ts'
import { createCommit } from './commit.ts'
import { createConfigurationService } from './configuration/configuration-service.ts'
import { createDeadlines } from './deadlines.ts'
import { beginHandover } from './handover.ts'
import { createLiveCounts } from './live-counts/live-counts.ts'
import { createPresenceService } from './presence-service.ts'
import { createReevaluation } from './reevaluate.ts'
import { createReplica } from './replica.ts'
import { recoverFromRestart } from './restart.ts'
import { createRevocations } from './revocations.ts'
import { createSignals } from './signals.ts'
import { createWorkService } from './work-service.ts'

export interface AppOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly metrics: Metrics
  readonly log: Logger
}

/** The application while it starts: `ready` answers true once `started` has resolved. */
export interface StartedApp extends App {
  /** Loads every tenant, ends what an earlier process left behind (DI6), begins to sweep. Rejects if the store fails. */
  readonly started: Promise<void>
  /** DI7: the node stops as planned; before the transport closes its sockets. */
  beginHandover(windowMs: number): Promise<void>
}

/** A store that gave no sign of life for this long counts as one that doesn't answer. */
const LAG_LIMIT_MS = 5_000

export function createApp({ storage, clock, metrics, log }: AppOptions): StartedApp {
  const commit = createCommit(storage, metrics)
  const replica = createReplica(storage)
  const signals = createSignals(storage, replica, clock)
  const deadlines = createDeadlines({ storage, commit, clock, metrics, log })
  const reevaluation = createReevaluation(storage, replica, commit, log)
  const revocations = createRevocations(storage, commit)
  const changes = createChangeFeed({ storage, clock, replica, isRevoked: revocations.isRevoked })
  const liveCounts = createLiveCounts(storage, replica)
  let isStarted = false
  let isStopped = false

  async function start(): Promise<void> {
    await replica.load()
    await recoverFromRestart(storage, commit, log)
    if (isStopped) return
    deadlines.start()
    isStarted = true
    // Whoever a crash left with an older configuration; commands needn't wait for it.
    reevaluation.resume()
  }

  return {
    started: start(),
    presence: createPresenceService({ storage, commit, replica }),
    work: createWorkService({ storage, commit, replica }),
    configuration: createConfigurationService({ storage, commit, replica }),
    revocations,
    replica,
    changes,
    liveCounts,
    onSignal: signals.onSignal,
    beginHandover: windowMs => beginHandover(storage, commit, windowMs),
    ready: () => isStarted && !isStopped && storage.lagMs() <= LAG_LIMIT_MS,
    async stop() {
      isStopped = true
      changes.stop()
      liveCounts.stop()
      await Promise.all([deadlines.stop(), reevaluation.stop()])
      replica.stop()
      signals.stop()
    },
  }
}
