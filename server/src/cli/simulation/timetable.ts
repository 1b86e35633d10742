// When things are due in a shift of a given length: its night, and the end of day of its cases.

import type { Day } from './floor.ts'

export interface Timetable {
  readonly day: Day
  /** `HH:MM` in UTC. */
  readonly endOfDay: string
  /** Whether that is within the shift. */
  readonly dayEnds: boolean
  /** Long and lively enough to hold every kind of event. */
  readonly isWhole: boolean
}

export interface TimetableOptions {
  /** ms since 1970. */
  readonly beginsAt: number
  readonly lengthMs: number
  readonly pace: number
  readonly people: number
  readonly offerTimeoutMs: number
  readonly windowMs: number
  readonly cuts: boolean
}

/** The night begins at a moment of the script, so that a seed repeats it. */
const NIGHT_SHARE = 0.55
/** The day ends with a full minute of the clock, in the middle of the shift if there is one. */
const DAY_ENDS_SHARE = 0.45
const MINUTE_MS = 60_000
/** For whoever has been closing cases to be seen, and the end of the shift to stay apart. */
const MARGIN_MS = 10_000
const WHOLE = { scriptMs: 40 * MINUTE_MS, people: 25 }

export function timetableOf(options: TimetableOptions): Timetable {
  const { beginsAt, lengthMs, pace, people, offerTimeoutMs, windowMs, cuts } = options
  const endsAt = Math.ceil((beginsAt + lengthMs * DAY_ENDS_SHARE) / MINUTE_MS) * MINUTE_MS
  return {
    day: {
      windowMs: windowMs * pace,
      offerTimeoutMs: offerTimeoutMs * pace,
      nightFromMs: lengthMs * pace * NIGHT_SHARE,
      drills: true,
      cuts,
    },
    endOfDay: new Date(endsAt).toISOString().slice(11, 16),
    dayEnds: endsAt < beginsAt + lengthMs - MARGIN_MS,
    isWhole: lengthMs * pace >= WHOLE.scriptMs && people >= WHOLE.people,
  }
}
