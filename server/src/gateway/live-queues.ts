// `queue:live`: each second, the counts of watched queues that changed (SU6), one message a queue, whoever watches it.

import type { App } from '../app/app.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Broadcaster, Target } from './broadcaster.ts'

export interface LiveQueues {
  /** Tells everybody what changed since the last time. Never two at once. */
  tell(): void
}

export interface LiveQueuesContext {
  readonly app: App
  readonly broadcaster: Broadcaster
  readonly log: Logger
  readonly tenants: () => Iterable<string>
  /** Those who have their state and watch this queue, alone or among others. */
  readonly watchersOf: (tenant: string, queueId: string) => readonly Target[]
}

/**
 * Messages of one turn of the event loop. A watcher of everybody gets all of them, and with more than 64 that wait it
 * would pass for one who does not read (SU5).
 */
const MOST_AT_ONCE = 32

export function createLiveQueues(context: LiveQueuesContext): LiveQueues {
  const { app, broadcaster, log, tenants, watchersOf } = context
  let running = false

  async function tellAll(): Promise<void> {
    for (const tenant of new Set(tenants())) {
      const changed = await app.liveCounts.changed(tenant)
      // Whoever begins from here on has these counts, or newer ones, with the state.
      const told = changed.map(counts => ({ counts, targets: watchersOf(tenant, counts.queueId) }))
      for (const [place, { counts, targets }] of told.entries()) {
        if (place > 0 && place % MOST_AT_ONCE === 0) await new Promise(setImmediate)
        if (targets.length > 0) broadcaster.send(targets, 'queue:live', counts)
      }
    }
  }

  return {
    tell() {
      if (running) return
      running = true
      tellAll()
        .catch((error: unknown) => log.error({ err: error }, 'the live counts of queues could not be told'))
        .finally(() => {
          running = false
        })
    },
  }
}
