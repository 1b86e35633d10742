// The storage port: what the application needs of a store, in the words of the domain. Adapters stand beside
// it; one contract suite (tests/contract) runs on each.
//
// A store keeps, per tenant: representatives (facts), work items, one configuration, revocations, command keys,
// history rows and the change feed. One verb writes: `update`. What it writes becomes visible all at once, and
// `update` answers only when it is durable. Deliberately absent: reads that wait, timers (see `due`), and rules.

import type { Configuration } from '../domain/configuration.ts'
import type { Cause, Facts } from '../domain/facts.ts'
import type { WorkItem } from '../domain/work-record.ts'

export type RecordKind = 'representative' | 'work-item'

/** Names one record of a tenant. */
export interface RecordKey {
  readonly kind: RecordKind
  readonly id: string
}

/** A revocation refuses every token of `sub` whose `iat` (seconds) is at or before `issuedBefore` (seconds). */
export interface Revocation {
  readonly sub: string
  readonly issuedBefore: number
}

/**
 * What a step may look at. Reading a record makes the commit depend on its revision: whoever reads, and is
 * overtaken by another commit to that record, runs again.
 */
export interface Snapshot {
  readonly tenant: string
  /** The store's time, in ms. It never runs backwards within a tenant. */
  readonly now: number
  readonly configuration: Configuration
  representative(id: string): Facts | null
  workItem(id: string): WorkItem | null
  /** All there are. Whoever looks at them depends on every record of that kind: for what is seldom done (PO4). */
  representatives(): Iterable<Facts>
  workItems(): Iterable<WorkItem>
}

interface WriteHead {
  readonly id: string
  /** First instant at which this record must be looked at again; null: never. Indexed for `due`. */
  readonly deadline: number | null
  /** Why the record is removed (EX1); one that stays carries its own cause. */
  readonly cause?: Cause
}

/** `record` null removes it. */
export type RecordWrite =
  | (WriteHead & {
      readonly kind: 'representative'
      readonly record: Facts | null
      /** PO4: every row of her history that was stored before goes with this commit; rows of this commit stay. */
      readonly eraseHistory?: true
    })
  | (WriteHead & { readonly kind: 'work-item'; readonly record: WorkItem | null })

/** HI1: what is shown from `at` on. */
export interface HistoryRow {
  readonly representativeId: string
  readonly at: number
  readonly statusId: string
  readonly text: string
  readonly base: string
  readonly origin: string
  readonly by: { readonly kind: string; readonly id: string; readonly name: string } | null
  readonly behind: { readonly statusId: string; readonly text: string; readonly base: string } | null
  readonly signedIn: boolean
  readonly queues: readonly string[]
  readonly cause: Cause
}

/** What a step wants stored. Everything in it is stored, or nothing. */
export interface Change<Result> {
  readonly result: Result
  readonly writes: readonly RecordWrite[]
  readonly configuration?: {
    readonly next: Configuration
    readonly changed: readonly ConfigurationChange[]
    readonly cause: Cause
  }
  readonly revocation?: { readonly next: Revocation; readonly cause: Cause }
  readonly history?: readonly HistoryRow[]
  /**
   * The earliest deadline that the step took for still open. A commit whose true time has passed it is refused,
   * and the step runs again with the true time. null: the step looked at no clock.
   */
  readonly validUntil: number | null
  /** Remembered under the command key; only commands that were carried out are kept. */
  readonly keep?: unknown
}

export interface ConfigurationChange {
  readonly resource: 'policy' | 'statuses' | 'queues' | 'workstreams' | 'capacity-profiles'
  readonly id: string
  readonly current: unknown
  readonly previous: unknown
}

/**
 * Pure and synchronous; it may run again. Throwing refuses the update as a whole, and `update` rejects with what
 * was thrown (a `Refused` of the application, usually).
 */
export type Step<Result> = (snapshot: Snapshot) => Change<Result>

/** The same key of the same actor within 5 minutes is one command. `fingerprint` tells whether the body is the same. */
export interface CommandKey {
  readonly actor: string
  readonly key: string
  readonly fingerprint: string
}

export type Updated<Result> =
  | { readonly kind: 'committed'; readonly result: Result; readonly seq: number | null; readonly at: number }
  /** The key was used before with the same body: what was kept then. Nothing was changed now. */
  | { readonly kind: 'repeated'; readonly kept: unknown; readonly at: number }
  /** The key was used before with another body. Nothing was changed. */
  | { readonly kind: 'key-reused' }

