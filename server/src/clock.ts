// Time as a dependency: nothing below the composition root reads a global clock or sets a global timer for a rule.

export interface Clock {
  /** Wall-clock time in ms since 1970. May jump. */
  wall(): number
  /** Monotonic time in ms since an arbitrary start. Never jumps. */
  elapsed(): number
  /** Calls back once after `ms` of elapsed time. Returns its undo. A pending call keeps no process alive. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
