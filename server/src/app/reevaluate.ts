// PO1: after a change of the configuration everybody it touches is judged by the new one. Runs in slices between
// which commands are answered. Whether it touches somebody is decided on her record alone, which keeps what was told of
// her: so each is judged once, wherever an earlier process died, and nothing has to be kept of how far it came.

import { setImmediate } from 'node:timers/promises'
import { SYSTEM } from '../domain/facts.ts'
import type { Storage } from '../storage/storage.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Commit } from './commit.ts'
import type { Draft } from './draft.ts'
import type { Replicas } from './replica.ts'

/** Representatives judged in one commit, before others get their turn: a few ms. */
const SLICE = 50

export interface Reevaluation {
  /** Resolves when nobody of any tenant is shown by an older configuration than they should be. */
  resume(): Promise<void>
  stop(): Promise<void>
}

/** Once around everybody of a tenant. */
interface Round {
  done: Promise<void>
  /** Who is still to be looked at. */
  ids: readonly string[]
  /** Changed meanwhile: whoever was looked at has to be once more. */
  again: boolean
}

export function createReevaluation(
  storage: Storage,
  replica: Replicas,
  commit: Commit,
  log: Logger,
): Reevaluation {
  /** By tenant: the round under way. */
  const rounds = new Map<string, Round>()
  let stopped = false

  const unsubscribe = storage.feed.subscribe((tenant, entries) => {
    for (const entry of entries) {
      // A queue's name is nobody's presence; sign-ins create many queues.
      if (entry.kind !== 'configuration' || entry.change.resource === 'queues') continue
      start(tenant)
    }
  })

  /** A round under way goes on, and once more around from where it is: no change waits for more than one round. */
  function start(tenant: string): Promise<void> {
    const running = rounds.get(tenant)
    if (running) {
      running.again = true
      return running.done
    }
    const round: Round = { done: Promise.resolve(), ids: [], again: true }
    rounds.set(tenant, round)
    round.done = goRound(tenant, round)
    return round.done
  }

  async function goRound(tenant: string, round: Round): Promise<void> {
    let before: Promise<void> = Promise.resolve()
    for (;;) {
      await setImmediate()
      if (stopped) break
      if (round.again) round.ids = [...new Set([...round.ids, ...replica.picture(tenant).facts.keys()])]
      round.again = false
      if (round.ids.length === 0) break
      const slice = round.ids.slice(0, SLICE)
      round.ids = round.ids.slice(SLICE)
      const judged = judgeSlice(tenant, slice)
      // One commit is on its way to the disk while the next is judged.
      await before
      before = judged
    }
    rounds.delete(tenant)
    await before
  }

  async function judgeSlice(tenant: string, ids: readonly string[]): Promise<void> {
    const older = ids.filter(id => isOlder(tenant, id))
    if (older.length === 0) return
    try {
      await commit({
        tenant,
        event: 'configuration-changed',
        run(draft) {
          for (const id of older) judgeAgain(draft, id)
          return null
        },
      })
    } catch (error) {
      log.error(
        { err: error, tenant, from: older.at(0), to: older.at(-1) },
        'A re-evaluation failed for these representatives; they are judged at the next change or restart.',
      )
    }
  }

  function isOlder(tenant: string, id: string): boolean {
    const facts = storage.representative(tenant, id)
    return facts !== null && facts.configurationVersion !== storage.configuration(tenant).version
  }

  return {
    async resume() {
      await Promise.all(storage.tenants().map(start))
    },
    async stop() {
      stopped = true
      unsubscribe()
      await Promise.all([...rounds.values()].map(round => round.done))
    },
  }
}

/** Stores nothing for whom the configuration leaves as she is. */
function judgeAgain(draft: Draft, id: string): void {
  const by = draft.configuration().changedBy ?? SYSTEM
  const facts = draft.representative(id)
  if (facts) draft.decide(facts, { type: 'configuration-changed', by })
}
