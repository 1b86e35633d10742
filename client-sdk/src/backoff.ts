// How long to wait before connecting again. Random, so that a thousand tabs that lost one server don't return
// in one wave.

export const FIRST_DELAY_MS = 500
export const LONGEST_DELAY_MS = 5_000

/**
 * Delay before the `attempt`-th try (from 1): 500 ms up to a ceiling that doubles from 1 s to 5 s. Evenly spread
 * from the floor rather than around a mean: the first wave after a loss is the widest one that matters.
 */
export function delayBefore(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10))
  return Math.round(FIRST_DELAY_MS + random() * (ceiling - FIRST_DELAY_MS))
}
