// The port to the journal. What a journal is made of (memory, LMDB) is its own affair; the store only asks it to keep
// commits in order and to say when they can no longer be lost.

import type { HistoryRow } from '../storage.ts'
import type { Commit } from './commit.ts'
import type { Image } from './image.ts'

export interface Journal {
  /** Everything that was durable when the journal was opened. The store takes it over and changes it. */
  readonly image: Image
  /**
   * Keeps a commit. Resolves when it is durable; commits become durable, and promises resolve, in the order of the
   * calls. After a rejection nothing more is kept: what is on disk is then only what was acknowledged before.
   */
  append(commit: Commit): Promise<void>
  /** Says that this incarnation lives at `at`. May be lost: the last commit says so too. */
  alive(incarnation: string, at: number): void
  /** Forgets when an ended incarnation was last alive. */
  forget(incarnation: string): Promise<void>
  /** Rows of one representative in force in [from, to), oldest first; the one in force at `from` included. */
  history(tenant: string, representativeId: string, from: number, to: number): Iterable<HistoryRow>
  /** Removes rows that ended before `before`; the row still in force stays. Answers how many. */
  trimHistory(tenant: string, before: number): Promise<number>
  /** Everything appended is durable, the end is marked as a clean one, and files are let go. */
  close(): Promise<void>
}
