// The replica: every tenant's picture, loaded once and then kept by the feed, one view made per changed record.

import type { PresenceView } from '@rollcall/shared'
import type { FeedEntry, FeedPosition, Storage } from '../storage/storage.ts'
import { found, seesAll } from './access.ts'
import type { Replica, ViewChange } from './app.ts'
import { type ChangeLog, createChangeLog } from './change-log.ts'
import { resourceOf } from './configuration/versions.ts'
import { createPicture, type Picture } from './picture.ts'
import { Refused } from './refused.ts'
import { toView } from './view.ts'

type Listener = Parameters<Replica['subscribe']>[0]

export interface Replicas extends Replica {
  /** Empty for a tenant of which nothing was heard. */
  picture(tenant: string): Picture
  /** Resolves when every tenant that the store knows is loaded. */
  load(): Promise<void>
  stop(): void
}

export function createReplica(storage: Storage): Replicas {
  const pictures = new Map<string, Picture>()
  const positions = new Map<string, FeedPosition>()
  const logs = new Map<string, ChangeLog>()
  /** Tenants whose load is under way, with what the feed said meanwhile. */
  const loading = new Map<string, [readonly FeedEntry[], FeedPosition][]>()
  const listeners = new Set<Listener>()

  const unsubscribe = storage.feed.subscribe((tenant, entries, position) => {
    const waiting = loading.get(tenant)
    if (waiting) waiting.push([entries, position])
    else apply(tenant, entries, position)
  })

  function apply(tenant: string, entries: readonly FeedEntry[], position: FeedPosition): void {
    const picture = pictureOf(tenant)
    const log = logOf(tenant)
    const changes: ViewChange[] = []
    for (const entry of entries) {
      if (entry.kind === 'work-item') picture.setWorkItem(entry.id, entry.current)
      if (entry.kind !== 'representative') continue
      const view = entry.current && toView(entry.current, storage.configuration(tenant), entry.at)
      const change = picture.setRepresentative(entry.id, entry.current, view)
      if (!change) continue
      log.note(change, entry.seq)
      changes.push(change)
    }
    positions.set(tenant, position)
    for (const listener of listeners) listener(tenant, changes, position)
  }

  function pictureOf(tenant: string): Picture {
    const known = pictures.get(tenant)
    if (known) return known
    const picture = createPicture()
    pictures.set(tenant, picture)
    return picture
  }

  /** A tenant that is first heard of in the feed is known from its beginning. */
  function logOf(tenant: string): ChangeLog {
    const known = logs.get(tenant)
    if (known) return known
    const log = createChangeLog(0)
    logs.set(tenant, log)
    return log
  }

  async function loadTenant(tenant: string): Promise<void> {
    loading.set(tenant, [])
    const state = await storage.load(tenant)
    const picture = pictureOf(tenant)
    for (const facts of state.representatives) {
      const view = toView(facts, state.configuration, state.now)
      picture.setRepresentative(facts.representativeId, facts, view)
    }
    for (const item of state.workItems) picture.setWorkItem(item.workItemId, item)
    positions.set(tenant, state.position)
    logs.set(tenant, createChangeLog(state.position.seq))
    const waiting = loading.get(tenant) ?? []
    loading.delete(tenant)
    for (const [entries, position] of waiting) {
      if (position.seq > state.position.seq) apply(tenant, entries, position)
    }
  }

  return {
    picture: pictureOf,
    async load() {
      await Promise.all(storage.tenants().map(loadTenant))
    },
    stop() {
      unsubscribe()
      listeners.clear()
    },
    checkWatch(principal, queues) {
      const configuration = storage.configuration(principal.tenant)
      const asked = queues === '*' ? [] : queues
      for (const queue of asked) found(resourceOf(configuration, 'queues', queue), 'queue', queue)
      const { watches } = principal
      if (seesAll(principal)) return
      const missing = queues === '*' ? ['*'] : asked.filter(queue => !watches.includes(queue))
      if (missing.length === 0 && principal.roles.includes('supervisor')) return
      throw new Refused(
        'forbidden',
        'You may not watch all of these queues. Ask for a token that grants them.',
        {
          needed: { role: 'supervisor', watches: missing },
        },
      )
    },
    snapshot: (tenant, queues) => ({ views: watched(tenant, queues), position: positionOf(tenant) }),
    changesSince(tenant, queues, since) {
      const { epoch, seq } = positionOf(tenant)
      const log = logOf(tenant)
      if (since.epoch !== epoch || since.seq > seq || !log.reaches(since.seq)) return null
      const present = watched(tenant, queues)
      const views = present.filter(view => log.changedAfter(view.representativeId, since.seq))
      const left = new Set(log.leftAfter(since.seq, queues))
      if (left.size > 0) for (const view of present) left.delete(view.representativeId)
      return { views, removed: [...left] }
    },
    position: positionOf,
    view: (tenant, representativeId) => pictureOf(tenant).views.get(representativeId) ?? null,
    subscribe(listener) {
      const own: Listener = (...told) => listener(...told)
      listeners.add(own)
      return () => {
        listeners.delete(own)
      }
    },
  }

  function watched(tenant: string, queues: readonly string[] | '*'): readonly PresenceView[] {
    const picture = pictureOf(tenant)
    return queues === '*' ? [...picture.views.values()] : viewsOf(picture, queues)
  }

  function positionOf(tenant: string): FeedPosition {
    return positions.get(tenant) ?? storage.feed.position(tenant)
  }
}

/** Everybody in one of the queues, once. */
export function viewsOf(picture: Picture, queues: readonly string[]): readonly PresenceView[] {
  const views = new Map<string, PresenceView>()
  for (const queue of queues) {
    for (const id of picture.membersOf(queue)) {
      const view = picture.views.get(id)
      if (view) views.set(id, view)
    }
  }
  return [...views.values()]
}
