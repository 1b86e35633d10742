// Open-loop load: so many commands a second, whether or not those before have been answered.

import { type Measured, measuredOf } from './closed-loop.ts'
import { quantile } from './numbers.ts'

export interface Paced extends Measured {
  /** How late commands left, p99 in ms: if that is much, the load generator was the bottleneck. */
  readonly lateP99Ms: number
}

const TICK_MS = 2

/** Resolves when the last is acknowledged. Latencies count from the instant at which a command was due. */
export async function paceLoad(
  perSecond: number,
  seconds: number,
  send: (i: number) => Promise<void>,
): Promise<Paced> {
  const total = Math.round(perSecond * seconds)
  const latencies = new Float64Array(total)
  const late = new Float64Array(total)
  const under: Promise<void>[] = []
  const begin = performance.now()
  const dueAt = (i: number) => begin + (i * 1000) / perSecond
  let next = 0
  await new Promise<void>(resolve => {
    const tick = setInterval(() => {
      for (const now = performance.now(); next < total && dueAt(next) <= now; next++) under.push(one(next))
      if (next < total) return
      clearInterval(tick)
      resolve()
    }, TICK_MS)
  })
  await Promise.all(under)
  return { ...measuredOf(latencies, begin), lateP99Ms: quantile(late.sort(), 0.99) }

  async function one(i: number): Promise<void> {
    late[i] = performance.now() - dueAt(i)
    await send(i)
    latencies[i] = performance.now() - dueAt(i)
  }
}
