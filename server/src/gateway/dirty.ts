// What changed for one set of watched queues since the last batch: the latest per representative (SU4).

import type { PresencePatch } from '@rollcall/shared'
import type { ViewChange } from '../app/app.ts'

export interface Batch {
  readonly presences: readonly PresencePatch[]
  readonly removed: readonly string[]
  /** Who left and is back: to be told of as removed before, since the revisions of somebody created again begin anew. */
  readonly reborn: readonly string[]
}

export interface Dirty {
  note(change: ViewChange): void
  /** Everything noted, which is then forgotten; null: nothing. */
  take(): Batch | null
}

/** `queues`: what is watched. Somebody new to it comes whole, who left it is removed. */
export function createDirty(queues: ReadonlySet<string> | '*'): Dirty {
  /** null: removed. */
  let changed = new Map<string, PresencePatch | null>()
  let reborn = new Set<string>()
  const watches = (hers: readonly string[]) => queues === '*' || hers.some(queue => queues.has(queue))

  return {
    note({ representativeId, view, patch, queuesBefore, queuesAfter }) {
      const stays = view !== null && watches(queuesAfter)
      const wasHere = view === null || patch !== null ? watches(queuesBefore) : false
      if (!stays) {
        if (wasHere || changed.has(representativeId)) changed.set(representativeId, null)
        return
      }
      const pending = changed.get(representativeId)
      if (pending === null) reborn.add(representativeId)
      const whole = patch === null || !wasHere || pending === null
      changed.set(representativeId, whole ? view : { ...pending, ...patch })
    },
    take() {
      if (changed.size === 0) return null
      const taken = changed
      const back = [...reborn].filter(id => taken.get(id) !== null)
      changed = new Map()
      reborn = new Set()
      const presences: PresencePatch[] = []
      const removed: string[] = []
      for (const [id, patch] of taken) {
        if (patch === null) removed.push(id)
        else presences.push(patch)
      }
      return { presences, removed, reborn: back }
    },
  }
}
