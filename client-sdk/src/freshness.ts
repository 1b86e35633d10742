// Whether a board shows what is, or what was: decided by the server's last word that it is up to date.
import { createEmitter } from './emitter.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Settings } from './options.ts'
import type { ServerTime } from './server-time.ts'

/** With the 2 s that a heartbeat may be late: two and a half of the 5 s between two words of the server. */
const PATIENCE_MS = 10_500

/** `since`: the last instant, by the server's clock (ISO 8601), at which what is shown was surely what is. */
export type Freshness =
  | { readonly kind: 'live' }
  /** The connection is lost, or the board is being asked for again. */
  | { readonly kind: 'reconnecting'; readonly since: string }
  /** Connected, and nothing was heard for 12.5 s, or the server's store does not answer; or the watch is over. */
  | { readonly kind: 'stale'; readonly since: string }

export interface FreshnessKeeper {
  /** The same object until it changes. */
  now(): Freshness
  on(listener: (freshness: Freshness) => void): () => void
  /** From now on the board is in `kind`; `live` for as long as the server proves it. */
  set(kind: Freshness['kind']): void
  /** The server has told everything that there was `lagMs` ago; with `live`, the board is whole, too. */
  heard(lagMs: number, kind?: Freshness['kind']): void
  end(): void
}

export function keepFreshness(
  { now }: Pick<ServerTime, 'now'>,
  { clock }: Pick<Settings, 'clock'>,
): FreshnessKeeper {
  const told = createEmitter<Freshness>()
  const pulse = createHeartbeat(clock, () => set(wanted, true))
  let proof = now()
  let wanted: Freshness['kind']
  let freshness: Freshness

  /** Told by its timer that it is late, it does not ask again: timers may be a little early. */
  const set = (kind: typeof wanted, late = pulse.overdue()): void => {
    wanted = kind
    const shown = kind === 'live' && late ? 'stale' : kind
    if (shown === freshness?.kind) return
    freshness = shown === 'live' ? { kind: shown } : { kind: shown, since: new Date(proof).toISOString() }
    told.emit(freshness)
  }
  set('reconnecting')

  return {
    now: () => freshness,
    on: told.on,
    set,
    heard(lagMs, kind = wanted) {
      proof = now() - lagMs
      pulse.beat(PATIENCE_MS - lagMs)
      set(kind)
    },
    end() {
      pulse.stop()
      set('stale')
    },
  }
}
