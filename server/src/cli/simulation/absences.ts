// I7 without asking the server: how long somebody was away, by the clock of those who closed and opened the
// connection, and whether what came with the new one was restored.

import type { PresenceView } from '@rollcall/shared'
import type { Verdicts } from './invariants.ts'

export interface Absence {
  readonly id: string
  readonly awayMs: number
  /** How late the server may have noticed, ms. */
  readonly noticedMs: number
  /** The server was away too: the window began when it was back (DI6). */
  readonly outage: boolean
}

/** Between the clocks, and for the handshake on a busy machine. */
const SLACK_MS = 2_000
const EARLY_MS = 250

export function checkAbsence(
  verdicts: Verdicts,
  { id, awayMs, noticedMs, outage }: Absence,
  windowMs: number,
  { cause: { event } }: PresenceView,
): void {
  const what = () => `${event} after ${awayMs} ms, with a window of ${windowMs} ms`
  if (event === 'signed-in') verdicts.check('I7', id, awayMs >= windowMs - EARLY_MS, what)
  if (event === 'reconnected' && !outage)
    verdicts.check('I7', id, awayMs <= windowMs + noticedMs + SLACK_MS, what)
}
