// The server's clock as seen from here: the median offset of the last messages that carried `serverTime`.
import type { Clock } from './clock.ts'

/** Odd, so that the median is a sample; small, so that a corrected local clock is believed soon. */
const SAMPLES = 9

export interface ServerTime {
  /** Takes an ISO 8601 instant that a message has just brought. */
  heard(serverTime: string): void
  /** Milliseconds since 1970 by the server's clock; the local clock before the first message. */
  now(): number
  /** Forgets all samples: another node, or a machine that slept. */
  reset(): void
}

export function createServerTime(clock: Clock): ServerTime {
  let offsets: number[] = []
  let median = 0
  return {
    heard(serverTime) {
      offsets = [...offsets, Date.parse(serverTime) - clock.wall()].slice(-SAMPLES)
      median = [...offsets].sort((a, b) => a - b)[offsets.length >> 1] ?? 0
    },
    now: () => clock.wall() + median,
    reset() {
      offsets = []
    },
  }
}
