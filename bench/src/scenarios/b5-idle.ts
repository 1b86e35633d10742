// B5: 10,000 connected, and nothing happens for a minute. All sides are idle in the same windows, so that whatever
// else the machine does meets them alike.

import { median, sum } from '../load/numbers.ts'
import { BARE, rollcall } from '../servers/sides.ts'
import { withFloors } from './floor.ts'
import { type Options, type Result, setUpOf } from './scenario.ts'

/** A window holds each socket's heartbeat once. */
const WINDOW_MS = 10_000
const FULL = { representatives: 10_000, windows: 6 }
const QUICK = { representatives: 500, windows: 1 }

export async function b5({ quick, profileTo, say }: Options): Promise<Result> {
  const { representatives, windows } = quick ? QUICK : FULL
  const sides = [rollcall(profileTo), BARE]
  return withFloors(sides, representatives, async floors => {
    const used: Record<string, number[]> = Object.fromEntries(sides.map(({ name }) => [name, []]))
    for (let window = 1; window <= windows; window++) {
      say(`window ${window} of ${windows}, ${WINDOW_MS / 1000} s`)
      const before = floors.map(({ server }) => server.cpuMs())
      const began = performance.now()
      await new Promise(resolve => setTimeout(resolve, WINDOW_MS))
      const seconds = (performance.now() - began) / 1000
      floors.forEach(({ side, server }, i) => {
        used[side.name]?.push((server.cpuMs() - (before[i] ?? 0)) / seconds)
      })
    }
    const per = (of: (list: readonly number[]) => number) =>
      Object.fromEntries(Object.entries(used).map(([name, list]) => [name, of(list)]))
    const whole: Readonly<Record<string, number>> = per(list => sum(list) / list.length)
    return {
      title: 'B5 idle',
      how: { representatives, windows, windowSeconds: WINDOW_MS / 1000, cpu: 'of the whole server process' },
      sides: setUpOf(sides),
      rows: [
        {
          what: 'CPU ms/s',
          values: whole,
          digits: 1,
          ratio: (whole['rollcall'] ?? Number.NaN) / (whole[BARE.name] ?? Number.NaN),
          target: '<= 1.15 of bare',
        },
        { what: 'CPU ms/s, median window', values: per(median), digits: 1 },
      ],
      checks: [],
      raw: used,
    }
  })
}
