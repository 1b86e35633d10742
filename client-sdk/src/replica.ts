// What a watcher knows: the views of everybody watched, kept from a state and the changes after it. Pure of time
// and network: the same messages give the same replica.
import type { MessagePayload, PresenceView, Sync } from '@rollcall/shared'

export type Changes = Pick<
  MessagePayload<'presence:changes'>,
  'cursor' | 'presences' | 'removed' | 'complete'
>
type Part = Pick<Changes, 'cursor' | 'presences' | 'removed'>
type Patch = Changes['presences'][number]

export interface ReplicaChange {
  readonly changed: readonly PresenceView[]
  readonly removed: readonly string[]
  /** Set when a whole answer to `watch` has been taken in. */
  readonly synced?: 'state' | 'diff'
}

export interface Replica {
  /** Everybody watched, by id. One live map; each change puts a new view object into it. */
  presences(): ReadonlyMap<string, PresenceView>
  /** Where to go on after a lost connection; undefined: from the whole state. */
  cursor(): string | undefined
  /** A `watch` is answered: what comes from here on is held until `sync`, what was held or half received is dropped. */
  begin(): void
  /** The answer to `watch`. */
  sync(sync: Sync): ReplicaChange
  /** A `presence:changes` message: a page of the state, or live. */
  changes(message: Changes): ReplicaChange
  /** The feed is at `cursor`, and everything up to it has been told. */
  head(cursor: string): void
  /** Continuity is lost: the cursor is worth nothing any more. */
  forget(): void
}

export function createReplica(): Replica {
  const views = new Map<string, PresenceView>()
  let cursor: string | undefined
  /** Messages that wait: for the answer to `watch`, then for its last page, without `complete: false`. Null: live. */
  let held: Changes[] | null = []
  /** The answer to `watch`, while its pages come. */
  let answer: Sync | null = null

  /** `before`: who was shown and is not any more, unless the parts bring them. */
  const apply = (parts: readonly Part[], before: readonly string[] = []) => {
    const changed = new Map<string, PresenceView>()
    const removed = new Set(before)
    for (const part of parts) {
      cursor = part.cursor
      for (const patch of part.presences) {
        const id = patch.representativeId
        const view = merged(views.get(id), patch)
        if (!view) continue
        views.set(id, view)
        changed.set(id, view)
        removed.delete(id)
      }
      for (const id of part.removed) {
        if (!views.delete(id)) continue
        changed.delete(id)
        removed.add(id)
      }
    }
    return { changed: [...changed.values()], removed: [...removed] }
  }

  const complete = (sync: Sync, pages: readonly Changes[]): ReplicaChange => {
    held = null
    answer = null
    // A state replaces everything, whatever its revisions: it may be of a new epoch.
    const before = sync.kind === 'state' ? [...views.keys()] : []
    for (const id of before) views.delete(id)
    return { ...apply([sync, ...pages], before), synced: sync.kind }
  }

  return {
    presences: () => views,
    cursor: () => cursor,
    begin() {
      held = []
      answer = null
    },
    sync(sync) {
      // Pages, and what follows them, may be here before the answer: it passes through more hands on its way.
      held ??= []
      if (isLast(sync) || held.some(isLast)) return complete(sync, held)
      answer = sync
      return apply([])
    },
    changes(message) {
      if (!held) return apply([message])
      held.push(message)
      return answer && isLast(message) ? complete(answer, held) : apply([])
    },
    head(next) {
      if (!held) cursor = next
    },
    forget() {
      cursor = undefined
    },
  }
}

function isLast(message: Pick<Changes, 'complete'>): boolean {
  return message.complete !== false
}

/**
 * Null when the patch is older: within an epoch revisions only rise; the same revision again is harmless. Null also
 * for a patch of somebody unknown, which says too little to be shown: somebody new comes as a whole view.
 */
function merged(view: PresenceView | undefined, patch: Patch): PresenceView | null {
  const isNews = view ? patch.revision >= view.revision : 'name' in patch && 'link' in patch
  // JSON knows no undefined: what is in a patch is a value.
  return isNews ? ({ ...view, ...patch } as PresenceView) : null
}
