// Tokens that come back at a steady rate up to a burst. Synchronous and without a timer: one stands before
// every frame of every socket.

export interface TokenBucket {
  /** Takes one. 0: granted; otherwise how many ms until the next is there. */
  take(): number
}

/** `elapsed` is monotonic time in ms. */
export function createTokenBucket(perSecond: number, burst: number, elapsed: () => number): TokenBucket {
  let tokens = burst
  let filledAt = elapsed()
  return {
    take() {
      const now = elapsed()
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond)
      filledAt = now
      if (tokens < 1) return Math.ceil(((1 - tokens) / perSecond) * 1000)
      tokens -= 1
      return 0
    },
  }
}
