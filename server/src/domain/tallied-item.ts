// CA6: what an item's record remembers of the days that count it closed, so that an item taken up again on the same
// day is counted once.

import type { Configuration } from './configuration.ts'
import type { WorkChange } from './event.ts'
import type { Facts, HeldItem } from './facts.ts'
import { own } from './own.ts'
import { tallyDatesOf } from './tallies.ts'
import type { TallyDates, WorkItem } from './work-record.ts'

/** The days on which she closed it before; null: none, or it does not come to her as new work. */
export function countedBefore(
  item: WorkItem,
  representativeId: string,
  before: HeldItem | null,
  after: HeldItem | null,
): TallyDates | null {
  const begins = after?.state === 'active' && (before === null || before.state === 'offered')
  return begins ? own(item.tallied ?? {}, representativeId) : null
}

/** The record after what became of its people: whoever closed it is noted, whoever took it up again is not any more. */
export function withTallied(
  item: WorkItem,
  decided: readonly { readonly change: WorkChange | null; readonly after: Facts }[],
  config: Configuration,
): WorkItem {
  const tallied = new Map(Object.entries(item.tallied ?? {}))
  for (const { change, after } of decided) {
    if (change?.counted) tallied.delete(after.representativeId)
    if (change?.event !== 'work-closed' || change.before === null) continue
    const dates = tallyDatesOf(change.before, after, config)
    if (Object.keys(dates).length > 0) tallied.set(after.representativeId, dates)
  }
  const noted = item.tallied !== undefined || tallied.size > 0
  return noted ? { ...item, tallied: Object.fromEntries(tallied) } : item
}
