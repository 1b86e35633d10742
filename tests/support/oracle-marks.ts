// Which branches of the rules random histories have passed: a run that never met one of them proved nothing about it.

/** Each is marked by the oracle where it obeys the rule. */
const MARKS = [
  'CA2.1 overdrawn',
  'CA2.2 blocked',
  'CA2.3 all used up',
  'CA2.4 busy',
  'CA2.5 available',
  'CA4 work ends a default',
  'CA4 work ends a choice',
  'CA4 her own work ends a hold',
  'CA4 work of others leaves a hold',
  'CA4 closing a wrap-up that holds nothing',
  'CA5 new limits end what is passing',
  'CA5 new limits leave what is passing',
  'CA6 closed work is counted',
  'CA6 a wrap-up counts until the reset',
  'CA6 counted once',
  'CA6 a reset',
  'CA6 open over a reset',
  'CA8 wrap-up that holds',
  'CA8 wrap-up that holds nothing',
  'CA8 wrap-up for a time',
  'CA8 a time is over',
  'CA9 overlooked',
  'DI2 back at the last instant',
  'DI4 signed out',
  'DI6 a server is gone',
  'DI7 handover',
  'DI7 back from a handover',
  'DI7 nobody came back',
  'DI8 signed out at once',
  'DI8 signed out, and may be back',
  'MA4 a choice replaces a hold',
  'MA5 by somebody else',
  'MA6 expired',
  'MA7 queued',
  'MA7 applied',
  'MA7 cancelled',
  'MA8 for somebody absent',
  'MA9 reset of a hold',
  'MA9 reset of a choice',
  'MA10 exactly the same',
  'NO2 missed',
  'NO2 missed, no hold by policy',
  'NO3 rejected',
  'NO3 rejected, no hold by policy',
  'NO4 no hold under a sticky choice',
  'NO5 not rejectable',
  'NO5 a miss that does not count',
  'NO8 withdrawn from somebody absent',
  'NO8 withdrawn at a sign-out',
  'NO8 back before an offer ended',
  'NO10 withdrawn by a choice',
  'NO10 withdrawn by a hold',
  'NO11 no hold for somebody signed out',
  'RO7 no room',
  'RO7 a next choice',
  'RO7 not connected',
  'RO7 forced',
  'SE2 refused, and held',
  'SE2 taken, and held',
  'SE3 below the limit',
  'SI1 default',
  'SI1 with work',
  'SI1 default although there is work',
  'ST6 a waiting choice dropped',
  'ST7 other workstreams only',
  'TR1 to a colleague',
  'TR2 to a queue',
  'TR3 no shared queue',
  'TR3 not connected',
  'TR4 offered on',
  'TR4 accepted',
  'TR4 declined',
  'WK3 gone',
  'WK3 reopened',
  'WK3 forgotten after a day',
  'WK3 an offered item assigned',
  'WK4 not hers to report',
  'WK7 routed work released',
  'WK7 left lying',
  'WK7 left lying, on offer to another',
  'WK8 stale',
  'WK8 touched',
  'WK9 picked',
  'WK9 picked from a queue',
  'WK9 not to pick',
  'WK9 fifty open items',
] as const

export type Mark = (typeof MARKS)[number]

export interface Coverage {
  mark(name: Mark): void
  /** How often something was passed, by name; the outcome of every kind of event among them. */
  count(name: string): void
  counts(): Readonly<Record<string, number>>
}

export function createCoverage(): Coverage {
  const counts: Record<string, number> = {}
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1
  }
  return { mark: count, count, counts: () => counts }
}

/** So rarely met that a short run may miss them. */
const RARE: readonly string[] = [
  'CA6 counted once',
  'DI7 back from a handover',
  'MA7 cancelled',
  'NO8 back before an offer ended',
  'ST6 a waiting choice dropped',
  'WK7 left lying, on offer to another',
]
const LONG_RUN = 50_000

/** The marks that these counts, of so many histories, lack. */
export function neverPassed(counts: Readonly<Record<string, number>>, histories: number): readonly string[] {
  const expected = histories < LONG_RUN ? MARKS.filter(name => !RARE.includes(name)) : MARKS
  return expected.filter(name => counts[name] === undefined)
}
