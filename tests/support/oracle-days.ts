// When local days end, told naively: a walk through every quarter of an hour of some weeks with a clock on the wall.

import type { Configuration } from '../../server/src/domain/configuration.ts'

type Reset = { at: number; date: string }

const QUARTER_MS = 15 * 60_000
const WALKED_MS = 50 * 86_400_000
const BEFORE_MS = 2 * 86_400_000
const walks = new Map<string, readonly { at: number; date: string; time: string }[]>()
const resets = new Map<string, readonly Reset[]>()

/** The first reset of a profile later than `after`, of a local date later than `notBy`. */
export function nextReset(config: Configuration, profileId: string, after: number, notBy: string): Reset {
  const profile = config.profiles[profileId]
  const timeZone = profile?.timeZone ?? config.policy.timeZone
  const time = profile?.endOfDay ?? config.policy.endOfDay
  // A walk begins at the beginning of its period, so that all histories of one share it.
  const period = Math.floor(after / WALKED_MS) * WALKED_MS
  for (const from of [period, period + WALKED_MS]) {
    const found = resetsOf(timeZone, time, from).find(one => one.at > after && one.date > notBy)
    if (found !== undefined) return found
  }
  throw new Error(`no day of ${profileId} ends within weeks`)
}

/** CA6: of each local date the first instant at or after the time. */
function resetsOf(timeZone: string, time: string, from: number): readonly Reset[] {
  const key = `${timeZone} ${time} ${from}`
  const known = resets.get(key)
  if (known !== undefined) return known
  const quarters = walk(timeZone, from)
  const found: Reset[] = []
  for (const date of new Set(quarters.map(one => one.date))) {
    const first = quarters.find(one => one.date > date || (one.date === date && one.time >= time))
    // The walk begins in the middle of a date, and days before it are of no interest.
    if (first !== undefined && first.at > from - BEFORE_MS + 86_400_000) found.push({ at: first.at, date })
  }
  resets.set(key, found)
  return found
}

function walk(timeZone: string, from: number) {
  const key = `${timeZone} ${from}`
  const known = walks.get(key)
  if (known !== undefined) return known
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const quarters = []
  for (let at = from - BEFORE_MS; at < from + WALKED_MS + 86_400_000; at += QUARTER_MS) {
    const [date = '', time = ''] = clock.format(at).split(' ')
    quarters.push({ at, date, time })
  }
  walks.set(key, quarters)
  return quarters
}
