// DI10: deadlines are data in the store. This sweep sleeps until the earliest, then lets what is due take effect;
// the commit decides, so that each fires exactly once however many nodes sweep.

import type { Clock } from '../clock.ts'
import type { Storage } from '../storage/storage.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Commit } from './commit.ts'
import { takeEffect } from './take-effect.ts'

/** Looks at least this often, should a clock have jumped. */
const LONGEST_SLEEP_MS = 5_000
/** After a sweep that failed or could not get rid of a deadline. */
const HOLD_OFF_MS = 1_000
/** Under way at once: enough for group commits, and little enough for commands to come between. */
const BATCH = 100
/** A deadline that is still due after the second round is a fault, and must not keep the sweep turning. */
const MOST_ROUNDS = 2

type Proposal = ReturnType<Storage['due']>[number]

export interface DeadlinesOptions {
  readonly storage: Storage
  readonly commit: Commit
  readonly clock: Clock
  readonly metrics: Metrics
  readonly log: Logger
}

export interface Deadlines {
  start(): void
  /** Resolves when no sweep is under way any more. */
  stop(): Promise<void>
}

export function createDeadlines({ storage, commit, clock, metrics, log }: DeadlinesOptions): Deadlines {
  let cancel = () => {}
  let wakesAt = Number.POSITIVE_INFINITY
  let sweeping: Promise<void> | null = null
  let stopped = true
  let unsubscribe = () => {}

  /** Sleeps until the next deadline, unless it already does. */
  function plan(atLeastMs = 0): void {
    if (stopped || sweeping) return
    const next = storage.nextDeadline() ?? Number.POSITIVE_INFINITY
    const sleep = Math.min(LONGEST_SLEEP_MS, Math.max(atLeastMs, next - storage.now()))
    const at = clock.elapsed() + sleep
    if (at >= wakesAt) return
    cancel()
    wakesAt = at
    cancel = clock.after(sleep, wake)
  }

  function wake(): void {
    wakesAt = Number.POSITIVE_INFINITY
    if (stopped) return
    sweeping = sweep()
      .catch(error => {
        log.error({ err: error }, 'A sweep of deadlines failed; it is tried again in a second.')
        return HOLD_OFF_MS
      })
      .then(atLeastMs => {
        sweeping = null
        plan(atLeastMs)
      })
  }

  /** Until none is due. Answers how long to hold off. */
  async function sweep(): Promise<number> {
    let rounds: ReadonlyMap<string, number> = new Map()
    for (;;) {
      const due = storage.due(storage.now(), BATCH)
      if (due.length === 0 || stopped) return 0
      const again: ReadonlyMap<string, number> = new Map(
        due.map(proposal => [nameOf(proposal), (rounds.get(nameOf(proposal)) ?? 0) + 1]),
      )
      rounds = again
      const open = due.filter(proposal => (again.get(nameOf(proposal)) ?? 0) <= MOST_ROUNDS)
      if (open.length === 0) {
        log.error({ due: due.slice(0, 3) }, 'Deadlines stay due whatever is done; tried again in a second.')
        return HOLD_OFF_MS
      }
      await Promise.all(open.map(proposal => fire(proposal, (again.get(nameOf(proposal)) ?? 0) > 1)))
    }
  }

  async function fire({ tenant, key, deadline }: Proposal, again: boolean): Promise<void> {
    const fired = await commit({
      tenant,
      event: 'time-passed',
      run: draft => takeEffect(draft, key, again),
    })
    if (!fired) return
    metrics.deadlinesFired.inc()
    metrics.deadlineLateSeconds.observe(Math.max(0, storage.now() - deadline) / 1_000)
  }

  return {
    start() {
      stopped = false
      unsubscribe = storage.feed.subscribe(() => plan())
      plan()
    },
    async stop() {
      stopped = true
      unsubscribe()
      cancel()
      await sweeping
    },
  }
}

const nameOf = ({ tenant, key, deadline }: Proposal) => `${tenant} ${key.kind} ${key.id} ${deadline}`
