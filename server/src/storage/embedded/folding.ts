// When to fold: often enough that a restart replays little and memory holds little, seldom enough that a busy record
// is written to its table once for many commits.

import type { HistoryRow } from '../storage.ts'
import { erasedBy } from './commit.ts'
import type { CommitText } from './commit-text.ts'
import { fold, type Group } from './fold.ts'
import type { NewerRows } from './history-table.ts'
import type { Tables } from './tables.ts'

/**
 * Fold when this many commits of the usual size wait. More would save writes of busy records, but the log entry
 * behind a fold waits longer for LMDB's one writer, and what waits is copied about by the garbage collector (512 cost 10 us a commit more).
 */
const FOLD_COMMITS = 128

export interface Folding {
  /** A durable group waits for its turn. */
  add(group: Group): void
  historyOf(tenant: string, representativeId: string): NewerRows
  /** Folds everything that waits now. */
  all(): Promise<void>
}

interface Waiting {
  rows: { readonly row: HistoryRow; readonly group: number }[]
  /** Number of the group with the latest erasure; 0: none waits. */
  erased: number
}

export function createFolding(tables: Tables, fatal: (error: unknown) => void): Folding {
  let waiting: Group[] = []
  let commits = 0
  let running: Promise<void> | null = null
  const newer = new Map<string, Waiting>()

  async function run(): Promise<void> {
    const groups = waiting
    waiting = []
    commits = 0
    await fold(tables, groups)
    for (const group of groups) for (const name of namesOf(group)) drop(name, groups.at(-1)?.number ?? 0)
  }

  /** What came up to this group is in its table now. */
  function drop(name: string, group: number): void {
    const kept = newer.get(name)
    if (!kept) return
    kept.rows = kept.rows.filter(row => row.group > group)
    if (kept.erased <= group) kept.erased = 0
    if (kept.rows.length === 0 && kept.erased === 0) newer.delete(name)
  }

  /** One fold at a time; a failed one is the end, as LMDB can't be written any more. */
  function start(): Promise<void> {
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  function keep({ number, commits }: Group): void {
    for (const { commit } of commits) {
      const { tenant, history } = commit
      for (const id of erasedBy(commit)) newer.set(`${tenant}/${id}`, { rows: [], erased: number })
      for (const row of history) {
        const name = `${tenant}/${row.representativeId}`
        const kept = newer.get(name) ?? { rows: [], erased: 0 }
        newer.set(name, kept)
        kept.rows.push({ row, group: number })
      }
    }
  }

  return {
    add(group) {
      waiting.push(group)
      commits += group.commits.reduce((sum, commit) => sum + weightOf(commit), 0)
      keep(group)
      if (commits >= FOLD_COMMITS) start().catch(fatal)
    },
    historyOf(tenant, representativeId) {
      const kept = newer.get(`${tenant}/${representativeId}`)
      return { rows: kept?.rows.map(({ row }) => row) ?? [], hidesTable: (kept?.erased ?? 0) > 0 }
    },
    async all() {
      while (running !== null || waiting.length > 0) await start()
    },
  }
}

/** A commit about many records is as much to fold as several: counted as one, 128 of them held everybody up for 50 ms. */
function weightOf({ writes, history }: CommitText): number {
  return Math.max(1, Math.ceil((writes.length + history.length) / 4))
}

function namesOf({ commits }: Group): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { commit } of commits) {
    for (const row of commit.history) names.add(`${commit.tenant}/${row.representativeId}`)
    for (const id of erasedBy(commit)) names.add(`${commit.tenant}/${id}`)
  }
  return names
}
