// Which instant a local time is (CA6): exact over daylight-saving changes, by the time zones that Intl knows. Pure.

export interface LocalInstant {
  readonly at: number
  /** The local date whose time it is: `2026-11-24`. */
  readonly localDate: string
}

/**
 * The first instant later than `after` that is, for some local date, the first at or after `time` (`HH:MM`): a time
 * that the clocks skip is the end of the skip, of a time that comes twice it is the first. `notBy`: only dates later
 * than this one; null: any.
 */
export function nextLocalTime(
  timeZone: string,
  time: string,
  after: number,
  notBy: string | null,
): LocalInstant {
  const wall = wallOf(timeZone)
  const next = (day: number): LocalInstant => {
    const localDate = dateOf(day)
    const at = firstAt(wall, minuteOf(localDate, time))
    const early = at <= after || (notBy !== null && localDate <= notBy)
    return early || !isDate(wall, day) ? next(day + DAY_MS) : { at, localDate }
  }
  // A time that was skipped at the end of a day can end on the day after it.
  return next(Math.floor(wall(after) / DAY_MS) * DAY_MS - DAY_MS)
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** What the clocks on the wall show, as milliseconds: the instant at which clocks in UTC show the same. */
type Wall = (at: number) => number

type Shown = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>

/** Making a format costs more than all that is asked of it; there are as many as zones that tenants name. */
const FORMATS = new Map<string, Intl.DateTimeFormat>()

function wallOf(timeZone: string): Wall {
  const format = FORMATS.get(timeZone) ?? newFormat(timeZone)
  return at => {
    const parts = format.formatToParts(at).map(({ type, value }) => [type, Number(value)])
    const { year, month, day, hour, minute, second } = Object.fromEntries(parts) as Shown
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1_000) + 1_000) % 1_000)
  }
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  FORMATS.set(timeZone, format)
  return format
}

/** The first instant at which the clocks show `shown` or have skipped it. */
function firstAt(wall: Wall, shown: number): number {
  // No zone is further than a day from UTC, and none changes its clocks twice within two days.
  const before = shown - offsetAt(wall, shown - DAY_MS)
  const after = shown - offsetAt(wall, shown + DAY_MS)
  const [early, late] = before < after ? [before, after] : [after, before]
  const exact = [early, late].find(at => wall(at) === shown)
  return exact ?? endOfSkip(wall, shown, early, late)
}

function offsetAt(wall: Wall, at: number): number {
  return wall(at) - at
}

/** Clocks change on whole minutes. Before: earlier than `shown`; after: later. */
function endOfSkip(wall: Wall, shown: number, before: number, after: number): number {
  if (after - before <= MINUTE_MS) return after
  const middle = before + Math.floor((after - before) / MINUTE_MS / 2) * MINUTE_MS
  return wall(middle) < shown ? endOfSkip(wall, shown, middle, after) : endOfSkip(wall, shown, before, middle)
}

/** False of a date that a zone left out when it moved over the date line. */
function isDate(wall: Wall, day: number): boolean {
  return wall(firstAt(wall, day)) < day + DAY_MS
}

function dateOf(day: number): string {
  return new Date(day).toISOString().slice(0, 10)
}

function minuteOf(localDate: string, time: string): number {
  return Date.parse(`${localDate}T${time}:00Z`)
}
