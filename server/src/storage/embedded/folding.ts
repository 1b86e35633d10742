// When to fold: often enough that a restart replays little and memory holds little, seldom enough that a busy record
// is written to its table once for many commits.

import type { HistoryRow } from '../storage.ts'
import { fold, type Group } from './fold.ts'
import type { Tables } from './tables.ts'

/**
 * Fold when this many commits wait. More would save writes of busy records, but the log entry behind a fold waits
 * longer for LMDB's one writer, and what waits is copied about by the garbage collector (512 cost 10 us a commit more).
 */
const FOLD_COMMITS = 128

export interface Folding {
  /** A durable group waits for its turn. */
  add(group: Group): void
  /** Rows of one representative that no table holds yet, oldest first. */
  historyOf(tenant: string, representativeId: string): readonly HistoryRow[]
  /** Folds everything that waits now. */
  all(): Promise<void>
}

export function createFolding(tables: Tables, fatal: (error: unknown) => void): Folding {
  let waiting: Group[] = []
  let commits = 0
  let running: Promise<void> | null = null
  const rows = new Map<string, HistoryRow[]>()

  async function run(): Promise<void> {
    const groups = waiting
    waiting = []
    commits = 0
    await fold(tables, groups)
    for (const row of rowsOf(groups)) drop(row.name)
  }

  /** The oldest of these rows is in its table now. */
  function drop(name: string): void {
    const kept = rows.get(name)
    kept?.shift()
    if (kept?.length === 0) rows.delete(name)
  }

  /** One fold at a time; a failed one is the end, as LMDB can't be written any more. */
  function start(): Promise<void> {
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  return {
    add(group) {
      waiting.push(group)
      commits += group.commits.length
      for (const { name, row } of rowsOf([group])) {
        const kept = rows.get(name)
        if (kept) kept.push(row)
        else rows.set(name, [row])
      }
      if (commits >= FOLD_COMMITS) start().catch(fatal)
    },
    historyOf: (tenant, representativeId) => rows.get(`${tenant}/${representativeId}`) ?? [],
    async all() {
      while (running !== null || waiting.length > 0) await start()
    },
  }
}

function* rowsOf(groups: readonly Group[]): Iterable<{ readonly name: string; readonly row: HistoryRow }> {
  for (const { commits } of groups) {
    for (const { commit } of commits) {
      for (const row of commit.history) yield { name: `${commit.tenant}/${row.representativeId}`, row }
    }
  }
}
