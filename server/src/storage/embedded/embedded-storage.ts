// The embedded store: one process, every tenant in memory, every commit written ahead to a journal.
//
// Steps run one after another, so no commit is ever overtaken. A commit is handed to the journal as one entry, and
// only when that is durable does anybody learn of it: reads, deadlines, the feed and the answer. Steps alone see what
// is still on its way (see head.ts); therefore even a refusal or a "nothing to do" waits for what it was judged by.

import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Configuration } from '../../domain/configuration.ts'
import type { Storage } from '../storage.ts'
import { createFeed } from './feed.ts'
import { createHead } from './head.ts'
import { historyRange } from './history.ts'
import { standingIncarnations } from './incarnations.ts'
import type { Journal } from './journal.ts'
import { createStoreTime } from './store-time.ts'
import { createUpdates } from './updates.ts'

/** How often the journal is told that this process lives: the precision of "server down since". */
const ALIVE_EVERY_MS = 1_000

export interface EmbeddedStorageOptions {
  readonly journal: Journal
  readonly clock: Clock
  /** The configuration of a tenant that never changed any. */
  readonly initialConfiguration: Configuration
  /** Feed entries held in memory per tenant for those who come back. */
  readonly feedCapacity?: number
  /** Called once when durability can't be promised any more. The process must end: a restart recovers what was acknowledged. */
  readonly fatal: (error: unknown) => void
  readonly incarnation?: string
  readonly epoch?: string
}

export function createEmbeddedStorage(options: EmbeddedStorageOptions): Storage {
  const { journal, clock, initialConfiguration } = options
  const { image } = journal
  const incarnation = options.incarnation ?? randomUUID()
  const lastAlive = Math.max(0, ...image.incarnations.values())
  const now = createStoreTime(clock, Math.max(image.lastAt, lastAlive))
  const feed = createFeed(options.epoch ?? randomUUID(), options.feedCapacity ?? 20_000)
  const ended = standingIncarnations(image, incarnation)
  const updates = createUpdates({
    journal,
    now,
    feed,
    head: createHead(image, initialConfiguration),
    fatal: options.fatal,
  })
  for (const incarnation of ended.done) forget(incarnation).catch(options.fatal)
  const stopBeating = beat(clock, () => journal.alive(incarnation, now()))
  let closed: Promise<void> | null = null

  return {
    kind: 'embedded',
    incarnation,
    now,
    lagMs: () => 0,
    tenants: () => [...image.tenants.keys()],
    update: updates.update,

    async load(name) {
      const tenant = image.tenants.get(name)
      return {
        position: feed.port.position(name),
        now: now(),
        configuration: tenant?.configuration ?? initialConfiguration,
        representatives: [...(tenant?.representatives.values() ?? [])],
        workItems: [...(tenant?.workItems.values() ?? [])],
        revocations: [...(tenant?.revocations.values() ?? [])],
      }
    },

    representative: (tenant, id) => image.tenants.get(tenant)?.representatives.get(id) ?? null,
    workItem: (tenant, id) => image.tenants.get(tenant)?.workItems.get(id) ?? null,
    configuration: tenant => image.tenants.get(tenant)?.configuration ?? initialConfiguration,
    revocations: tenant => [...(image.tenants.get(tenant)?.revocations.values() ?? [])],

    due: (at, limit) => image.deadlines.due(at, limit),
    nextDeadline: () => image.deadlines.earliest(),
    feed: feed.port,

    nodes: {
      ended: () => ended.list(),
      connectionsOf: which => ended.connectionsOf(which),
      forget,
    },

    history: {
      range: (tenant, ids, from, to) => historyRange(journal, tenant, ids, from, to),
      trim: (tenant, before) => journal.trimHistory(tenant, before),
    },

    close() {
      closed ??= end()
      return closed
    },
  }

  async function forget(which: string): Promise<void> {
    await journal.forget(which)
    ended.forget(which)
  }

  async function end(): Promise<void> {
    stopBeating()
    await updates.close()
    journal.alive(incarnation, now())
    await journal.close()
  }
}

/** Calls at once and then every second of elapsed time. Returns its undo. */
function beat(clock: Clock, alive: () => void): () => void {
  let undo: () => void
  const tick = () => {
    alive()
    undo = clock.after(ALIVE_EVERY_MS, tick)
  }
  tick()
  return () => undo()
}
