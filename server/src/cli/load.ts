// `rollcall load`: scripted sockets against any server, as a scenario file says, with latencies, and checks that
// must hold whatever the speed.

import { isLoopback } from '../auth/loopback.ts'
import { type Progress, playLoad } from './load/play.ts'
import { readScenario } from './load/scenario.ts'
import { renderProgress, renderSummary } from './load/summary.ts'
import { tokensFor } from './simulation/access.ts'
import { Failure, type Screen, type World } from './world.ts'

export interface LoadFlags {
  readonly url?: string
  readonly jwtSecret?: string
  readonly tenant: string
  readonly yesThisServer?: boolean
}

const DEFAULT_URL = 'http://127.0.0.1:3000'
/** Elsewhere than in a terminal: one line in this time. */
const LINE_MS = 5_000

export async function load(file: string, flags: LoadFlags, world: World): Promise<void> {
  const { env, screen } = world
  const { ROLLCALL_URL, ROLLCALL_JWT_SECRET } = env
  const scenario = await readScenario(file)
  const url = addressOf(flags.url ?? (ROLLCALL_URL || DEFAULT_URL), flags.yesThisServer === true)
  const secret = flags.jwtSecret ?? (ROLLCALL_JWT_SECRET || null)
  const stopAsked = world.stopAsked()
  const tokenFor = await tokensFor({ url, tenant: flags.tenant, secret })
  const { representatives, watchers, phases } = scenario
  screen.write(
    `${representatives} representatives and ${watchers} watchers at ${url}, tenant ${flags.tenant}, ${phases.length} phases\n`,
  )
  const run = `load-${Date.now().toString(36)}`
  const options = { url, scenario, tokenFor, run, stopAsked, onTick: progressOn(screen) }
  const outcome = await playLoad(options).catch((error: unknown) => {
    throw new Failure(`The load could not be run: ${error instanceof Error ? error.message : error}`)
  })
  screen.write(`${screen.isTerminal ? '\n' : ''}${renderSummary(outcome)}`)
  const { broken } = outcome.checks
  if (broken.length > 0) throw new Failure(`${broken.length} checks failed.${hint(broken)}`)
}

/** The refusal that everybody meets first. */
function hint(broken: readonly string[]): string {
  return broken.some(text => text.includes('too-many-requests'))
    ? ' The server limits what one person may send: start it with ROLLCALL_LIMITS=off for a load test.'
    : ''
}

function progressOn(screen: Screen): (progress: Progress) => void {
  let toldAtMs = 0
  return progress => {
    if (screen.isTerminal) screen.write(`\r${renderProgress(progress)}\u001b[K`)
    else if (progress.elapsedMs - toldAtMs >= LINE_MS) {
      toldAtMs = progress.elapsedMs
      screen.write(`${renderProgress(progress)}\n`)
    }
  }
}

function addressOf(text: string, elsewhere: boolean): string {
  if (!URL.canParse(text)) throw new Failure(`"${text}" is no URL. Write it like ${DEFAULT_URL}.`)
  if (elsewhere || isLoopback(new URL(text).hostname)) return text
  throw new Failure(
    `${text} is not on this machine. A load test keeps a server busy, and its people stay known there; if that is what you want, add --yes-this-server.`,
  )
}
