// History as the port asks for it: which rows are in force, representative by representative.

import type { HistoryRow } from '../storage.ts'
import type { Journal } from './journal.ts'

export async function* historyRange(
  journal: Journal,
  tenant: string,
  representativeIds: readonly string[],
  from: number,
  to: number,
): AsyncIterable<HistoryRow> {
  for (const id of representativeIds) yield* journal.history(tenant, id, from, to)
}

/** Of one representative's rows in the order of time: those in force in [from, to). A row holds until the next begins. */
export function inForce(rows: readonly HistoryRow[], from: number, to: number): readonly HistoryRow[] {
  if (from >= to) return []
  const first = rows.findLastIndex(row => row.at <= from)
  return rows.slice(Math.max(0, first)).filter(row => row.at < to)
}
