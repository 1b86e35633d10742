// A load scenario from the first connection to the last comparison.

import type { PresenceView } from '@rollcall/shared'
import { differences } from '../simulation/differences.ts'
import type { Http } from '../simulation/http.ts'
import { createRandom } from '../simulation/random.ts'
import { presencesOf } from '../simulation/setup.ts'
import { type Checks, createChecks } from './checks.ts'
import { createLatencies, type Latencies } from './latencies.ts'
import { createOnlooker, type Onlooker } from './onlooker.ts'
import { createPerson, type Person } from './person.ts'
import { connectAll, playPhase, type Stage } from './phases.ts'
import type { LoadScenario } from './scenario.ts'

export interface Progress {
  readonly elapsedMs: number
  readonly phase: string
  readonly connected: number
  readonly commands: number
  readonly checks: Checks
}

export interface Outcome extends Progress {
  readonly answered: Stage['answered']
  readonly connecting: Latencies
  /** From sending a command to its receipt by a watcher. */
  readonly told: Latencies
}

export interface PlayOptions {
  readonly url: string
  readonly scenario: LoadScenario
  readonly tokenFor: (claims: {
    readonly sub: string
    readonly name: string
    readonly roles: readonly ('representative' | 'supervisor')[]
    readonly watches?: readonly string[]
  }) => Promise<string>
  /** Names the work items of this run. */
  readonly run: string
  readonly stopAsked: Promise<void>
  readonly onTick: (progress: Progress) => void
}

const TICK_MS = 500
const POLL_MS = 50
/** Watchers that differ and have heard nothing for so long are not going to: a loaded server is slow, but not silent. */
const SILENT_MS = 3_000

/** Rejects with an Error only where nothing can be compared; what is wrong with the server is a broken check. */
export async function playLoad({ scenario, ...options }: PlayOptions): Promise<Outcome> {
  const { url, tokenFor, run, stopAsked, onTick } = options
  const checks = createChecks()
  const told = createLatencies()
  const ids = Array.from({ length: scenario.representatives }, (_, i) => `load-${i + 1}`)
  const people = new Map(
    ids.map(id => [id, createPerson({ id, url, run, checks, token: representative(id) })]),
  )
  const watcher = supervisor('load-watcher')
  const onlookers = Array.from({ length: scenario.watchers }, (_, i) =>
    createOnlooker({
      id: `watcher ${i + 1}`,
      url,
      checks,
      token: watcher,
      keepsViews: i === 0,
      onChange(representativeId, revision) {
        const at = people.get(representativeId)?.sentAt(revision)
        if (typeof at === 'number') told.add(performance.now() - at)
      },
    }),
  )
  let isOver = false
  void stopAsked.then(() => {
    isOver = true
  })
  const stage: Stage = {
    people: [...people.values()],
    random: createRandom(scenario.seed),
    checks,
    answered: { choose: createLatencies(), work: createLatencies(), read: createLatencies() },
    connected: createLatencies(),
    connecting: scenario.connecting,
    isOver: () => isOver,
  }
  const began = performance.now()
  let phase = 'signing in'
  const progress = (): Progress => ({
    elapsedMs: performance.now() - began,
    phase,
    connected: stage.people.filter(person => person.isConnected()).length,
    commands: Object.values(stage.answered).reduce((sum, one) => sum + one.count(), 0),
    checks,
  })
  const ticking = setInterval(() => onTick(progress()), TICK_MS)
  try {
    await connectAll(stage.people, stage)
    phase = 'beginning to watch'
    for (const onlooker of onlookers) await onlooker.connect()
    for (const [i, next] of scenario.phases.entries()) {
      phase = next.title ?? `phase ${i + 1}, ${next.kind}`
      if (!isOver) await playPhase(next, stage)
    }
    phase = 'comparing'
    await Promise.all(stage.people.map(person => person.finish()))
    await compare({ url, token: watcher }, stage.people, onlookers, checks)
    return { ...progress(), answered: stage.answered, connecting: stage.connected, told }
  } finally {
    clearInterval(ticking)
    for (const one of [...stage.people, ...onlookers]) one.drop()
  }

  function representative(id: string) {
    return () => tokenFor({ sub: id, name: id, roles: ['representative'] })
  }

  function supervisor(id: string) {
    return () => tokenFor({ sub: id, name: id, roles: ['supervisor'], watches: ['*'] })
  }
}

/** What is on its way is waited for; then whatever still differs is broken. */
async function compare(
  http: Http,
  people: readonly Person[],
  onlookers: readonly Onlooker[],
  checks: Checks,
): Promise<void> {
  let heard = { changes: checks.looked.rising, at: performance.now() }
  for (;;) {
    const stored = await presencesOf(http)
    const isEqual = onlookers.every(onlooker => differenceOf(onlooker, stored) === null)
    if (checks.looked.rising !== heard.changes) {
      heard = { changes: checks.looked.rising, at: performance.now() }
    }
    if (!isEqual && performance.now() - heard.at < SILENT_MS) {
      await new Promise(resolve => setTimeout(resolve, POLL_MS))
      continue
    }
    for (const onlooker of onlookers) checks.look('final', onlooker.id, differenceOf(onlooker, stored))
    const known = people.filter(person => person.revision() > 0)
    for (const person of known) checks.look('stored', person.id, staleness(person, stored))
    return
  }
}

/** The first that differs, or null. */
function differenceOf(onlooker: Onlooker, stored: ReadonlyMap<string, PresenceView>): string | null {
  const revisions = onlooker.revisions()
  const views = onlooker.views()
  for (const [id, view] of stored) {
    const seen = revisions.get(id)
    if (seen !== view.revision)
      return `${id} has revision ${view.revision}, and was seen with ${seen ?? 'none'}`
    const difference = views && differences(views.get(id), view)
    if (difference) return `${id}: ${difference}`
  }
  return revisions.size === stored.size ? null : `${revisions.size} were seen, ${stored.size} are there`
}

function staleness(person: Person, stored: ReadonlyMap<string, PresenceView>): string | null {
  const there = stored.get(person.id)?.revision
  return there === person.revision()
    ? null
    : `${person.revision()} was acknowledged, ${there ?? 'nothing'} is there`
}
