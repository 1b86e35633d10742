// B1: 10,000 representatives, 100 watchers of all; a burst of 20,000 changes, then 2,000 a second for 20 s.

import { sum } from '../load/numbers.ts'
import { mosquittoIfInstalled, PLAIN_WS, rollcall, TUTORIAL } from '../servers/sides.ts'
import { type BurstFigures, measureBurst, measureSteady, type SteadyFigures } from './fan-out.ts'
import { type Floor, withFloors } from './floor.ts'
import { inTurns, type Rounds } from './rounds.ts'
import { type Options, type Result, setUpOf } from './scenario.ts'
import { storedRevisions } from './stored.ts'

const FULL = { representatives: 10_000, watchers: 100, burst: 20_000, perSecond: 2_000, seconds: 20 }
const QUICK = { representatives: 500, watchers: 20, burst: 2_000, perSecond: 200, seconds: 3 }

export async function b1({ quick, rounds, profileTo, say }: Options): Promise<Result> {
  const sizes = quick ? QUICK : FULL
  const { representatives, watchers, burst, perSecond, seconds } = sizes
  const sides = [rollcall(profileTo), TUTORIAL, PLAIN_WS, ...mosquittoIfInstalled()]
  return withFloors(sides, representatives, async floors => {
    say('everybody is connected; warming up')
    for (const { fleet } of floors) {
      await fleet.call('run', { kind: 'stamped', commands: representatives, inFlight: 64 })
    }
    say(`${rounds} rounds of bursts`)
    const bursts = await inTurns(rounds, floors, floor => measureBurst(floor, burst, watchers))
    const steadyOf = (floor: Floor) => measureSteady(floor, perSecond, seconds, watchers)
    say(`${rounds} steady rounds of rollcall`)
    const [ours, ...peers] = floors
    const steady = await inTurns(rounds, ours ? [ours] : [], steadyOf)
    say('a steady round of each peer')
    const theirs = await inTurns(1, peers, steadyOf)
    const stored = ours ? await storedRevisions(ours) : 'no server'
    const both = (pick: (figures: SteadyFigures) => number) => ({
      ...steady.medians(pick),
      ...theirs.medians(pick),
    })
    return {
      title: 'B1 fan-out',
      how: {
        ...sizes,
        rounds,
        changes: 'presence:set, by turns busy and away, each representative in turn',
        delivered: 'changes x watchers, whether or not they were conflated',
        cpu: 'of the whole server process, with watchers, less the mean of without before and after; until all have caught up',
        delay:
          'from sending the command to the receipt by a watcher, so the commit is in it; every live change that reached any watcher counts, none is sampled',
        decoding:
          'each distinct frame once, found again by comparing bytes; the replica of every watcher is kept',
        'steady rounds of a peer': 1,
      },
      sides: setUpOf(sides),
      rows: [
        burstRow(
          'burst: CPU us/delivered',
          bursts,
          ({ cpuUsPerDelivered }) => cpuUsPerDelivered,
          3,
          '<= 0.20',
        ),
        burstRow('burst: CPU us/change, unwatched', bursts, ({ cpuUsPerChange }) => cpuUsPerChange, 0),
        burstRow('burst: changes/s, watched', bursts, ({ changesPerSecond }) => changesPerSecond, 0),
        {
          what: 'steady: CPU us/delivered',
          values: both(({ cpuUsPerDelivered }) => cpuUsPerDelivered),
          digits: 3,
          target: '<= 0.50',
        },
        { what: 'steady: p50 ms', values: both(({ account }) => account.p50Ms), digits: 1, target: '<= 20' },
        { what: 'steady: p99 ms', values: both(({ account }) => account.p99Ms), digits: 1, target: '<= 60' },
        { what: 'steady: changes/s kept up', values: both(({ paced }) => paced.perSecond), digits: 0 },
        {
          what: 'steady: watchers busy, % of a core',
          values: both(({ account }) => account.busyPercent),
          digits: 0,
        },
        { what: 'steady: generator late, p99 ms', values: both(({ paced }) => paced.lateP99Ms), digits: 1 },
      ],
      checks: [
        check('watchers whose replica differs from the server at the end', behindIn(bursts, steady)),
        check('changes of an older revision that reached a watcher', backIn(bursts, steady)),
        {
          what: 'what the server says over HTTP is what was acknowledged',
          holds: stored === null,
          seen: stored ?? `${representatives} revisions are the same`,
        },
      ],
      raw: { bursts: bursts.bySide, steady: steady.bySide, steadyOfPeers: theirs.bySide },
    }
  })
}

function burstRow(
  what: string,
  bursts: Rounds<BurstFigures>,
  pick: (figures: BurstFigures) => number,
  digits: number,
  target?: string,
) {
  return { what, values: bursts.medians(pick), digits, ...(target && { target }) }
}

function check(what: string, count: number) {
  return { what, holds: count === 0, seen: String(count) }
}

/** Of Rollcall only: a peer that loses something is not our failure. */
function behindIn(bursts: Rounds<BurstFigures>, steady: Rounds<SteadyFigures>): number {
  return sum(ours(bursts, steady).map(({ behind }) => behind))
}

function backIn(bursts: Rounds<BurstFigures>, steady: Rounds<SteadyFigures>): number {
  return sum(ours(bursts, steady).map(({ account }) => account.steppedBack))
}

function ours(bursts: Rounds<BurstFigures>, steady: Rounds<SteadyFigures>) {
  return [...(bursts.bySide['rollcall'] ?? []), ...(steady.bySide['rollcall'] ?? [])]
}
