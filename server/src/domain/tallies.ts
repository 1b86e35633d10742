// CA6: what an end-of-day profile still counts of closed items, and when its day ends.

import type { Configuration } from './configuration.ts'
import { type Facts, type HeldItem, SYSTEM, type Tally } from './facts.ts'
import { nextLocalTime } from './local-time.ts'
import { type Move, move } from './move.ts'
import { own } from './own.ts'
import type { TallyDates } from './work-record.ts'

/** True of a profile whose closed items count until its reset. */
export function resetsAtEndOfDay(profileId: string, config: Configuration): boolean {
  return own(config.profiles, profileId)?.reset === 'end-of-day'
}

/** What closed items still take of a profile. */
export function talliedOf(facts: Facts, profileId: string, config: Configuration): number {
  return resetsAtEndOfDay(profileId, config) ? (own(facts.tallies, profileId)?.used ?? 0) : 0
}

/** She closed this item: each of its end-of-day profiles goes on counting it, unless its day was over before. */
export function tallied(facts: Facts, closed: HeldItem, config: Configuration, at: number): Facts {
  if (!isOpen(closed) || closed.overReset) return facts
  return closed.cost.profiles
    .filter(id => resetsAtEndOfDay(id, config))
    .reduce((counted, id) => {
      const day = dayOf(counted, id, config, at)
      return withTally(counted, id, { ...day, used: day.used + 1 })
    }, facts)
}

/** The days that `tallied` counted this item on; `after`: her facts then. */
export function tallyDatesOf(closed: HeldItem, after: Facts, config: Configuration): TallyDates {
  if (!isOpen(closed) || closed.overReset) return {}
  const counting = closed.cost.profiles.filter(id => resetsAtEndOfDay(id, config))
  return Object.fromEntries(counting.map(id => [id, own(after.tallies, id)?.localDate ?? '']))
}

/** She has this item at work again, which is closed no longer: the day that still runs counts it once. */
export function untallied(facts: Facts, dates: TallyDates): Facts {
  return Object.entries(dates).reduce((counted, [id, localDate]) => {
    const day = own(counted.tallies, id)
    const runs = day !== null && day.resetsAt !== null && day.localDate === localDate
    return runs ? withTally(counted, id, { ...day, used: Math.max(0, day.used - 1) }) : counted
  }, facts)
}

/** Every end-of-day profile that open work costs has a day that ends; of others nothing is counted any more. */
export function withDays(facts: Facts, config: Configuration, at: number): Facts {
  const costing = facts.work.filter(item => isOpen(item) && !item.overReset)
  const begun = costing
    .flatMap(item => item.cost.profiles)
    .filter(id => resetsAtEndOfDay(id, config))
    .reduce((running, id) => withTally(running, id, dayOf(running, id, config, at)), facts)
  const tallies = Object.entries(begun.tallies)
  const kept = tallies.filter(([id]) => resetsAtEndOfDay(id, config))
  return kept.length === tallies.length ? begun : { ...begun, tallies: Object.fromEntries(kept) }
}

/** The reset: closed items count no longer; open ones take room until they end, and count for presence no longer. */
export function dayEnded(facts: Facts, profileId: string, { localDate }: Tally): Move {
  const work = facts.work.map(item =>
    isOpen(item) && item.cost.profiles.includes(profileId) ? { ...item, overReset: true } : item,
  )
  // The date stays: a day whose end is moved to later does not end twice.
  const reset = withTally({ ...facts, work }, profileId, { localDate, used: 0, resetsAt: null })
  return move(reset, 'profile-reset', SYSTEM, 'CA6', { profileId, localDate })
}

/** The day that runs, or the one that begins. Once begun it keeps its end, whatever is configured then (PO3). */
function dayOf(facts: Facts, profileId: string, { policy, profiles }: Configuration, at: number): Tally {
  const known = own(facts.tallies, profileId)
  if (known && known.resetsAt !== null) return known
  const profile = own(profiles, profileId)
  const timeZone = profile?.timeZone ?? policy.timeZone
  const endOfDay = profile?.endOfDay ?? policy.endOfDay
  const end = nextLocalTime(timeZone, endOfDay, at, known?.localDate ?? null)
  return { localDate: end.localDate, used: 0, resetsAt: end.at }
}

function withTally(facts: Facts, profileId: string, tally: Tally): Facts {
  if (own(facts.tallies, profileId) === tally) return facts
  return { ...facts, tallies: { ...facts.tallies, [profileId]: tally } }
}

function isOpen(item: HeldItem): boolean {
  return item.state === 'active' || item.state === 'wrap-up'
}
