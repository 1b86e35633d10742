// One step over the store's records: what it read, what it decided, what it wants stored. Everything that a
// write implies (deadline, history, validity, the item's record) is added here and nowhere else.

import type { Configuration } from '../domain/configuration.ts'
import { earliestDeadline, workItemDeadline } from '../domain/deadlines-of.ts'
import { decide } from '../domain/decide.ts'
import type { Event } from '../domain/event.ts'
import type { Cause, Facts } from '../domain/facts.ts'
import { leftItems } from '../domain/left-items.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { WorkItem } from '../domain/work-record.ts'
import type {
  Change,
  ConfigurationChange,
  HistoryRow,
  RecordWrite,
  Revocation,
  Snapshot,
} from '../storage/storage.ts'
import { historyOf, historyOfRemoval } from './history-rows.ts'

export interface Draft {
  readonly tenant: string
  /** The store's time. */
  readonly now: number
  /** As it will be after this step. */
  configuration(): Configuration
  representative(id: string): Facts | null
  workItem(id: string): WorkItem | null
  /** All that were there before this step. */
  readonly everything: Pick<Snapshot, 'representatives' | 'workItems'>
  /** Judges an event at `at` (default: now) and keeps what it changed; what a refusal settled before, too. */
  decide(facts: Facts, event: Event, at?: number): Outcome
  /** After the items that she lost by a report: what she lost without one goes back to its queue. */
  putRepresentative(facts: Facts, at?: number): void
  putWorkItem(item: WorkItem): void
  /** `eraseHistory`: with all that was ever shown of her (PO4); else her history ends with a row that says so. */
  removeRepresentative(id: string, cause: Cause, eraseHistory: boolean): void
  removeWorkItem(id: string, cause: Cause): void
  configure(next: Configuration, changed: readonly ConfigurationChange[], cause: Cause): void
  revoke(next: Revocation, cause: Cause): void
  /** All of it, as the store takes it. */
  change<Result>(result: Result, keep?: unknown): Change<Result>
}

interface Pending<Stored> {
  readonly read: Stored | null
  next: Stored | null
  written: boolean
  at: number
  /** Of a removal. */
  cause: Cause | null
}

export function createDraft(snapshot: Snapshot): Draft {
  const representatives = new Map<string, Pending<Facts>>()
  const workItems = new Map<string, Pending<WorkItem>>()
  const removals: HistoryRow[] = []
  const erased = new Set<string>()
  let configured: Change<never>['configuration']
  let revoked: Change<never>['revocation']

  const draft: Draft = {
    tenant: snapshot.tenant,
    now: snapshot.now,
    configuration: () => configured?.next ?? snapshot.configuration,
    representative: id => pendingOf(representatives, id, snapshot.representative).next,
    workItem: id => pendingOf(workItems, id, snapshot.workItem).next,
    everything: snapshot,
    decide(facts, event, at = snapshot.now) {
      const decided = decide(facts, event, draft.configuration(), at)
      if (decided.facts !== facts) draft.putRepresentative(decided.facts, at)
      return decided.outcome
    },
    putRepresentative(facts, at = snapshot.now) {
      const pending = pendingOf(representatives, facts.representativeId, snapshot.representative)
      if (pending.next) {
        for (const item of leftItems(pending.next, facts, draft.workItem, at)) draft.putWorkItem(item)
      }
      write(pending, facts, at)
    },
    putWorkItem(item) {
      write(pendingOf(workItems, item.workItemId, snapshot.workItem), item, snapshot.now)
    },
    removeRepresentative(id, cause, eraseHistory) {
      const pending = pendingOf(representatives, id, snapshot.representative)
      if (eraseHistory) erased.add(id)
      else if (pending.read) removals.push(...historyOfRemoval(pending.read, cause, snapshot.now))
      write(pending, null, snapshot.now, cause)
    },
    removeWorkItem(id, cause) {
      write(pendingOf(workItems, id, snapshot.workItem), null, snapshot.now, cause)
    },
    configure(next, changed, cause) {
      configured = {
        next: signed(next, changed, cause),
        changed: [...(configured?.changed ?? []), ...changed],
        cause,
      }
    },
    revoke(next, cause) {
      revoked = { next, cause }
    },
    change(result, keep) {
      const configuration = draft.configuration()
      return {
        result,
        writes: [
          ...writesOf(representatives, (id, record, why) => ({
            kind: 'representative',
            id,
            record,
            deadline: record && earliestDeadline(record, configuration),
            ...why,
            ...(record === null && erased.has(id) ? { eraseHistory: true } : {}),
          })),
          ...writesOf(workItems, (id, record, why) => ({
            kind: 'work-item',
            id,
            record,
            deadline: record && workItemDeadline(record),
            ...why,
          })),
        ],
        history: [...historyRows(representatives, configuration), ...removals],
        validUntil: firstOpenDeadline(representatives, configuration, snapshot.now),
        ...(configured ? { configuration: configured } : {}),
        ...(revoked ? { revocation: revoked } : {}),
        ...(keep === undefined ? {} : { keep }),
      }
    },
  }
  return draft
}

/** A queue's name is nobody's presence; sign-ins create many queues. */
function signed(
  next: Configuration,
  changed: readonly ConfigurationChange[],
  { actor }: Cause,
): Configuration {
  const touches = changed.some(({ resource }) => resource !== 'queues')
  return touches ? { ...next, changedBy: { ...actor, name: actor.id } } : next
}

function pendingOf<Stored>(
  pendings: Map<string, Pending<Stored>>,
  id: string,
  read: (id: string) => Stored | null,
): Pending<Stored> {
  const known = pendings.get(id)
  if (known) return known
  const stored = read(id)
  const pending = { read: stored, next: stored, written: false, at: 0, cause: null }
  pendings.set(id, pending)
  return pending
}

function write<Stored>(
  pending: Pending<Stored>,
  next: Stored | null,
  at: number,
  cause: Cause | null = null,
): void {
  pending.next = next
  pending.at = at
  pending.cause = cause
  pending.written = true
}

/** However often a step decided about a record, it is one stored change: its revision rises by one. */
function writesOf<Stored extends { readonly revision: number }>(
  pendings: ReadonlyMap<string, Pending<Stored>>,
  toWrite: (id: string, record: Stored | null, why: { readonly cause?: Cause }) => RecordWrite,
): readonly RecordWrite[] {
  const writes: RecordWrite[] = []
  for (const [id, { read, next, written, cause }] of pendings) {
    if (!written || read === next) continue
    const revision = (read?.revision ?? 0) + 1
    const record = next && next.revision !== revision ? { ...next, revision } : next
    writes.push(toWrite(id, record, cause ? { cause } : {}))
  }
  return writes
}

function historyRows(
  representatives: ReadonlyMap<string, Pending<Facts>>,
  configuration: Configuration,
): readonly HistoryRow[] {
  const rows: HistoryRow[] = []
  for (const { read, next, written, at } of representatives.values()) {
    if (written && next && read !== next) rows.push(...historyOf(read, next, configuration, at))
  }
  return rows
}

/** The earliest deadline of what was read or is written that lies ahead: the step took it for still open. */
function firstOpenDeadline(
  representatives: ReadonlyMap<string, Pending<Facts>>,
  configuration: Configuration,
  now: number,
): number | null {
  let first: number | null = null
  for (const { read, next } of representatives.values()) {
    for (const facts of read === next ? [read] : [read, next]) {
      const deadline = facts && earliestDeadline(facts, configuration)
      if (deadline !== null && deadline > now && (first === null || deadline < first)) first = deadline
    }
  }
  return first
}
