// A checkpoint: commits of the log go to their tables and leave the log, in one LMDB transaction. Folding twice gives
// the same tables, so a log entry that is still there after a crash may simply be folded again.

import { COMMAND_KEY_MS } from './command-keys.ts'
import { erasedBy } from './commit.ts'
import type { CommitText } from './commit-text.ts'
import { eraseTable, type HistoryKey } from './history-table.ts'
import type { Tables } from './tables.ts'

/** One log entry with its commits. */
export interface Group {
  readonly number: number
  readonly commits: readonly CommitText[]
}

/** Resolves when the tables are durable. Groups in the order of the log. */
export async function fold(tables: Tables, groups: readonly Group[]): Promise<void> {
  const newest = groups.at(-1)?.commits.at(-1)?.commit.at
  if (newest === undefined) return
  await tables.root.batch(() => {
    foldRecords(tables, groups)
    for (const group of groups) foldRest(tables, group)
    foldHistory(tables, groups)
    forgetCommands(tables, newest - COMMAND_KEY_MS)
    tables.about.put('lastAt', String(newest))
    tables.about.put('folded', String(groups.at(-1)?.number ?? 0))
    for (const { number } of groups) tables.log.remove(number)
  })
}

/** Only the last write of each record is worth its place on the disk. */
function foldRecords({ records }: Tables, groups: readonly Group[]): void {
  const last = new Map<string, { readonly key: [string, string, string]; readonly text: string | null }>()
  for (const { commits } of groups) {
    for (const { commit, writes } of commits) {
      for (const [place, write] of commit.writes.entries()) {
        const key: [string, string, string] = [commit.tenant, write.kind, write.id]
        last.set(key.join('/'), { key, text: write.record === null ? null : (writes[place] ?? null) })
      }
    }
  }
  for (const { key, text } of last.values()) {
    if (text === null) records.remove(key)
    else records.put(key, text)
  }
}

function foldRest(tables: Tables, { number, commits }: Group): void {
  for (const [place, { commit }] of commits.entries()) {
    const { tenant, configuration, revocation, command } = commit
    if (configuration) tables.configurations.put(tenant, JSON.stringify(configuration))
    if (revocation) tables.revocations.put([tenant, revocation.sub], JSON.stringify(revocation))
    if (command) tables.commands.put([command.at, number, place], JSON.stringify(command))
  }
}

/** A batch does not read what it wrote: rows that a later commit erases are left out before they are put. */
function foldHistory(tables: Tables, groups: readonly Group[]): void {
  const kept = new Map<string, { readonly key: HistoryKey; readonly text: string }[]>()
  for (const { number, commits } of groups) {
    let place = 0
    for (const { commit, history } of commits) {
      const { tenant } = commit
      for (const id of erasedBy(commit)) {
        eraseTable(tables, tenant, id)
        kept.delete(`${tenant}/${id}`)
      }
      for (const [row, text] of history.entries()) {
        const { representativeId, at } = commit.history[row] ?? {}
        if (representativeId === undefined || at === undefined) continue
        const name = `${tenant}/${representativeId}`
        const rows = kept.get(name) ?? []
        kept.set(name, rows)
        rows.push({ key: [tenant, representativeId, at, number, place++], text })
      }
    }
  }
  for (const rows of kept.values()) {
    for (const { key, text } of rows) tables.history.put(key, text)
  }
}

function forgetCommands({ commands }: Tables, before: number): void {
  for (const key of commands.getKeys({ end: [before, 0, 0] })) commands.remove(key)
}
