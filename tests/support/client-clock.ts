// A clock for the client: it stands until it is told to move, and can sleep as a laptop does.

export interface ClientClock {
  wall(): number
  elapsed(): number
  after(ms: number, callback: () => void): () => void
  /** Both clocks move on; what falls due on the way is called, in order. */
  advance(ms: number): void
  /** As a machine that sleeps: the wall clock goes on, the monotonic one and the timers stand. */
  sleep(ms: number): void
  /** How many calls are pending: what somebody forgot to cancel. */
  pending(): number
}

export function createClientClock(start = Date.parse('2026-11-23T09:00:00.000Z')): ClientClock {
  let elapsed = 0
  let slept = 0
  let timers: readonly { readonly at: number; readonly callback: () => void }[] = []
  return {
    wall: () => start + elapsed + slept,
    elapsed: () => elapsed,
    after(ms, callback) {
      const timer = { at: elapsed + Math.max(0, ms), callback }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter(each => each !== timer)
      }
    },
    advance(ms) {
      const end = elapsed + ms
      for (;;) {
        const due = timers.filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers = timers.filter(each => each !== due)
        elapsed = Math.max(elapsed, due.at)
        due.callback()
      }
      elapsed = end
    },
    sleep(ms) {
      slept += ms
    },
    pending: () => timers.length,
  }
}
