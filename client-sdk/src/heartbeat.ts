// Notices that the server's heartbeat is overdue, long before the connection counts as lost.
import { type Clock, stopwatch } from './clock.ts'

/** A heartbeat may be this much late. */
const SLACK_MS = 2_000

export interface Heartbeat {
  /** The server was heard now; the next time is due within `intervalMs`. */
  beat(intervalMs: number): void
  /** The last beat is overdue, whether or not the page was awake to notice. */
  overdue(): boolean
  stop(): void
}

export function createHeartbeat(clock: Clock, onOverdue: () => void): Heartbeat {
  let since = () => 0
  let patience = 0
  let cancel: () => void = () => undefined
  return {
    beat(intervalMs) {
      cancel()
      since = stopwatch(clock)
      patience = intervalMs + SLACK_MS
      cancel = clock.after(patience, onOverdue)
    },
    overdue: () => since() > patience,
    stop: () => cancel(),
  }
}
