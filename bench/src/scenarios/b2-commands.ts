// B2: commands with acknowledgement, 1,000 sockets, 64 in flight, on the durable embedded store, against a bare
// Socket.IO acknowledgement in the same run. Accept and close by default; choices of a presence as `B2-choose`.

import type { Kind } from '../load/commands.ts'
import { BARE, rollcall, TUTORIAL } from '../servers/sides.ts'
import { type Floor, withFloors } from './floor.ts'
import { cpuUsOf, inTurns } from './rounds.ts'
import { type Options, type Result, type Scenario, setUpOf } from './scenario.ts'

const IN_FLIGHT = 64

interface Sizes {
  readonly sockets: number
  readonly commands: number
  readonly warmUp: number
  readonly idleCommands: number
}

const FULL: Sizes = { sockets: 1_000, commands: 20_000, warmUp: 4_000, idleCommands: 300 }
const QUICK: Sizes = { sockets: 100, commands: 2_000, warmUp: 500, idleCommands: 50 }

export interface CommandFigures {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuUs: number
}

export const b2: Scenario = options => run(options, 'work', 'B2 accept and close, acknowledged')

export const b2Choose: Scenario = options => run(options, 'choose', 'B2 choose, acknowledged')

/** One round of commands over the sockets of a floor; `cpuUs` is the server's for one of them. */
export async function measureCommands(floor: Floor, kind: Kind, commands: number): Promise<CommandFigures> {
  const { cpuUs, answer } = await cpuUsOf(floor, () =>
    floor.fleet.call('run', { kind, commands, inFlight: IN_FLIGHT }),
  )
  const { perSecond, p50Ms, p99Ms } = answer
  return { perSecond, p50Ms, p99Ms, cpuUs: cpuUs / commands }
}

async function run({ quick, rounds, profileTo, say }: Options, kind: Kind, title: string): Promise<Result> {
  const { sockets, commands, warmUp, idleCommands } = quick ? QUICK : FULL
  const sides = [rollcall(profileTo), BARE, TUTORIAL]
  return withFloors(sides, sockets, async floors => {
    for (const floor of floors) await measureCommands(floor, kind, warmUp)
    say(`${rounds} rounds of ${commands} commands`)
    const busy = await inTurns(rounds, floors, floor => measureCommands(floor, kind, commands))
    const idle = await inTurns(1, floors, ({ fleet }) =>
      fleet.call('run', { kind, commands: idleCommands, inFlight: 1 }),
    )
    return {
      title,
      how: { sockets, inFlight: IN_FLIGHT, commandsPerRound: commands, rounds },
      sides: setUpOf(sides),
      rows: [
        {
          what: 'commands/s',
          values: busy.medians(({ perSecond }) => perSecond),
          digits: 0,
          ratio: busy.ratio(({ perSecond }) => perSecond, 'rollcall', BARE.name),
          target: '>= 0.50 of bare',
        },
        {
          what: 'server CPU us/command',
          values: busy.medians(({ cpuUs }) => cpuUs),
          digits: 0,
          ratio: busy.ratio(({ cpuUs }) => cpuUs, 'rollcall', BARE.name),
          target: '<= 2.20 of bare',
        },
        { what: 'p50 ms, 64 in flight', values: busy.medians(({ p50Ms }) => p50Ms), digits: 2 },
        { what: 'p99 ms, 64 in flight', values: busy.medians(({ p99Ms }) => p99Ms), digits: 2 },
        {
          what: 'p50 ms, one at a time',
          values: idle.medians(({ p50Ms }) => p50Ms),
          digits: 2,
          target: '<= 1.00',
        },
      ],
      checks: [],
      raw: { busy: busy.bySide, idle: idle.bySide },
    }
  })
}
