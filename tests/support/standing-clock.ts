// Time that stands still until a test moves it, for a server with real sockets: the store's time is then known to the
// millisecond. What is called later is called by real time, too, so that pings and batches go on.

import type { ShiftedClock } from './shifted-clock.ts'

interface Call {
  readonly at: number
  readonly callback: () => void
  readonly timer: NodeJS.Timeout
}

/** The longest that a timer can wait. */
const LONGEST_MS = 2_147_483_647

export function createStandingClock(startAt: number): ShiftedClock {
  let passed = 0
  const calls = new Set<Call>()

  function make(call: Call): void {
    clearTimeout(call.timer)
    if (calls.delete(call)) call.callback()
  }

  return {
    wall: () => startAt + passed,
    elapsed: () => passed,
    after(ms, callback) {
      const timer = setTimeout(() => make(call), Math.min(ms, LONGEST_MS))
      timer.unref()
      const call: Call = { at: passed + ms, callback, timer }
      calls.add(call)
      return () => {
        clearTimeout(timer)
        calls.delete(call)
      }
    },
    shift(ms) {
      passed += ms
      const due = [...calls].filter(call => call.at <= passed).sort((one, other) => one.at - other.at)
      for (const call of due) make(call)
    },
  }
}
