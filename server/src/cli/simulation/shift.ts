// One simulated shift: the script is played against a server while several look on, and every invariant is
// checked until the end, when all pictures of the contact center must be one.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import { systemClock } from '../../clock.ts'
import type { Cast } from './cast.ts'
import type { Picture } from './check-end.ts'
import { type Checker, createChecker, type Views } from './checker.ts'
import { type Counts, createCounts } from './counts.ts'
import { differences } from './differences.ts'
import type { Day } from './floor.ts'
import { call, type Http, RequestError } from './http.ts'
import { type Observers, startObservers } from './observers.ts'
import { type Claims, type Play, startPlay } from './player.ts'
import { seenByAll } from './records.ts'
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
  /** The longest time for which this process itself could not do anything, ms. */
  readonly stalledMs: number
}

const TICK_MS = 1_000
/** For the last commands to be answered and the last changes to arrive. */
const SETTLE_MS = 30_000
const POLL_MS = 200

/** Rejects if the server can't be configured or watched, or does not answer at the end. */
export async function playShift(options: ShiftOptions): Promise<Progress> {
  const { url, cast, tokenFor, lengthMs, day, pace } = options
  const counts = createCounts(cast, day.nightFromMs)
  const checker = createChecker({ windowMs: day.windowMs / pace, onStep: counts.saw })
  const roles = ['supervisor', 'administrator', 'service'] as const
  const service: Http = {
    url,
    token: () => tokenFor({ sub: 'simulation', name: 'Simulation', roles, watches: ['*'] }),
  }
  const delay = monitorEventLoopDelay()
  delay.enable()
  const began = performance.now()
  let play: Play | null = null
  let observers: Observers | null = null
  let ticking: NodeJS.Timeout | undefined
  try {
    play = await startPlay({ ...options, clock: systemClock, onReport })
    const looking = await startObservers({ url, cast, tokenFor, service, checker })
    observers = looking
    const progress = (): Progress => ({
      elapsedMs: performance.now() - began,
      lengthMs,
      counts,
      checker,
      presences: looking.presences(),
      live: looking.live(),
      stalledMs: delay.max / 1e6,
    })
    ticking = setInterval(() => {
      checker.tick(looking.presences(), Date.now())
      options.onTick(progress())
    }, TICK_MS)
    await untilOver(options.stopAsked, lengthMs)
    await play.pause()
    await settle(service, looking, play, checker)
    return progress()
  } finally {
    delay.disable()
    clearInterval(ticking)
    await play?.stop()
    observers?.stop()
  }

  function onReport(report: Report): void {
    const at = Date.now()
    counts.take(report)
    if (report.kind === 'link') {
      checker.link(report.playerId, report.live, report.ours, report.presence, at, report.cut && !report.live)
    } else if (report.kind === 'begun') {
      const { act, playerId } = report.step
      checker.ledger.begun(report.step)
      if (act.kind === 'offer' && act.force) checker.forcing(playerId, at)
    } else if (report.kind === 'done') checker.ledger.acknowledged(report.step, report.presence)
    else if (report.kind === 'unknown') checker.ledger.unknown(report.step, report.found)
    else if (report.kind === 'own-view') checker.ownView(report.presence)
  }
}

/** A shift that ends early leaves no timer behind, which would keep its process. */
async function untilOver(stopAsked: Promise<void>, lengthMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>(resolve => {
    timer = setTimeout(resolve, lengthMs)
  })
  await Promise.race([stopAsked, over])
  clearTimeout(timer)
}

/** Deadlines go on: what is compared is asked for until all pictures are of one moment. */
async function settle(service: Http, observers: Observers, play: Play, checker: Checker): Promise<void> {
  const deadline = performance.now() + SETTLE_MS
  for (;;) {
    const stored = await presencesOf(service).catch(() => null)
    const isLate = performance.now() > deadline
    if (stored) {
      // Reading the work items takes a while, in which deadlines pass: what is seen now is what is compared.
      const seen = new Map(observers.presences())
      const others = [...observers.others(stored), ...tabsOf(play, stored)]
      if (isLate || [{ sees: seen, of: stored }, ...others].every(isSame)) {
        const items = new Map<string, WorkItemResource | null>()
        for (const id of checker.ledger.items()) items.set(id, await itemAt(service, play.nameOf(id)))
        checker.end(seen, stored, items, others)
        return
      }
    }
    if (isLate)
      throw new Error('The server did not answer at the end of the shift: nothing could be compared.')
    await after(POLL_MS)
  }
}

/** What each tab that is connected shows of its own representative. */
function tabsOf(play: Play, stored: Views): readonly Picture[] {
  return [...play.people.values()].flatMap(person =>
    person.views().map(view => {
      const id = view.representativeId
      const of = stored.get(id)
      return { who: 'a tab of hers', sees: new Map([[id, view]]), of: new Map(of ? [[id, of]] : []) }
    }),
  )
}

function isSame({ sees, of }: Pick<Picture, 'sees' | 'of'>): boolean {
  return (
    of.size === sees.size &&
    [...of].every(([id, view]) => {
      const seen = sees.get(id)
      return seen !== undefined && differences(seenByAll(seen), seenByAll(view)) === null
    })
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
