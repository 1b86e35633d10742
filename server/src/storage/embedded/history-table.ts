// History rows on the disk: by tenant, representative and time, so that one representative's days are one range.

import type { HistoryRow } from '../storage.ts'
import { inForce } from './history.ts'
import type { Tables } from './tables.ts'

/** Rows of one representative that no table holds yet, oldest first. */
export interface NewerRows {
  readonly rows: readonly HistoryRow[]
  /** An erasure waits (PO4): what the table still holds is gone. */
  readonly hidesTable: boolean
}

export type HistoryKey = [string, string, number, number, number]

/** Keys looked at without a pause: under 10 ms. Each slice begins with the last key of the one before. */
const TRIM_SLICE = 2_000

/** `newer`: what no table holds yet; its rows are later than all in the table. */
export function historyInForce(
  { history }: Tables,
  newer: NewerRows,
  { tenant, id, from, to }: { tenant: string; id: string; from: number; to: number },
): readonly HistoryRow[] {
  if (newer.hidesTable) return inForce(newer.rows, from, to)
  const upTo: HistoryKey = [tenant, id, from, Number.MAX_VALUE, 0]
  const before: HistoryKey = [tenant, id, 0, 0, 0]
  const until: HistoryKey = [tenant, id, to, 0, 0]
  const first = [...history.getRange({ start: upTo, end: before, reverse: true, limit: 1 })].at(0)
  const stored = [...history.getRange({ start: first?.key ?? before, end: until })]
  const rows = stored.map(({ value }) => JSON.parse(value) as HistoryRow)
  return inForce([...rows, ...newer.rows], from, to)
}

/** Removes what ended before `before`: every row whose successor began by then. Answers how many. */
export async function trimTable(tables: Tables, tenant: string, before: number): Promise<number> {
  let removed = 0
  let previous: HistoryKey | null = null
  for (;;) {
    const start: HistoryKey = previous ?? [tenant, '', 0, 0, 0]
    const end: HistoryKey = [tenant, '\uffff', 0, 0, 0]
    const keys: HistoryKey[] = [...tables.history.getKeys({ start, end, limit: TRIM_SLICE })]
    const gone = keys.filter((key, place) => endedBy(key, keys[place + 1], before))
    if (gone.length > 0) await tables.root.batch(() => gone.map(key => tables.history.remove(key)))
    removed += gone.length
    previous = keys.at(-1) ?? null
    if (keys.length < TRIM_SLICE) return removed
    await new Promise(setImmediate)
  }
}

/** Within a batch: removes what the table holds of one representative (PO4). A quarter of a year of a busy one: 10 ms. */
export function eraseTable({ history }: Tables, tenant: string, id: string): void {
  const start: HistoryKey = [tenant, id, 0, 0, 0]
  const end: HistoryKey = [tenant, id, Number.MAX_VALUE, 0, 0]
  for (const key of [...history.getKeys({ start, end })]) history.remove(key)
}

function endedBy(key: HistoryKey, next: HistoryKey | undefined, before: number): boolean {
  return next !== undefined && next[1] === key[1] && next[2] <= before
}
