// The application over a store in memory, with a clock that the test moves.

import type { Caller, Choice, Signal, ViewChange } from '../../server/src/app/app.ts'
import { createApp, type StartedApp } from '../../server/src/app/create-app.ts'
import type { Principal } from '../../server/src/app/principal.ts'
import { Refused } from '../../server/src/app/refused.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import type { Storage } from '../../server/src/storage/storage.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMetrics, type Metrics } from '../../server/src/telemetry/metrics.ts'
import { createMemoryLog, createMemoryStorage, type MemoryLog } from './memory-storage.ts'
import { createSettlingClock, type SettlingClock } from './settling-clock.ts'

export interface AppWorld {
  readonly app: StartedApp
  readonly storage: Storage
  readonly clock: SettlingClock
  readonly metrics: Metrics
  /** What a restart begins with. */
  readonly log: MemoryLog
  readonly signals: Signal[]
  readonly changes: ViewChange[]
  end(): Promise<void>
}

export interface AppWorldOptions {
  readonly clock?: SettlingClock
  readonly log?: MemoryLog
  /** Sees the application before it has started. */
  readonly created?: (app: StartedApp) => void
}

export async function createAppWorld(options: AppWorldOptions = {}): Promise<AppWorld> {
  const clock = options.clock ?? createSettlingClock()
  const log = options.log ?? createMemoryLog()
  const metrics = createMetrics()
  const storage = createMemoryStorage({ clock, log, initialConfiguration: builtInConfiguration() })
  const app = createApp({ storage, clock, metrics, log: createLog('silent') })
  options.created?.(app)
  const signals: Signal[] = []
  const changes: ViewChange[] = []
  app.onSignal(signal => signals.push(signal))
  app.replica.subscribe((_, changed) => changes.push(...changed))
  await app.started
  return {
    app,
    storage,
    clock,
    metrics,
    log,
    signals,
    changes,
    async end() {
      await app.stop()
      await storage.close()
    },
  }
}

export function principal(sub: string, claims: Partial<Principal> = {}): Principal {
  return {
    tenant: 'default',
    sub,
    name: sub.toUpperCase(),
    roles: ['representative'],
    queues: null,
    watches: [],
    issuedAt: 0,
    expiresAt: Number.MAX_SAFE_INTEGER,
    ...claims,
  }
}

export const administrator = (claims: Partial<Principal> = {}) =>
  principal('root', { roles: ['administrator'], ...claims })
export const service = (claims: Partial<Principal> = {}) =>
  principal('router', { roles: ['service'], ...claims })
export const supervisor = (watches: Principal['watches'], claims: Partial<Principal> = {}) =>
  principal('sue', { roles: ['supervisor'], watches, ...claims })

export function as(who: Principal, key?: string, fingerprint = 'same'): Caller {
  return key === undefined ? { principal: who } : { principal: who, commandKey: { key, fingerprint } }
}

export function choice(
  representativeId: string,
  statusId: string,
  more: Partial<Omit<Choice, 'representativeId' | 'statusId'>> = {},
): Choice {
  return {
    representativeId,
    statusId,
    when: 'now',
    forMs: null,
    note: null,
    expectedRevision: null,
    ...more,
  }
}

/** The code with which something is refused; an answer instead fails. */
export async function refusal(what: () => unknown): Promise<Refused> {
  try {
    await what()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('It was not refused.')
}
