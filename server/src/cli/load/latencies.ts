// Latencies of any number in bounded memory: buckets that each are 2 % wider than the one before.

export interface Latencies {
  add(ms: number): void
  count(): number
  /** In ms, at most 2 % too high; NaN when nothing was added. `quantile(1)` is the greatest. */
  quantile(q: number): number
}

const LEAST_MS = 0.01
const GROWTH = Math.log(1.02)

export function createLatencies(): Latencies {
  const buckets: number[] = []
  let count = 0
  let greatest = 0
  return {
    add(ms) {
      const bucket = Math.max(0, Math.ceil(Math.log(ms / LEAST_MS) / GROWTH))
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
      count += 1
      greatest = Math.max(greatest, ms)
    },
    count: () => count,
    quantile(q) {
      if (count === 0) return Number.NaN
      let before = 0
      for (let bucket = 0; bucket < buckets.length; bucket++) {
        before += buckets[bucket] ?? 0
        if (before >= q * count) return Math.min(greatest, LEAST_MS * Math.exp(bucket * GROWTH))
      }
      return greatest
    },
  }
}
