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

const NOTHING: ReplicaChange = { changed: [], removed: [] }

type Phase =
  /** Nothing was asked for, or its answer is not here: messages are held. */
  | { readonly kind: 'waiting'; readonly held: Changes[] }
  /** The answer has begun; its pages come as messages, the last without `complete: false`. */
  | { readonly kind: 'filling'; readonly sync: Sync; readonly pages: Changes[] }
  | { readonly kind: 'live' }

export function createReplica(): Replica {
  const views = new Map<string, PresenceView>()
  let cursor: string | undefined
  let phase: Phase = { kind: 'waiting', held: [] }

  const apply = (
    parts: readonly Part[],
    changed = new Map<string, PresenceView>(),
    removed = new Set<string>(),
  ) => {
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
    phase = { kind: 'live' }
    // A state replaces everything, whatever its revisions: it may be of a new epoch.
    const before = sync.kind === 'state' ? [...views.keys()] : []
    for (const id of before) views.delete(id)
    return { ...apply([sync, ...pages], new Map(), new Set(before)), synced: sync.kind }
  }

  return {
    presences: () => views,
    cursor: () => cursor,
    begin() {
      phase = { kind: 'waiting', held: [] }
    },
    sync(sync) {
      // Pages, and what follows them, may be here before the answer: it passes through more hands on its way.
      const pages = phase.kind === 'waiting' ? phase.held : []
      if (sync.complete !== false || pages.some(isLast)) return complete(sync, pages)
      phase = { kind: 'filling', sync, pages }
      return NOTHING
    },
    changes(message) {
      if (phase.kind === 'waiting') {
        phase.held.push(message)
        return NOTHING
      }
      if (phase.kind === 'filling') {
        phase.pages.push(message)
        return isLast(message) ? complete(phase.sync, phase.pages) : NOTHING
      }
      return apply([message])
    },
    head(next) {
      if (phase.kind === 'live') cursor = next
    },
    forget() {
      cursor = undefined
    },
  }
}

function isLast(message: Changes): boolean {
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
