// What telling a change to many costs: the same commands with nobody watching and with everybody told (B1, B6).

import type { Account } from '../load/audience.ts'
import type { Paced } from '../load/open-loop.ts'
import type { Floor } from './floor.ts'
import { cpuUsOf } from './rounds.ts'

/** Commands under way in a burst: enough that the server is never without one. */
const BURST_IN_FLIGHT = 512
/** A server that cannot follow has this long to catch up. */
const CONVERGE_MS = 120_000

export interface BurstFigures {
  readonly cpuUsPerChange: number
  /** (CPU with watchers - CPU without) / (changes * watchers), in µs. */
  readonly cpuUsPerDelivered: number
  readonly changesPerSecond: number
  readonly seconds: number
  readonly behind: number
  readonly account: Account
}

export interface SteadyFigures {
  readonly cpuUsPerDelivered: number
  readonly paced: Paced
  readonly behind: number
  readonly account: Account
}

export async function measureBurst(floor: Floor, changes: number, watchers: number): Promise<BurstFigures> {
  const burst = () =>
    floor.fleet.call('run', { kind: 'stamped', commands: changes, inFlight: BURST_IN_FLIGHT })
  const without = await cpuUsOf(floor, burst)
  const { told, behind, account } = await watched(floor, watchers, burst)
  return {
    cpuUsPerChange: without.cpuUs / changes,
    cpuUsPerDelivered: (told.cpuUs - without.cpuUs) / (changes * watchers),
    changesPerSecond: told.answer.perSecond,
    seconds: told.answer.seconds,
    behind,
    account,
  }
}

export async function measureSteady(
  floor: Floor,
  perSecond: number,
  seconds: number,
  watchers: number,
): Promise<SteadyFigures> {
  const steady = () => floor.fleet.call('pace', { kind: 'stamped', perSecond, seconds })
  const without = await cpuUsOf(floor, steady)
  const { told, behind, account } = await watched(floor, watchers, steady)
  const cpuUsPerDelivered = (told.cpuUs - without.cpuUs) / (perSecond * seconds * watchers)
  return { cpuUsPerDelivered, paced: told.answer, behind, account }
}

/** Until every watcher has caught up: what is told late was still told, and costs. */
async function watched<Answer>(floor: Floor, count: number, run: () => Promise<Answer>) {
  const { side, server, fleet, audience, representatives } = floor
  await audience.call('join', { dialect: side.dialect, url: server.url, count, representatives })
  await server.quiet()
  await audience.call('begin', { keepEach: false })
  const told = await cpuUsOf(floor, async () => {
    const answer = await run()
    const revisions = await fleet.call('revisions', null)
    const { behind } = await audience.call('converge', { revisions, withinMs: CONVERGE_MS })
    return { answer, behind }
  })
  const account = await audience.call('account', null)
  await audience.call('leave', null)
  await server.quiet()
  const { cpuUs, answer } = told
  return { told: { cpuUs, answer: answer.answer }, behind: answer.behind, account }
}
