// One simulated shift: the script is played against a server while a supervisor watches, and every invariant is
// checked until the end, when all pictures of the contact center must be one.

import { createSupervisor, type PresenceView, type Watch } from '@rollcall/client'
import type { WorkItemResource } from '@rollcall/shared'
import { systemClock } from '../../clock.ts'
import type { Cast } from './cast.ts'
import { type Checker, createChecker } from './checker.ts'
import { type Counts, createCounts } from './counts.ts'
import { differences } from './differences.ts'
import type { Day } from './floor.ts'
import { call, type Http, RequestError } from './http.ts'
import { type Claims, type Play, startPlay } from './player.ts'
import type { Report } from './report.ts'
import { presencesOf } from './setup.ts'

export interface ShiftOptions {
  readonly url: string
  readonly elsewhere: boolean
  readonly cast: Cast
  readonly seed: number
  readonly day: Day
  readonly pace: number
  readonly lengthMs: number
  readonly tokenFor: (claims: Claims) => string | Promise<string>
  /** Ends the shift early; what happened is checked all the same. */
  readonly stopAsked: Promise<void>
  readonly onTick: (progress: Progress) => void
}

export interface Progress {
  readonly elapsedMs: number
  readonly lengthMs: number
  readonly counts: Counts
  readonly checker: Checker
  readonly presences: ReadonlyMap<string, PresenceView>
  /** False while the supervisor has no connection. */
  readonly live: boolean
}

const TICK_MS = 1_000
/** For the last commands to be answered and the last changes to arrive. */
const SETTLE_MS = 30_000
const POLL_MS = 200

/** Rejects if the server can't be configured or watched, or does not answer at the end. */
export async function playShift(options: ShiftOptions): Promise<Progress> {
  const { url, cast, tokenFor, lengthMs } = options
  const checker = createChecker()
  const counts = createCounts()
  const roles = ['supervisor', 'administrator', 'service'] as const
  const service: Http = {
    url,
    token: () => tokenFor({ sub: 'simulation', name: 'Simulation', roles, watches: ['*'] }),
  }
  const { supervisor } = cast
  const board = createSupervisor({
    url,
    getToken: () =>
      tokenFor({ sub: supervisor.id, name: supervisor.name, roles: ['supervisor'], watches: ['*'] }),
  })
  board.onConnectionChange(({ kind }) => checker.watching(kind === 'live' || kind === 'draining', Date.now()))
  const began = performance.now()
  let play: Play | null = null
  let ticking: NodeJS.Timeout | undefined
  try {
    play = await startPlay({ ...options, clock: systemClock, onReport })
    const watch = await board.watch({ queues: '*' })
    listen(watch, board.serverNow, checker)
    const progress = (): Progress => ({
      elapsedMs: performance.now() - began,
      lengthMs,
      counts,
      checker,
      presences: watch.presences(),
      live: board.getConnection().kind === 'live',
    })
    ticking = setInterval(() => {
      checker.tick(watch.presences(), Date.now())
      options.onTick(progress())
    }, TICK_MS)
    await Promise.race([options.stopAsked, after(lengthMs)])
    await play.pause()
    await settle(service, watch, play, checker)
    return progress()
  } finally {
    clearInterval(ticking)
    await play?.stop()
    board.disconnect()
  }

  function onReport(report: Report): void {
    const at = Date.now()
    counts.take(report)
    if (report.kind === 'link') {
      checker.link(report.playerId, report.live, report.ours, report.presence, at)
    } else if (report.kind === 'begun') {
      const { act, playerId } = report.step
      checker.ledger.begun(report.step)
      if (act.kind === 'offer' && act.force) checker.forcing(playerId, at)
    } else if (report.kind === 'done') checker.ledger.acknowledged(report.step, report.presence)
    else if (report.kind === 'unknown') checker.ledger.unknown(report.step, report.found)
  }
}

/** A whole state is told as a change of everybody, and only then as a state: so both are judged together. */
function listen(watch: Watch, serverNow: () => number, checker: Checker): void {
  let batches: { changed: readonly PresenceView[]; whole: boolean; at: number }[] = []
  watch.onSync(kind => {
    const last = batches.at(-1)
    if (last && kind === 'state') last.whole = true
  })
  const flush = () => {
    const told = batches
    batches = []
    for (const { changed, whole, at } of told) checker.seen(changed, watch.presences(), whole, at)
  }
  checker.seen([...watch.presences().values()], watch.presences(), true, serverNow())
  watch.onChange(({ changed }) => {
    batches.push({ changed, whole: false, at: serverNow() })
    if (batches.length === 1) queueMicrotask(flush)
  })
}

/** Deadlines go on: what is compared is asked for until both pictures are of one moment. */
async function settle(service: Http, watch: Watch, play: Play, checker: Checker): Promise<void> {
  const deadline = performance.now() + SETTLE_MS
  for (;;) {
    const stored = await presencesOf(service).catch(() => null)
    // Reading the work items takes a while, in which deadlines pass: what is seen now is what is compared.
    const seen = new Map(watch.presences())
    const isLate = performance.now() > deadline
    if (stored && (isLate || isSame(stored, seen))) {
      const items = new Map<string, WorkItemResource | null>()
      for (const id of checker.ledger.items()) items.set(id, await itemAt(service, play.nameOf(id)))
      checker.end(seen, stored, items)
      return
    }
    if (isLate)
      throw new Error('The server did not answer at the end of the shift: nothing could be compared.')
    await after(POLL_MS)
  }
}

function isSame(stored: ReadonlyMap<string, PresenceView>, seen: ReadonlyMap<string, PresenceView>): boolean {
  return (
    stored.size === seen.size && [...stored].every(([id, view]) => differences(seen.get(id), view) === null)
  )
}

async function itemAt(service: Http, id: string): Promise<WorkItemResource | null> {
  try {
    return (await call(service, 'GET', `/v1/work-items/${id}`)) as WorkItemResource
  } catch (error) {
    if (error instanceof RequestError && error.code === 'work-item-unknown') return null
    throw error
  }
}

function after(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
