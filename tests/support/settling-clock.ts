// A clock that a test moves; whatever one call started comes to rest before the next, as it would in real time.

import type { Clock } from '../../server/src/clock.ts'

export interface SettlingClock extends Clock {
  /** Moves both times on and makes the calls that become due, earliest first. */
  advance(ms: number): Promise<void>
}

interface Call {
  readonly at: number
  readonly callback: () => void
}

/** `start`: wall-clock time in ms since 1970. */
export function createSettlingClock(start = Date.UTC(2026, 10, 23, 9)): SettlingClock {
  const calls = new Set<Call>()
  let elapsed = 0

  return {
    wall: () => start + elapsed,
    elapsed: () => elapsed,
    after(ms, callback) {
      const call = { at: elapsed + Math.max(0, ms), callback }
      calls.add(call)
      return () => calls.delete(call)
    },
    async advance(ms) {
      const until = elapsed + ms
      for (;;) {
        await settle()
        const next = earliest(calls, until)
        if (!next) break
        calls.delete(next)
        elapsed = Math.max(elapsed, next.at)
        next.callback()
      }
      elapsed = until
      await settle()
    },
  }
}

function earliest(calls: ReadonlySet<Call>, until: number): Call | null {
  let first: Call | null = null
  for (const call of calls) if (call.at <= until && (!first || call.at < first.at)) first = call
  return first
}

/** A commit to a store in memory needs a few turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}
