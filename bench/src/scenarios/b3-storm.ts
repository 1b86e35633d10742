// B3: 10,000 representatives lose their connection at once and return within the restore window.

import { BARE_CHECKED, rollcall, TUTORIAL_CHECKED } from '../servers/sides.ts'
import { type Floor, withFloors } from './floor.ts'
import { cpuUsOf, inTurns } from './rounds.ts'
import { type Options, type Result, setUpOf } from './scenario.ts'

const FULL = { representatives: 10_000 }
const QUICK = { representatives: 500 }

interface StormFigures {
  readonly cpuUsPerLoss: number
  readonly cpuUsPerReturn: number
  readonly seconds: number
  readonly restored: number | null
}

export async function b3({ quick, rounds, profileTo, say }: Options): Promise<Result> {
  const { representatives } = quick ? QUICK : FULL
  const sides = [rollcall(profileTo), BARE_CHECKED, TUTORIAL_CHECKED]
  return withFloors(sides, representatives, async floors => {
    for (const { fleet } of floors) await fleet.call('chooseHalf', null)
    say(`${rounds} storms of ${representatives}`)
    const storms = await inTurns(rounds, floors, storm)
    const ours = storms.bySide['rollcall'] ?? []
    return {
      title: 'B3 storm',
      how: {
        representatives,
        rounds,
        handshakes: '256 under way at a time; sockets end without a word',
        restored: 'status, origin and `since` in `ready` equal what presence:get said before the loss',
        cpu: 'of the whole server process, until it is quiet again; half of them chose to be away before',
      },
      sides: setUpOf(sides),
      rows: [
        {
          what: 'CPU us/return',
          values: storms.medians(({ cpuUsPerReturn }) => cpuUsPerReturn),
          digits: 0,
          ratio: storms.ratio(({ cpuUsPerReturn }) => cpuUsPerReturn, 'rollcall', BARE_CHECKED.name),
          target: '<= 1.30 of bare',
        },
        { what: 'CPU us/loss', values: storms.medians(({ cpuUsPerLoss }) => cpuUsPerLoss), digits: 0 },
        { what: 'all back, s', values: storms.medians(({ seconds }) => seconds), digits: 2 },
      ],
      checks: [
        {
          what: 'everybody is restored, and nobody recalculated',
          holds: ours.every(({ restored }) => restored === representatives),
          seen: ours.map(({ restored }) => restored).join(', '),
        },
      ],
      raw: storms.bySide,
    }
  })
}

async function storm(floor: Floor): Promise<StormFigures> {
  const { fleet, representatives } = floor
  const loss = await cpuUsOf(floor, () => fleet.call('drop', null))
  const back = await cpuUsOf(floor, () => fleet.call('comeBack', null))
  return {
    cpuUsPerLoss: loss.cpuUs / representatives,
    cpuUsPerReturn: back.cpuUs / representatives,
    ...back.answer,
  }
}
