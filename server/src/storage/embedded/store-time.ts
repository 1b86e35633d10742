// The store's time: the wall clock, except that it never runs backwards. When the wall clock is set back, time goes
// on from where it was, by monotonic elapsed time; when it is set forward (or the machine slept), time follows at
// once, and what became due by it is due. A restart continues at the last stored time if the wall clock is behind it.

import type { Clock } from '../../clock.ts'

/** Returns `now`, in whole ms, never below `floor` and never below what it answered before. */
export function createStoreTime(clock: Clock, floor: number): () => number {
  let time = Math.max(clock.wall(), floor)
  let elapsed = clock.elapsed()

  return () => {
    const passed = Math.max(0, clock.elapsed() - elapsed)
    elapsed += passed
    time = Math.max(clock.wall(), time + passed)
    return Math.floor(time)
  }
}
