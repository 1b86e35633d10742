// B8: a watcher joins who may see 10,000: how long until the whole state is there, and what the others feel of it.

import { startActor } from '../load/actor.ts'
import type { Span } from '../load/audience.ts'
import type { Joiners } from '../load/joiners.ts'
import { median, quantile } from '../load/numbers.ts'
import { rollcall, TUTORIAL } from '../servers/sides.ts'
import { type Floor, withFloors } from './floor.ts'
import { inTurns } from './rounds.ts'
import { type Options, type Result, setUpOf } from './scenario.ts'

const FULL = { representatives: 10_000, joins: 20, perSecond: 1_000 }
const QUICK = { representatives: 500, joins: 3, perSecond: 100 }
const TOGETHER = 10
/** Between two joins, so that each finds the server as the first did. */
const PAUSE_MS = 200

interface JoinFigures {
  /** To the last byte of the state, by joiner. */
  readonly ms: readonly number[]
  /** Of changes that were sent while somebody was joining. */
  readonly othersP99Ms: number
  readonly othersCount: number
}

interface SnapshotFigures {
  readonly calmP99Ms: number
  readonly alone: JoinFigures
  readonly together: JoinFigures
}

export async function b8({ quick, rounds, profileTo, say }: Options): Promise<Result> {
  const sizes = quick ? QUICK : FULL
  const sides = [rollcall(profileTo), TUTORIAL]
  return withFloors(sides, sizes.representatives, async floors => {
    say(`${rounds} rounds of ${sizes.joins} joins, alone and ${TOGETHER} together`)
    const figures = await inTurns(rounds, floors, floor => measure(floor, sizes))
    const row = (what: string, pick: (one: SnapshotFigures) => number, target?: string) => ({
      what,
      values: figures.medians(pick),
      digits: 1,
      ...(target && { target }),
    })
    return {
      title: 'B8 snapshot',
      how: {
        ...sizes,
        together: TOGETHER,
        rounds,
        state:
          'from sending `watch` to the last byte of the whole state; joiners are in a process of their own, and what they got is checked afterwards',
        others:
          'one watcher of all; from sending a command to its receipt, for changes that were sent while somebody was joining',
      },
      sides: setUpOf(sides),
      rows: [
        row('whole state ms, one joins', ({ alone }) => median(alone.ms), '<= 60'),
        row('whole state ms, ten at once', ({ together }) => median(together.ms)),
        row('others p99 ms, nobody joins', ({ calmP99Ms }) => calmP99Ms),
        row('others p99 ms, one joins', ({ alone }) => alone.othersP99Ms, '<= 50'),
        row('others p99 ms, ten at once', ({ together }) => together.othersP99Ms, '<= 50'),
      ],
      checks: [],
      raw: figures.bySide,
    }
  })
}

async function measure(
  { side, server, fleet, audience, representatives }: Floor,
  { joins, perSecond }: typeof FULL,
): Promise<SnapshotFigures> {
  const { dialect } = side
  const joiners = startActor<Joiners>('./joiners.js')
  try {
    await audience.call('join', { dialect, url: server.url, count: 1, representatives })
    const joined = async (count: number): Promise<JoinFigures> => {
      const spans: Span[] = []
      await during(async () => {
        for (let i = 0; i < joins; i++) {
          await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
          spans.push(...(await joiners.call('join', { dialect, url: server.url, count, representatives })))
        }
      })
      const delays = await audience.call('delaysWithin', spans)
      const ms = spans.map(({ from, to }) => to - from)
      return { ms, othersP99Ms: p99(delays), othersCount: delays.length }
    }
    await during(() => new Promise(resolve => setTimeout(resolve, joins * PAUSE_MS)))
    const calm = await audience.call('delaysWithin', [{ from: 0, to: Number.POSITIVE_INFINITY }])
    return { calmP99Ms: p99(calm), alone: await joined(1), together: await joined(TOGETHER) }
  } finally {
    await audience.call('leave', null)
    await joiners.stop()
  }

  /** Changes go on while `run` runs. */
  async function during(run: () => Promise<unknown>): Promise<void> {
    await audience.call('begin', { keepEach: true })
    let isOver = false
    const changes = async () => {
      while (!isOver) await fleet.call('pace', { kind: 'stamped', perSecond, seconds: 0.5 })
    }
    const changing = changes()
    try {
      await run()
    } finally {
      isOver = true
      await changing
    }
  }
}

function p99(delays: readonly number[]): number {
  return quantile(Float64Array.from(delays).sort(), 0.99)
}
