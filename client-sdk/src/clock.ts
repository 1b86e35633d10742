// Time as the SDK sees it; tests inject their own.

export interface Clock {
  /** Wall-clock time in ms since 1970. May jump. */
  wall(): number
  /** Monotonic time in ms. Never jumps, but on some machines stands still while they sleep. */
  elapsed(): number
  /** Calls back once after `ms`. Returns its undo. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** Milliseconds since it was made, by whichever of the two clocks saw more: a machine that slept has aged. */
export function stopwatch(clock: Clock): () => number {
  const wall = clock.wall()
  const elapsed = clock.elapsed()
  return () => Math.max(clock.wall() - wall, clock.elapsed() - elapsed)
}
