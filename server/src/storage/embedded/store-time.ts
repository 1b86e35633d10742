// The store's time: the wall clock, except that it never runs backwards. When the wall clock is set back, time goes
// on from where it was, by monotonic elapsed time; when it is set forward (or the machine slept), time follows at
// once, and what became due by it is due. A restart continues at the last stored time if the wall clock is behind it.

import type { Clock } from '../../clock.ts'

/**
 * ms. If time leads the wall clock by no more, it stands until that has caught up. Otherwise each millisecond by which
 * the two clocks differ in speed, or by which sums of them are rounded, would stay for ever (seen: 10 ms in 8 s).
 */
const STANDS = 50

/** Returns `now`, in whole ms, never below `floor` and never below what it answered before. */
export function createStoreTime(clock: Clock, floor: number): () => number {
  let last = Math.max(clock.wall(), floor)
  /** Where time was when the wall clock was left, and when that was. */
  let base = last
  let since = clock.elapsed()

  return () => {
    const wall = clock.wall()
    const elapsed = clock.elapsed()
    const steady = base + Math.floor(elapsed - since)
    if (steady - wall > STANDS) last = Math.max(last, steady)
    else {
      last = Math.max(last, wall)
      base = last
      since = elapsed
    }
    return last
  }
}
