// The groups of this node, found by what they watch, and by the queues that a change touches: the cost of a change
// depends on how many groups it concerns, not on how many there are.

import type { ViewChange } from '../app/app.ts'
import { watchedBy } from '../app/feed-cursor.ts'
import { createWatchGroup, type GroupContext, type WatchGroup } from './watch-group.ts'

export interface WatchGroups {
  /** The group of these queues, made if nobody watches them yet. */
  open(tenant: string, queues: readonly string[] | '*'): WatchGroup
  /** Forgets a group that nobody is in. */
  closeIfEmpty(group: WatchGroup): void
  note(tenant: string, changes: readonly ViewChange[]): void
  all(): Iterable<WatchGroup>
  /** Those that watch this queue, alone, among others or among all. */
  watching(tenant: string, queueId: string): readonly WatchGroup[]
  stop(): void
}

export function createWatchGroups(context: GroupContext): WatchGroups {
  const groups = new Map<string, WatchGroup>()
  /** By `tenant queue`; `tenant *` are those of everybody. */
  const byQueue = new Map<string, Set<WatchGroup>>()
  const placesOf = ({ tenant, queues }: Pick<WatchGroup, 'tenant' | 'queues'>) =>
    (queues === '*' ? ['*'] : queues).map(queue => `${tenant} ${queue}`)

  function touched(tenant: string, changes: readonly ViewChange[]): Map<WatchGroup, ViewChange[]> {
    const found = new Map<WatchGroup, ViewChange[]>()
    for (const change of changes) {
      const queues = new Set(['*', ...change.queuesBefore, ...change.queuesAfter])
      const concerned = new Set<WatchGroup>()
      for (const queue of queues)
        for (const group of byQueue.get(`${tenant} ${queue}`) ?? []) concerned.add(group)
      for (const group of concerned) {
        const list = found.get(group)
        if (list) list.push(change)
        else found.set(group, [change])
      }
    }
    return found
  }

  return {
    open(tenant, queues) {
      const key = watchedBy(tenant, queues)
      const known = groups.get(key)
      if (known) return known
      const group = createWatchGroup(tenant, queues === '*' ? '*' : [...new Set(queues)], context)
      groups.set(key, group)
      for (const place of placesOf(group)) byQueue.set(place, (byQueue.get(place) ?? new Set()).add(group))
      return group
    },
    closeIfEmpty(group) {
      const key = watchedBy(group.tenant, group.queues)
      // A slow watcher that leaves late may find another group under the key already.
      if (!group.isEmpty() || groups.get(key) !== group) return
      group.stop()
      groups.delete(key)
      for (const place of placesOf(group)) {
        const there = byQueue.get(place)
        there?.delete(group)
        if (there?.size === 0) byQueue.delete(place)
      }
    },
    note(tenant, changes) {
      if (groups.size === 0) return
      for (const [group, concerning] of touched(tenant, changes)) group.note(concerning)
    },
    all: () => groups.values(),
    watching: (tenant, queueId) =>
      ['*', queueId].flatMap(queue => [...(byQueue.get(`${tenant} ${queue}`) ?? [])]),
    stop() {
      for (const group of groups.values()) group.stop()
      groups.clear()
      byQueue.clear()
    },
  }
}
