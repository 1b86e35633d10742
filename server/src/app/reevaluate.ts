// PO1: after a change of the configuration everybody it touches is judged by the new one. Runs in slices between
// which commands are answered; after a crash it goes on with whoever is still shown by an older version.

import { setImmediate } from 'node:timers/promises'
import type { Configuration } from '../domain/configuration.ts'
import { decide } from '../domain/decide.ts'
import { type Actor, type Facts, SYSTEM } from '../domain/facts.ts'
import type { Storage } from '../storage/storage.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Commit } from './commit.ts'
import type { Draft } from './draft.ts'
import type { Replicas } from './replica.ts'
import { same } from './same.ts'
import { toView } from './view.ts'

/** Representatives looked at before others get their turn: a few ms. */
const SLICE = 50

export interface Reevaluation {
  /** Resolves when nobody of any tenant is shown by an older configuration than they should be. */
  resume(): Promise<void>
  stop(): Promise<void>
}

export function createReevaluation(
  storage: Storage,
  replica: Replicas,
  commit: Commit,
  log: Logger,
): Reevaluation {
  /** By tenant: the run under way. */
  const running = new Map<string, Promise<void>>()
  /** Tenants whose newest run has not begun. */
  const waiting = new Set<string>()
  let stopped = false

  const unsubscribe = storage.feed.subscribe((tenant, entries) => {
    for (const entry of entries) {
      // A queue's name is nobody's presence; sign-ins create many queues.
      if (entry.kind !== 'configuration' || entry.change.resource === 'queues') continue
      start(tenant)
    }
  })

  /** A run that has not begun sees this change, too. */
  function start(tenant: string): Promise<void> {
    const before = running.get(tenant) ?? Promise.resolve()
    if (waiting.has(tenant)) return before
    waiting.add(tenant)
    const run = before
      .then(() => reevaluate(tenant))
      .catch(error => {
        log.error({ err: error, tenant }, 'A re-evaluation failed; it goes on at the next change or restart.')
      })
      .finally(() => {
        if (running.get(tenant) === run) running.delete(tenant)
      })
    running.set(tenant, run)
    return run
  }

  async function reevaluate(tenant: string): Promise<void> {
    waiting.delete(tenant)
    const by = storage.configuration(tenant).changedBy ?? SYSTEM
    const ids = [...replica.picture(tenant).facts.keys()]
    for (let first = 0; first < ids.length && !stopped; first += SLICE) {
      const touched = ids.slice(first, first + SLICE).flatMap(id => touchedBefore(tenant, id))
      if (touched.length > 0) {
        await commit({
          tenant,
          event: 'configuration-changed',
          run: draft => {
            for (const facts of touched) judgeAgain(draft, facts, by, replica)
            return null
          },
        })
      }
      await setImmediate()
    }
  }

  /** Looked at outside of a commit, so that whoever isn't touched costs none. */
  function touchedBefore(tenant: string, id: string): readonly Facts[] {
    const facts = storage.representative(tenant, id)
    return facts && isTouched(facts, storage.configuration(tenant), storage.now(), replica) ? [facts] : []
  }

  return {
    async resume() {
      await Promise.all(storage.tenants().map(start))
    },
    async stop() {
      stopped = true
      unsubscribe()
      await Promise.all(running.values())
    },
  }
}

/** `touched`: as she was when she was looked at; looked at again if she was stored anew since. */
function judgeAgain(draft: Draft, touched: Facts, by: Actor, replica: Replicas): void {
  const facts = draft.representative(touched.representativeId)
  const configuration = draft.configuration()
  if (!facts || (facts !== touched && !isTouched(facts, configuration, draft.now, replica))) return
  const outcome = draft.decide(facts, { type: 'configuration-changed', by })
  if (outcome.kind !== 'nothing') return
  // Her presence stays, but numbers of her view changed (a limit, say): watchers see those by a new revision.
  draft.putRepresentative({
    ...facts,
    configurationVersion: configuration.version,
    cause: {
      event: 'configuration-changed',
      actor: { kind: by.kind, id: by.id },
      rule: 'PO1',
      inputs: { configurationVersion: configuration.version },
    },
  })
}

/** True if by this configuration her facts or her view would be others. */
function isTouched(facts: Facts, configuration: Configuration, at: number, replica: Replicas): boolean {
  if (facts.configurationVersion >= configuration.version) return false
  const decided = decide(facts, { type: 'configuration-changed', by: SYSTEM }, configuration, at).facts
  const before = replica.view(facts.tenant, facts.representativeId)
  // CA6: a day may have begun to be counted, which no view shows yet.
  return decided.tallies !== facts.tallies || !same(told(before), told(toView(decided, configuration, at)))
}

/** A view without what changes by being stored again. */
function told(view: ReturnType<Replicas['view']>) {
  return view && { ...view, revision: 0, cause: null }
}
