// For what takes milliseconds and may be asked for often: one piece a turn of the event loop, whoever asks, so that a
// burst of it makes others wait for one piece and not for all.

import { setImmediate } from 'node:timers/promises'

/** Resolves when it is the caller's turn. */
export type Turns = () => Promise<void>

export function createTurns(): Turns {
  let lane: Promise<void> = Promise.resolve()
  return () => {
    lane = lane.then(() => setImmediate())
    return lane
  }
}
