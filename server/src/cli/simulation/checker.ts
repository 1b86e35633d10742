// Checks the invariants of a whole shift against what a supervisor sees, what HTTP answers, what everybody's own tabs
// show, what the clients know of their own connections, and what was acknowledged. Pure of network: it is told
// everything, and time with it.

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import { checkAbsence } from './absences.ts'
import { checkEnd, checkHolders, type Picture } from './check-end.ts'
import { checkStep } from './check-steps.ts'
import { createVerdicts, type Verdicts } from './invariants.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createRecords } from './records.ts'

export type Views = ReadonlyMap<string, PresenceView>

export interface Checker {
  readonly verdicts: Verdicts
  readonly ledger: Ledger
  /**
   * A representative's connection; `ours`: this side closed it; `cut`: its network was taken away without a word, and
   * the server believes in it for a while, whatever she does meanwhile. `view`: hers, as it came with the connection.
   */
  link(id: string, live: boolean, ours: boolean, view: PresenceView | null, at: number, cut?: boolean): void
  /** The supervisor's connection. While it is away, what it shows is old. */
  watching(live: boolean, at: number): void
  /** An offer that asks for no room is about to be made to her. */
  forcing(id: string, at: number): void
  /**
   * A message of a watch, with everybody watched after it. `whole`: the state again, not what changed. `who` watches:
   * the supervisor, unless said.
   */
  seen(changed: readonly PresenceView[], all: Views, whole: boolean, at: number, who?: string): void
  /** What one of her own tabs shows. */
  ownView(view: PresenceView): void
  /** Judges connections against what is shown; to be called about every second. */
  tick(all: Views, at: number): void
  /** The answer of HTTP to a request that was sent at `at`: everybody at one moment. */
  polled(all: Views, at: number): void
  /** Nothing happens any more: what the supervisor and all others see, and what the store has. */
  end(
    all: Views,
    stored: Views,
    items: ReadonlyMap<string, WorkItemResource | null>,
    others?: readonly Picture[],
  ): void
}

export interface CheckerOptions {
  /** The restore window, ms; null: not known. */
  readonly windowMs?: number
  /** Called for each change that the supervisor sees. */
  readonly onStep?: (before: PresenceView, after: PresenceView) => void
}

interface Line {
  readonly live: boolean
  readonly since: number
  readonly boundMs: number
  readonly answered: number
}

/** A closed socket is Offline at once (DI1); a busy machine may need a moment to say so. */
const CLOSED_MS = 3_000
/** A connection that was lost without a word (DI5, DI6). */
const LOST_MS = 18_000 + CLOSED_MS
/** An offer under force is either there by then or was refused. */
const FORCED_MS = 15_000
/** A server that goes is not noticed by everybody in the same moment. */
const TOGETHER_MS = 5_000
const ON_PURPOSE: readonly string[] = ['default', 'representative', 'supervisor', 'service']
const SUPERVISOR = 'the supervisor'

export function createChecker({ windowMs, onStep }: CheckerOptions = {}): Checker {
  const verdicts = createVerdicts()
  const ledger = createLedger(verdicts)
  const records = createRecords(verdicts)
  const links = new Map<string, Line>()
  const known = new Map<string, PresenceView>()
  const forced = new Map<string, number>()
  /** Until when a connection that was cut may still count as hers (DI5). */
  const silentUntil = new Map<string, number>()
  let watchedSince: number | null = null
  let lostAt = -Infinity

  return {
    verdicts,
    ledger,
    link(id, live, ours, view, at, cut = false) {
      const before = links.get(id)
      if (live && before && view) {
        ledger.checkReturn(view, before.answered)
        const awayMs = at - before.since
        const outage = lostAt > before.since - TOGETHER_MS
        if (!before.live && windowMs !== undefined)
          checkAbsence(verdicts, { id, awayMs, noticedMs: before.boundMs, outage }, windowMs, view)
      }
      if (cut) silentUntil.set(id, at + LOST_MS)
      const silentMs = live ? 0 : (silentUntil.get(id) ?? 0) - at
      const boundMs = Math.max(live || ours ? CLOSED_MS : LOST_MS, silentMs)
      links.set(id, { live, since: at, boundMs, answered: ledger.revisionOf(id) })
    },
    watching(live, at) {
      if (!live && watchedSince !== null) lostAt = at
      watchedSince = live ? at : null
    },
    forcing: (id, at) => void forced.set(id, at),
    seen(changed, all, whole, at, who = SUPERVISOR) {
      for (const view of changed) {
        const id = view.representativeId
        records.look(view, who)
        const before = known.get(`${who} ${id}`)
        known.set(`${who} ${id}`, view)
        if (who === SUPERVISOR && before && view.revision > before.revision) onStep?.(before, view)
        if (whole || !before) continue
        const rises = view.revision > before.revision
        verdicts.check('I3', id, rises, () => `revision ${view.revision} came after ${before.revision}`)
        if (who !== SUPERVISOR) continue
        checkStep(verdicts, before, view, { at, forced: at - (forced.get(id) ?? -Infinity) < FORCED_MS })
      }
      checkHolders(verdicts, all)
    },
    ownView: view => records.look(view, 'a tab of hers'),
    tick(all, at) {
      if (watchedSince !== null) checkLinks(all, at, watchedSince, 'the supervisor sees')
    },
    polled(all, at) {
      for (const view of all.values()) records.look(view, 'a request over HTTP')
      checkHolders(verdicts, all)
      checkLinks(all, at, -Infinity, 'HTTP answers')
    },
    end(all, stored, items, others = []) {
      const pictures = [{ who: SUPERVISOR, sees: all, of: stored }, ...others]
      checkEnd(verdicts, ledger, pictures, stored, items)
    },
  }

  /** `notBefore`: when what is shown became current. */
  function checkLinks(all: Views, at: number, notBefore: number, who: string): void {
    for (const [id, { live, since, boundMs }] of links) {
      const view = all.get(id)
      if (!view || at - Math.max(since, notBefore) < boundMs) continue
      const { base, origin, link } = view
      const shown = () => `${who} ${base} (${origin}, ${link}) ${at - since} ms after`
      if (live) {
        const holds = link === 'present' && (base !== 'offline' || ON_PURPOSE.includes(origin))
        verdicts.check('I2', id, holds, () => `${shown()} her connection began`)
      } else {
        // DI7: a planned stop leaves everybody as they are until then.
        const handover = view.handoverUntil !== null && at < Date.parse(view.handoverUntil) + CLOSED_MS
        verdicts.check('I1', id, base === 'offline' || handover, () => `${shown()} her connection ended`)
      }
    }
  }
}
