// B6: does a change cost more when more representatives are known, or telling it when more watch?

import { median } from '../load/numbers.ts'
import { rollcall } from '../servers/sides.ts'
import { measureCommands } from './b2-commands.ts'
import { measureBurst } from './fan-out.ts'
import { type Floor, openFloor } from './floor.ts'
import { type Options, type Result, type Row, setUpOf } from './scenario.ts'
import { storeMore } from './stored.ts'

interface Sizes {
  readonly representatives: readonly number[]
  readonly watchers: readonly number[]
  /** Where the number of watchers grows, and where that of representatives does. */
  readonly usual: { readonly representatives: number; readonly watchers: number }
  /** No more of them have a socket; the others are stored and signed out. */
  readonly connected: number
  readonly commands: number
  readonly burst: number
}

const FULL: Sizes = {
  representatives: [1_000, 10_000, 50_000],
  watchers: [10, 100, 1_000],
  usual: { representatives: 10_000, watchers: 100 },
  connected: 10_000,
  commands: 20_000,
  burst: 10_000,
}
const QUICK: Sizes = {
  representatives: [100, 400, 1_000],
  watchers: [5, 20, 50],
  usual: { representatives: 400, watchers: 20 },
  connected: 400,
  commands: 1_000,
  burst: 1_000,
}

interface GrowthFigures {
  readonly cpuUsPerCommand: number
  readonly cpuUsPerChange: number
  readonly cpuUsPerDelivered: number
  readonly behind: number
}

export async function b6({ quick, rounds, profileTo, say }: Options): Promise<Result> {
  const sizes = quick ? QUICK : FULL
  const { usual, connected } = sizes
  const grown: { readonly name: string; readonly rounds: readonly GrowthFigures[] }[] = []
  for (const [representatives, watchers] of casesOf(sizes)) {
    const name = `${representatives}/${watchers}`
    say(`${name} representatives/watchers, ${rounds} rounds`)
    const floor = await openFloor(rollcall(profileTo), Math.min(representatives, connected))
    try {
      await storeMore(floor, representatives - floor.representatives)
      await measureCommands(floor, 'work', sizes.commands / 4)
      await measureCommands(floor, 'stamped', sizes.burst)
      const figures: GrowthFigures[] = []
      for (let round = 0; round < rounds; round++) figures.push(await measure(floor, watchers, sizes))
      grown.push({ name, rounds: figures })
    } finally {
      await floor.close()
    }
  }
  const row = (
    what: string,
    pick: (figures: GrowthFigures) => number,
    digits: number,
    target: string,
  ): Row => ({
    what,
    values: Object.fromEntries(grown.map(({ name, rounds }) => [name, median(rounds.map(pick))])),
    digits,
    target,
  })
  const behind = grown.flatMap(({ rounds }) => rounds.map(figures => figures.behind))
  const setUp = setUpOf([rollcall()])['rollcall'] ?? ''
  return {
    title: 'B6 representatives/watchers',
    how: {
      rounds,
      usual: `${usual.representatives}/${usual.watchers}`,
      connected: `at most ${connected}; the other representatives are stored, and signed out`,
      commands: `accept and close, ${sizes.commands} a round, 64 in flight`,
      burst: `${sizes.burst} choices a round, as B1`,
      caution: 'with few watchers the fan-out is a small difference of two large figures',
    },
    sides: Object.fromEntries(grown.map(({ name }) => [name, setUp])),
    rows: [
      row('CPU us/command', ({ cpuUsPerCommand }) => cpuUsPerCommand, 0, 'flat within 1.5'),
      row('CPU us/change, unwatched', ({ cpuUsPerChange }) => cpuUsPerChange, 0, 'flat within 1.5'),
      row('CPU us/delivered', ({ cpuUsPerDelivered }) => cpuUsPerDelivered, 3, 'never rises'),
    ],
    checks: [
      {
        what: 'watchers whose replica differs at the end of a round',
        holds: behind.every(count => count === 0),
        seen: behind.join(', '),
      },
    ],
    raw: grown,
  }
}

/** The usual case once, and around it one size at a time. */
function casesOf({ representatives, watchers, usual }: Sizes): readonly (readonly [number, number])[] {
  return [
    ...representatives.map(count => [count, usual.watchers] as const),
    ...watchers
      .filter(count => count !== usual.watchers)
      .map(count => [usual.representatives, count] as const),
  ]
}

async function measure(floor: Floor, watchers: number, sizes: Sizes): Promise<GrowthFigures> {
  const commands = await measureCommands(floor, 'work', sizes.commands)
  const burst = await measureBurst(floor, sizes.burst, watchers)
  const { cpuUsPerChange, cpuUsPerDelivered, behind } = burst
  return { cpuUsPerCommand: commands.cpuUs, cpuUsPerChange, cpuUsPerDelivered, behind }
}