/** Positions compare within an epoch only. `seq` is dense: 1, 2, 3 … per tenant and epoch. */
export interface FeedPosition {
  readonly epoch: string
  readonly seq: number
}

interface FeedHead {
  readonly seq: number
  readonly at: number
  readonly cause: Cause
}

/** One entry for each record, configuration resource and revocation that a commit changed, in the order written. */
export type FeedEntry =
  | (FeedHead & {
      readonly kind: 'representative'
      readonly id: string
      readonly current: Facts | null
      readonly previous: Facts | null
    })
  | (FeedHead & {
      readonly kind: 'work-item'
      readonly id: string
      readonly current: WorkItem | null
      readonly previous: WorkItem | null
    })
  | (FeedHead & {
      readonly kind: 'configuration'
      readonly change: ConfigurationChange
      readonly version: number
    })
  | (FeedHead & { readonly kind: 'revocation'; readonly revocation: Revocation })

export interface TenantState {
  readonly position: FeedPosition
  readonly now: number
  readonly configuration: Configuration
  readonly representatives: Iterable<Facts>
  readonly workItems: Iterable<WorkItem>
  readonly revocations: Iterable<Revocation>
}

export interface Storage {
  readonly kind: 'embedded' | 'redis'
  /** This life of this process: a new one at every start and after a lost lease. */
  readonly incarnation: string
  /** The store's time now, as well as this node knows it: its last word plus monotonic elapsed time. */
  now(): number
  /** Age in ms of the last proof that the store answers; 0 for a store in this process. */
  lagMs(): number
  /** Tenants that have anything stored. */
  tenants(): readonly string[]

  /**
   * Runs the step on the present records and commits what it returns. A step without writes, configuration or
   * revocation commits nothing and takes no sequence number.
   * Errors: what the step throws; `StorageUnavailable` when the store can't be reached (nothing is known of the
   * outcome: repeat with the same command key).
   */
  update<Result>(
    tenant: string,
    step: Step<Result>,
    options?: { readonly commandKey?: CommandKey },
  ): Promise<Updated<Result>>

  /** The whole tenant and the feed position it is true at. */
  load(tenant: string): Promise<TenantState>

  /** One record as this node knows it now, without waiting. */
  representative(tenant: string, id: string): Facts | null
  workItem(tenant: string, id: string): WorkItem | null
  configuration(tenant: string): Configuration
  revocations(tenant: string): readonly Revocation[]

  /** Records whose deadline is at or before `now`, earliest first: proposals, the commit decides. */
  due(
    now: number,
    limit: number,
  ): readonly { readonly tenant: string; readonly key: RecordKey; readonly deadline: number }[]
  /** The earliest deadline of all tenants; null: none. */
  nextDeadline(): number | null

  readonly feed: {
    position(tenant: string): FeedPosition
    /** The position before the oldest entry that is held. */
    oldest(tenant: string): FeedPosition
    /** Entries committed from now on, in order, each commit at once. Returns its undo. */
    subscribe(
      listener: (tenant: string, entries: readonly FeedEntry[], position: FeedPosition) => void,
    ): () => void
    /** Entries after a position, or `gone` when they are no longer held or the epoch is another. */
    since(tenant: string, position: FeedPosition, limit: number): readonly FeedEntry[] | 'gone'
  }

  readonly nodes: {
    /** Incarnations that ended without saying so and whose connections still stand in records, with the reason and the instant from which their people are gone. */
    ended(): readonly {
      readonly incarnation: string
      readonly reason: 'node-lost' | 'server-down'
      readonly at: number
    }[]
    /** Representatives with a connection of that incarnation. */
    connectionsOf(
      incarnation: string,
    ): readonly { readonly tenant: string; readonly representativeId: string }[]
    /** All connections of an ended incarnation have been removed; forget it. */
    forget(incarnation: string): Promise<void>
  }

  readonly history: {
    /** Rows of these representatives that apply in [from, to): the one in force at `from` first, then by time. */
    range(
      tenant: string,
      representativeIds: readonly string[],
      from: number,
      to: number,
    ): AsyncIterable<HistoryRow>
    /** Removes rows that ended before `before`. Answers how many. */
    trim(tenant: string, before: number): Promise<number>
  }

  /** Resolves when everything acknowledged is durable and the store has let go of its files or sockets. */
  close(): Promise<void>
}

/** The store can't be reached, or is closing. What was sent may have been carried out. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
}
