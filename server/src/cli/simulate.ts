// `rollcall simulate`: a contact center's shift in minutes, against a real server, with every invariant checked.

import { isLoopback } from '../auth/loopback.ts'
import { tokensFor } from './simulation/access.ts'
import { castOf } from './simulation/cast.ts'
import { SESSION_LIMIT } from './simulation/drills.ts'
import { call, type Http } from './simulation/http.ts'
import { kindsOf, neverAmong } from './simulation/kinds.ts'
import { playShift, type ShiftOptions } from './simulation/shift.ts'
import { renderProgress, renderSummary } from './simulation/summary.ts'
import { timetableOf } from './simulation/timetable.ts'
import { complaintAbout, praiseOf } from './simulation/verdict.ts'
import { Failure, type Screen, type World } from './world.ts'

export interface SimulateFlags {
  readonly url?: string
  readonly jwtSecret?: string
  readonly tenant: string
  readonly minutes: string
  readonly people: string
  readonly seed?: string
  readonly pace: string
  readonly yesThisServer?: boolean
}

const DEFAULT_URL = 'http://127.0.0.1:3000'
/** Elsewhere than in a terminal: one line in this time. */
const LINE_MS = 10_000
const LINE_COLUMNS = 120
/** For the length of the shift the restore window is this part of it, so that some come back after it. */
const WINDOW_SHARE = 0.1
const WINDOW_MS = { least: 2_000, most: 150_000 }
const OFFER_TIMEOUT_MS = 2_000
const WRAP_UP_SECONDS = 1

export async function simulate(flags: SimulateFlags, world: World): Promise<void> {
  const { ROLLCALL_URL, ROLLCALL_JWT_SECRET } = world.env
  const url = addressOf(flags.url ?? (ROLLCALL_URL || DEFAULT_URL), flags.yesThisServer === true)
  const lengthMs = numberOf('--minutes', flags.minutes, 0.05, 24 * 60) * 60_000
  const people = Math.round(numberOf('--people', flags.people, 2, 5_000))
  const pace = numberOf('--pace', flags.pace, 0.1, 1_000)
  const seed = Math.round(numberOf('--seed', flags.seed ?? String(Date.now() % 1_000_000), 0, 2 ** 32))
  const stopAsked = world.stopAsked()
  const secret = flags.jwtSecret ?? (ROLLCALL_JWT_SECRET || null)
  const tokenFor = await tokensFor({ url, tenant: flags.tenant, secret })
  const administrator: Http = {
    url,
    token: () => tokenFor({ sub: 'simulation', name: 'Simulation', roles: ['administrator'] }),
  }
  const windowMs = Math.round(Math.min(WINDOW_MS.most, Math.max(WINDOW_MS.least, lengthMs * WINDOW_SHARE)))
  const { screen } = world
  screen.write(
    `Simulating ${people} people for ${flags.minutes} ${Number(flags.minutes) === 1 ? 'minute' : 'minutes'} at ${url}\n  tenant ${flags.tenant}, seed ${seed}, pace ${pace}, restore window ${windowMs / 1000} s\n`,
  )
  const beginsAt = Date.now()
  const elsewhere = flags.yesThisServer === true
  const { day, endOfDay, dayEnds, isWhole } = timetableOf({
    ...{ beginsAt, lengthMs, pace, people, windowMs },
    offerTimeoutMs: OFFER_TIMEOUT_MS,
    // What goes between her and the server can be cut only where it is plain.
    cuts: url.startsWith('http:'),
  })
  const cast = castOf(people, OFFER_TIMEOUT_MS, {
    endOfDay,
    wrapUpSeconds: WRAP_UP_SECONDS,
    run: beginsAt.toString(36),
  })
  let stopped = false
  const options: ShiftOptions = {
    ...{ url, elsewhere, cast, seed, pace, lengthMs, day, tokenFor, onTick: progressOn(screen) },
    stopAsked: stopAsked.then(() => {
      stopped = true
    }),
  }
  const policy = { restoreWindowMs: windowMs, sessionLimit: SESSION_LIMIT }
  const ended = await withPolicy(administrator, policy, () => playShift(options)).catch(error => {
    throw error instanceof Failure ? error : new Failure(`The shift could not be played: ${messageOf(error)}`)
  })
  const unseen = kindsOf(day, dayEnds).filter(kind => !ended.counts.happened.has(kind))
  screen.write(`${screen.isTerminal ? '\n' : ''}${renderSummary(ended)}`)
  const again = `rollcall simulate --seed ${seed} --people ${people} --minutes ${flags.minutes} --pace ${pace}`
  const { verdicts } = ended.checker
  const outcome = { verdicts, unseen, isWhole: isWhole && !stopped, again }
  const complaint = complaintAbout(outcome)
  if (complaint !== null) throw new Failure(complaint)
  screen.write(`${praiseOf(outcome, neverAmong(ended.counts.happened))}\n`)
}

/** The policy as it was afterwards, if the server is still there. */
async function withPolicy<Result>(
  administrator: Http,
  policy: Readonly<Record<'restoreWindowMs' | 'sessionLimit', number>>,
  run: () => Promise<Result>,
): Promise<Result> {
  const { restoreWindowMs, sessionLimit } = (await call(administrator, 'GET', '/v1/policy')) as typeof policy
  await call(administrator, 'PATCH', '/v1/policy', policy)
  try {
    return await run()
  } finally {
    await call(administrator, 'PATCH', '/v1/policy', { restoreWindowMs, sessionLimit })
  }
}

function progressOn(screen: Screen): ShiftOptions['onTick'] {
  let toldAtMs = 0
  return progress => {
    if (screen.isTerminal) screen.write(`\r${renderProgress(progress, screen.size().columns)}\u001b[K`)
    else if (progress.elapsedMs - toldAtMs >= LINE_MS) {
      toldAtMs = progress.elapsedMs
      screen.write(`${renderProgress(progress, LINE_COLUMNS)}\n`)
    }
  }
}

function addressOf(text: string, elsewhere: boolean): string {
  if (!URL.canParse(text)) throw new Failure(`"${text}" is no URL. Write it like ${DEFAULT_URL}.`)
  if (elsewhere || isLoopback(new URL(text).hostname)) return text
  throw new Failure(
    `${text} is not on this machine. A simulation configures a tenant there and keeps it busy; if that is what you want, add --yes-this-server.`,
  )
}

function numberOf(flag: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new Failure(`${flag} takes a number from ${least} to ${most}, not "${text}".`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
