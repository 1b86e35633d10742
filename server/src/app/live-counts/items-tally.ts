// The open work of a queue, counted as items come and go.

import type { WorkItem } from '../../domain/work-record.ts'

export interface ItemsTally {
  /** Replaces what this item added before; null: it exists no more. */
  set(workItemId: string, item: WorkItem | null): void
  of(queueId: string): QueueItems
  /** Queues whose counts may differ since the last call. */
  takeChanged(): ReadonlySet<string>
}

export interface QueueItems {
  /** By id. */
  readonly queued: ReadonlyMap<string, WorkItem>
  readonly ringing: number
  readonly wrapUp: number
}

interface Counted {
  readonly queued: Map<string, WorkItem>
  ringing: number
  wrapUp: number
}

export function createItemsTally(): ItemsTally {
  const items = new Map<string, WorkItem>()
  const queues = new Map<string, Counted>()
  let changed = new Set<string>()

  function count(item: WorkItem, by: 1 | -1): void {
    const counted = countedOf(item.queueId)
    changed.add(item.queueId)
    if (item.state === 'queued' && by === 1) counted.queued.set(item.workItemId, item)
    if (item.state === 'queued' && by === -1) counted.queued.delete(item.workItemId)
    if (item.state === 'wrap-up') counted.wrapUp += by
    // TR4: an offered transfer rings beside its holder.
    if (item.offeredTo !== null) counted.ringing += by
  }

  function countedOf(queue: string): Counted {
    const known = queues.get(queue)
    if (known) return known
    const counted: Counted = { queued: new Map(), ringing: 0, wrapUp: 0 }
    queues.set(queue, counted)
    return counted
  }

  return {
    set(id, item) {
      const before = items.get(id)
      if (before) count(before, -1)
      items.delete(id)
      if (!item || item.state === 'closed') return
      count(item, 1)
      items.set(id, item)
    },
    of: countedOf,
    takeChanged() {
      const taken = changed
      changed = new Set()
      return taken
    },
  }
}
