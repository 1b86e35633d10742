// A clock that moves only when a test says so. Wall clock and elapsed time can be moved apart.

import type { Clock } from '../../server/src/clock.ts'

export interface ManualClock extends Clock {
  /** Both move on; calls that become due are made, earliest first. */
  advance(ms: number): void
  /** Moves on to the earliest call due by then and makes it. False: there was none, and nothing moved. */
  step(until: number): boolean
  /** Somebody sets the wall clock; no time passes. */
  setWall(at: number): void
}

interface Call {
  readonly at: number
  readonly callback: () => void
}

export function createManualClock(startAt = Date.UTC(2026, 0, 5, 9)): ManualClock {
  let wall = startAt
  let elapsed = 0
  const calls = new Set<Call>()

  function moveTo(target: number): void {
    wall += target - elapsed
    elapsed = target
  }

  function step(until: number): boolean {
    const [next] = [...calls].filter(call => call.at <= until).sort((one, other) => one.at - other.at)
    if (!next) return false
    calls.delete(next)
    moveTo(Math.max(elapsed, next.at))
    next.callback()
    return true
  }

  return {
    wall: () => wall,
    elapsed: () => elapsed,
    after(ms, callback) {
      const call = { at: elapsed + ms, callback }
      calls.add(call)
      return () => calls.delete(call)
    },
    step,
    advance(ms) {
      const target = elapsed + ms
      while (step(target)) {}
      moveTo(target)
    },
    setWall(at) {
      wall = at
    },
  }
}
