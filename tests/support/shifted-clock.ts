// Real time that a test can move on: wall and elapsed time jump, and calls that become due by it are made at once.
// For servers with real sockets, whose own timers must go on.

import type { Clock } from '../../server/src/clock.ts'

export interface ShiftedClock extends Clock {
  shift(ms: number): void
}

interface Call {
  readonly at: number
  readonly callback: () => void
  timer: NodeJS.Timeout
}

export function createShiftedClock(): ShiftedClock {
  let offset = 0
  const calls = new Set<Call>()
  const elapsed = () => performance.now() + offset

  function make(call: Call): void {
    clearTimeout(call.timer)
    if (calls.delete(call)) call.callback()
  }

  return {
    wall: () => Date.now() + offset,
    elapsed,
    after(ms, callback) {
      const call: Call = { at: elapsed() + ms, callback, timer: setTimeout(() => make(call), ms) }
      call.timer.unref()
      calls.add(call)
      return () => {
        clearTimeout(call.timer)
        calls.delete(call)
      }
    },
    shift(ms) {
      offset += ms
      const due = [...calls].filter(call => call.at <= elapsed()).sort((one, other) => one.at - other.at)
      for (const call of due) make(call)
    },
  }
}
