// What a chaos run counts, and how it says it: one line a figure, so that two runs can be laid side by side.

export interface Figures {
  add(what: string, by?: number): void
  of(what: string): number
  /** The highest value that was seen. */
  peak(what: string, value: number): void
  /** Delays are counted apart for each phase of the run; the present one is this from now on. */
  phase(name: string): void
  /** ms from a commit to its receipt by a watcher that reads. */
  delay(ms: number): void
  /** ms within which this share of a phase's delays lies. */
  percentile(phase: string, share: number): number
  print(title: string): void
}

/** Delays are kept by the millisecond: a list of millions would be the memory that is to be watched. */
const LONGEST_MS = 30_000

export function createFigures(first: string): Figures {
  const counts = new Map<string, number>()
  const delays = new Map<string, Uint32Array>()
  let present = slotsOf(first)

  function slotsOf(phase: string): Uint32Array {
    const slots = delays.get(phase) ?? new Uint32Array(LONGEST_MS + 1)
    delays.set(phase, slots)
    return slots
  }

  function percentile(phase: string, share: number): number {
    const slots = slotsOf(phase)
    let left = total(slots) * share
    for (const [ms, count] of slots.entries()) {
      left -= count
      if (left <= 0) return ms
    }
    return LONGEST_MS
  }

  return {
    add(what, by = 1) {
      counts.set(what, (counts.get(what) ?? 0) + by)
    },
    of: what => counts.get(what) ?? 0,
    peak(what, value) {
      counts.set(what, Math.max(counts.get(what) ?? 0, value))
    },
    phase(name) {
      present = slotsOf(name)
    },
    delay(ms) {
      const slot = Math.min(LONGEST_MS, Math.max(0, Math.ceil(ms)))
      present[slot] = (present[slot] ?? 0) + 1
    },
    percentile,
    print(title) {
      const lines = [...counts]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([what, count]) => `  ${what}: ${count.toLocaleString('en')}`)
      const late = [...delays].map(([phase, slots]) => {
        const [p50, p99, longest] = [0.5, 0.99, 1].map(share => percentile(phase, share))
        const measured = total(slots).toLocaleString('en')
        return `  delay ${phase}, of ${measured} changes: p50 ${p50} ms, p99 ${p99} ms, longest ${longest} ms`
      })
      process.stdout.write(`${[title, ...lines, ...late].join('\n')}\n`)
    },
  }
}

function total(slots: Uint32Array): number {
  return slots.reduce((sum, count) => sum + count, 0)
}
