// A manual clock for whatever commits: what one call started comes to rest before the next, as it would in real time.

import type { Clock } from '../../server/src/clock.ts'
import { createManualClock } from './manual-clock.ts'

export interface SettlingClock extends Clock {
  /** Moves both times on and makes the calls that become due, earliest first. */
  advance(ms: number): Promise<void>
}

/** `start`: wall-clock time in ms since 1970. */
export function createSettlingClock(start = Date.UTC(2026, 10, 23, 9)): SettlingClock {
  const clock = createManualClock(start)
  return {
    wall: clock.wall,
    elapsed: clock.elapsed,
    after: clock.after,
    async advance(ms) {
      const until = clock.elapsed() + ms
      do await settle()
      while (clock.step(until))
      clock.advance(until - clock.elapsed())
      await settle()
    },
  }
}

/** A commit to a store in memory needs a few turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}
