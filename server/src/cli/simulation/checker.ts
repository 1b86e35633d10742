// Checks the invariants of a whole shift against what a supervisor sees, what the clients know of their own
// connections, and what was acknowledged. Pure of network: it is told everything, and time with it.

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import { checkStep } from './check-steps.ts'
import { differences } from './differences.ts'
import { createVerdicts, type Verdicts } from './invariants.ts'
import { createLedger, type Ledger } from './ledger.ts'

export interface Checker {
  readonly verdicts: Verdicts
  readonly ledger: Ledger
  /** A representative's connection; `ours`: this side closed it. `view`: hers, as it came with the connection. */
  link(id: string, live: boolean, ours: boolean, view: PresenceView | null, at: number): void
  /** The supervisor's connection. While it is away, what it shows is old. */
  watching(live: boolean, at: number): void
  /** An offer that asks for no room is about to be made to her. */
  forcing(id: string, at: number): void
  /** A message of the watch, with everybody watched after it. `whole`: the state again, not what changed. */
  seen(
    changed: readonly PresenceView[],
    all: ReadonlyMap<string, PresenceView>,
    whole: boolean,
    at: number,
  ): void
  /** Judges connections against what is shown; to be called about every second. */
  tick(all: ReadonlyMap<string, PresenceView>, at: number): void
  /** Nothing happens any more: what the supervisor sees, and what the store has. */
  end(
    all: ReadonlyMap<string, PresenceView>,
    stored: ReadonlyMap<string, PresenceView>,
    items: ReadonlyMap<string, WorkItemResource | null>,
  ): void
}

/** A closed socket is Offline at once (DI1); a busy machine may need a moment to say so. */
const CLOSED_MS = 3_000
/** A connection that was lost without a word (DI5, DI6). */
const LOST_MS = 18_000 + CLOSED_MS
/** An offer under force is either there by then or was refused. */
const FORCED_MS = 15_000
const ON_PURPOSE: readonly string[] = ['default', 'representative', 'supervisor', 'service']

export function createChecker(): Checker {
  const verdicts = createVerdicts()
  const ledger = createLedger(verdicts)
  const links = new Map<string, { live: boolean; since: number; boundMs: number; answered: number }>()
  const known = new Map<string, PresenceView>()
  const forced = new Map<string, number>()
  let watchedSince: number | null = null

  return {
    verdicts,
    ledger,
    link(id, live, ours, view, at) {
      const before = links.get(id)
      if (live && before && view) ledger.checkReturn(view, before.answered)
      const boundMs = live || ours ? CLOSED_MS : LOST_MS
      links.set(id, { live, since: at, boundMs, answered: ledger.revisionOf(id) })
    },
    watching(live, at) {
      watchedSince = live ? at : null
    },
    forcing: (id, at) => void forced.set(id, at),
    seen(changed, all, whole, at) {
      for (const view of changed) {
        const id = view.representativeId
        const before = known.get(id)
        known.set(id, view)
        if (whole || !before) continue
        const rises = view.revision > before.revision
        verdicts.check('I3', id, rises, () => `revision ${view.revision} came after ${before.revision}`)
        checkStep(verdicts, before, view, { at, forced: at - (forced.get(id) ?? -Infinity) < FORCED_MS })
      }
      checkHolders(verdicts, all)
    },
    tick(all, at) {
      if (watchedSince === null) return
      for (const [id, { live, since, boundMs }] of links) {
        const view = all.get(id)
        if (!view || at - Math.max(since, watchedSince) < boundMs) continue
        const { base, origin, link } = view
        const shown = () => `${base} (${origin}, ${link}) ${at - since} ms after`
        if (live) {
          const holds = link === 'present' && (base !== 'offline' || ON_PURPOSE.includes(origin))
          verdicts.check('I2', id, holds, () => `${shown()} her connection began`)
        } else {
          // DI7: a planned stop leaves everybody as they are until then.
          const handover = view.handoverUntil !== null && at < Date.parse(view.handoverUntil) + CLOSED_MS
          verdicts.check('I1', id, base === 'offline' || handover, () => `${shown()} her connection ended`)
        }
      }
    },
    end(all, stored, items) {
      for (const id of new Set([...all.keys(), ...stored.keys()])) {
        const difference = differences(all.get(id), stored.get(id))
        const what = () => `the supervisor sees something else than the store has: ${difference}`
        verdicts.check('I3', id, difference === null, what)
      }
      for (const [id, { revision }] of stored) ledger.checkRevision(id, revision, ledger.revisionOf(id))
      for (const [id, item] of items) ledger.checkItem(id, item)
      checkHolders(verdicts, stored)
    },
  }
}

function checkHolders(verdicts: Verdicts, all: ReadonlyMap<string, PresenceView>): void {
  const holders = new Map<string, string>()
  for (const { representativeId, work } of all.values()) {
    for (const { workItemId } of work) {
      const other = holders.get(workItemId)
      holders.set(workItemId, representativeId)
      verdicts.check('one', workItemId, other === undefined, () => `is with ${other} and ${representativeId}`)
    }
  }
}
