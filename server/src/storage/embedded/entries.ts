// The feed entries of a commit: the configuration first, because a record of the same commit may name a queue that it
// brings; then revocations, then records in the order written.

import { type Cause, SYSTEM } from '../../domain/facts.ts'
import type { Change, FeedEntry, RecordWrite, Snapshot } from '../storage.ts'

/** What a removal is ascribed to when the step gave no cause. */
const REMOVED: Cause = {
  event: 'removed',
  actor: { kind: SYSTEM.kind, id: SYSTEM.id },
  rule: 'EX1',
  inputs: {},
}

/** `snapshot` is what the step saw; `take` gives each entry its sequence number. */
export function entriesOf(
  snapshot: Snapshot,
  change: Change<unknown>,
  take: () => number,
): readonly FeedEntry[] {
  const { configuration, revocation } = change
  const at = snapshot.now
  const entries: FeedEntry[] = []
  for (const changed of configuration?.changed ?? []) {
    const { next, cause } = configuration ?? {}
    if (next && cause) {
      entries.push({ kind: 'configuration', seq: take(), at, cause, change: changed, version: next.version })
    }
  }
  if (revocation) {
    entries.push({
      kind: 'revocation',
      seq: take(),
      at,
      cause: revocation.cause,
      revocation: revocation.next,
    })
  }
  for (const write of change.writes) entries.push(recordEntry(snapshot, write, take()))
  return entries
}

function recordEntry(snapshot: Snapshot, write: RecordWrite, seq: number): FeedEntry {
  const { id } = write
  const cause = write.record?.cause ?? write.cause ?? REMOVED
  const head = { seq, at: snapshot.now, cause, id }
  return write.kind === 'representative'
    ? { ...head, kind: write.kind, current: write.record, previous: snapshot.representative(id) }
    : { ...head, kind: write.kind, current: write.record, previous: snapshot.workItem(id) }
}
