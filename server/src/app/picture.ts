// The node's picture of a tenant: records and views by id, and who is in which queue. Changed in place by the feed;
// nothing is copied for a change.

import type { PresencePatch, PresenceView } from '@rollcall/shared'
import type { Facts } from '../domain/facts.ts'
import type { WorkItem } from '../domain/work-record.ts'
import type { ViewChange } from './app.ts'
import { same } from './same.ts'

export interface Picture {
  readonly views: ReadonlyMap<string, PresenceView>
  readonly facts: ReadonlyMap<string, Facts>
  readonly workItems: ReadonlyMap<string, WorkItem>
  /** Ids of the members of a queue; empty for one that nobody is in. */
  membersOf(queueId: string): ReadonlySet<string>
  /** Takes over facts with their view (null: removed). Answers what changed for a watcher; null: nothing. */
  setRepresentative(id: string, facts: Facts | null, view: PresenceView | null): ViewChange | null
  setWorkItem(id: string, item: WorkItem | null): void
}

const NOBODY: ReadonlySet<string> = new Set()
const NO_QUEUES: readonly string[] = []

export function createPicture(): Picture {
  const views = new Map<string, PresenceView>()
  const factsOf = new Map<string, Facts>()
  const workItems = new Map<string, WorkItem>()
  const members = new Map<string, Set<string>>()

  function move(id: string, before: readonly string[], after: readonly string[]): void {
    if (same(before, after)) return
    for (const queue of before) {
      const rest = members.get(queue)
      rest?.delete(id)
      if (rest?.size === 0) members.delete(queue)
    }
    for (const queue of after) {
      const present = members.get(queue)
      if (present) present.add(id)
      else members.set(queue, new Set([id]))
    }
  }

  return {
    views,
    facts: factsOf,
    workItems,
    membersOf: queueId => members.get(queueId) ?? NOBODY,
    setRepresentative(id, facts, view) {
      const old = views.get(id) ?? null
      const queuesBefore = old?.queues ?? NO_QUEUES
      const queuesAfter = view?.queues ?? NO_QUEUES
      move(id, queuesBefore, queuesAfter)
      if (facts && view) {
        factsOf.set(id, facts)
        views.set(id, view)
      } else {
        factsOf.delete(id)
        views.delete(id)
      }
      if (!old && !view) return null
      const patch = old && view ? patchOf(old, view) : null
      return { representativeId: id, view, patch, queuesBefore, queuesAfter }
    },
    setWorkItem(id, item) {
      if (item) workItems.set(id, item)
      else workItems.delete(id)
    },
  }
}

/** The top-level fields that differ, each whole: an old view with its patch laid over it is the new view. */
function patchOf(before: PresenceView, after: PresenceView): PresencePatch {
  const patch: PresencePatch = { representativeId: after.representativeId, revision: after.revision }
  for (const [field, value] of Object.entries(after)) {
    if (!same(Reflect.get(before, field), value)) Reflect.set(patch, field, value)
  }
  return patch
}
