// Closed-loop load: a fixed number of commands in flight over many sockets, latencies kept whole.

import { quantile } from './numbers.ts'

export interface Measured {
  readonly commands: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Runs `send(i)` `total` times with `inFlight` at once; `send` resolves at its acknowledgement. */
export async function runLoad(
  total: number,
  inFlight: number,
  send: (i: number) => Promise<void>,
): Promise<Measured> {
  const latencies = new Float64Array(total)
  let next = 0
  const begin = performance.now()
  await Promise.all(Array.from({ length: Math.min(inFlight, total) }, worker))
  return measuredOf(latencies, begin)

  async function worker(): Promise<void> {
    while (next < total) {
      const i = next++
      const sent = performance.now()
      await send(i)
      latencies[i] = performance.now() - sent
    }
  }
}

export function measuredOf(latencies: Float64Array, begin: number): Measured {
  const seconds = (performance.now() - begin) / 1000
  latencies.sort()
  return {
    commands: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  }
}
