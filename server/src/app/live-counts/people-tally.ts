// Who is in a queue, counted as people come and go: by base, by status, and whom each workstream could be offered to.

import type { Base } from '@rollcall/shared/vocabulary'

/** What one representative adds to the counts of each of her queues. */
export interface Share {
  readonly queues: readonly string[]
  /** null: signed out. */
  readonly shown: { readonly base: Base; readonly statusId: string } | null
  /** By queue, the workstreams that she could be offered work of (RO1); queues without one are left out. */
  readonly open: ReadonlyMap<string, readonly string[]>
}

export interface PeopleTally {
  /** Replaces what she added before; null: she exists no more. */
  set(representativeId: string, share: Share | null): void
  of(queueId: string): QueuePeople
  /** Whom work of this workstream could be offered to. */
  routableFor(workstreamId: string): ReadonlySet<string>
  /** Queues whose counts may differ since the last call. */
  takeChanged(): ReadonlySet<string>
}

export interface QueuePeople {
  readonly byBase: ReadonlyMap<string, number>
  readonly byStatus: ReadonlyMap<string, number>
  readonly signedIn: number
  readonly routable: number
}

interface Counted {
  readonly byBase: Map<string, number>
  readonly byStatus: Map<string, number>
  signedIn: number
  routable: number
}

const NOBODY: ReadonlySet<string> = new Set()

export function createPeopleTally(): PeopleTally {
  const shares = new Map<string, Share>()
  const queues = new Map<string, Counted>()
  const routable = new Map<string, Set<string>>()
  let changed = new Set<string>()

  function count(id: string, { queues: hers, shown, open }: Share, by: 1 | -1): void {
    for (const queue of hers) {
      const counted = countedOf(queue)
      changed.add(queue)
      if (open.has(queue)) counted.routable += by
      if (shown === null) continue
      counted.signedIn += by
      add(counted.byBase, shown.base, by)
      add(counted.byStatus, shown.statusId, by)
    }
    for (const workstream of [...open.values()].flat()) {
      const those = routable.get(workstream) ?? new Set()
      routable.set(workstream, those)
      if (by === 1) those.add(id)
      else those.delete(id)
    }
  }

  function countedOf(queue: string): Counted {
    const known = queues.get(queue)
    if (known) return known
    const counted: Counted = { byBase: new Map(), byStatus: new Map(), signedIn: 0, routable: 0 }
    queues.set(queue, counted)
    return counted
  }

  return {
    set(id, share) {
      const before = shares.get(id)
      if (before) count(id, before, -1)
      if (share) {
        count(id, share, 1)
        shares.set(id, share)
      } else shares.delete(id)
    },
    of: countedOf,
    routableFor: workstream => routable.get(workstream) ?? NOBODY,
    takeChanged() {
      const taken = changed
      changed = new Set()
      return taken
    },
  }
}

/** What nobody is in leaves no zero behind: archived statuses would stay for ever. */
function add(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const sum = (counts.get(key) ?? 0) + by
  if (sum === 0) counts.delete(key)
  else counts.set(key, sum)
}
