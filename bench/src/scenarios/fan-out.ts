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
  const { unwatchedUs, fanOutUs, answer, behind, account } = await compared(floor, watchers, burst)
  return {
    cpuUsPerChange: unwatchedUs / changes,
    cpuUsPerDelivered: fanOutUs / (changes * watchers),
    changesPerSecond: answer.perSecond,
    seconds: answer.seconds,
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
  const { fanOutUs, answer, behind, account } = await compared(floor, watchers, steady)
  return { cpuUsPerDelivered: fanOutUs / (perSecond * seconds * watchers), paced: answer, behind, account }
}

/** Unwatched before and after: a server that is still getting faster, or slower, does so in both alike. */
async function compared<Answer>(floor: Floor, watchers: number, run: () => Promise<Answer>) {
  const before = await cpuUsOf(floor, run)
  const { cpuUs, ...seen } = await watched(floor, watchers, run)
  const after = await cpuUsOf(floor, run)
  const unwatchedUs = (before.cpuUs + after.cpuUs) / 2
  return { unwatchedUs, fanOutUs: cpuUs - unwatchedUs, ...seen }
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
  return { cpuUs: told.cpuUs, ...told.answer, account }
}
