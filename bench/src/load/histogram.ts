// Delays in buckets of a tenth of a millisecond, up to a minute: millions of them cost nothing to keep.

export interface Histogram {
  add(ms: number): void
  /** In ms; NaN when nothing was added. */
  quantile(q: number): number
}

const PER_MS = 10
const MOST_MS = 60_000

export function createHistogram(): Histogram {
  const buckets = new Uint32Array(MOST_MS * PER_MS + 1)
  let count = 0
  return {
    add(ms) {
      const bucket = Math.round(Math.min(MOST_MS, Math.max(0, ms)) * PER_MS)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
      count += 1
    },
    quantile(q) {
      let before = 0
      const rank = Math.ceil(q * count)
      if (count === 0) return Number.NaN
      for (let bucket = 0; ; bucket++) {
        before += buckets[bucket] ?? 0
        if (before >= rank) return bucket / PER_MS
      }
    },
  }
}
