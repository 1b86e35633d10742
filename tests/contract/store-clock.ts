// A clock whose wall and elapsed time can be moved apart: somebody sets the time, and none passes.

import type { Clock } from '../../server/src/clock.ts'

export interface StoreClock extends Clock {
  /** Both move on. Timers are not called: a store needs none to be right. */
  advance(ms: number): void
  setWall(at: number): void
}

export function createStoreClock(startAt = Date.UTC(2026, 0, 5, 9)): StoreClock {
  let wall = startAt
  let elapsed = 0
  return {
    wall: () => wall,
    elapsed: () => elapsed,
    after: () => () => {},
    advance(ms) {
      wall += ms
      elapsed += ms
    },
    setWall(at) {
      wall = at
    },
  }
}
