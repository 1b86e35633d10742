// All watchers of the same queues: one dirty map and one encoded message a batch for them together.

import type { App, ViewChange } from '../app/app.ts'
import { decodeCursor, encodeCursor, type FeedCursor, watchedBy } from '../app/feed-cursor.ts'
import type { Clock } from '../clock.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Broadcaster, Target } from './broadcaster.ts'
import { type Batch, createDirty } from './dirty.ts'
import type { GatewaySettings } from './settings.ts'

/** One `watch` command in force. */
export interface Member extends Target {
  /** A change, while this one still gets its state. */
  note(change: ViewChange): void
  /** What may come beside its state: hears from the reply on, until it is cut off. */
  readonly beside: Target
  /** SU5: asked before each batch; one that reads too slowly takes itself out. */
  inspect(): void
}

export interface WatchGroup {
  readonly tenant: string
  readonly queues: readonly string[] | '*'
  /** It notes what changes from now on, but is sent nothing yet. */
  welcome(newcomer: Member): void
  /** It has heard everything up to now: from here on it is sent what all are sent. */
  promote(newcomer: Member): void
  remove(member: Member): void
  isEmpty(): boolean
  note(changes: readonly ViewChange[]): void
  /** Sends what is pending now: what a newcomer has not to hear, since its state has it already. */
  flush(): void
  /** How far the group has been told, and a cursor to come back with. */
  cursor(): string
  /** The position of a cursor of this very watch, in this tenant; null: it proves nothing here. */
  positionIn(cursor: string): FeedCursor['position'] | null
  /** Messages of a batch, at most a page of views each; all but the last carry the cursor `from`. */
  messagesOf(batch: Batch, from: string): readonly ChangesMessage[]
  head(lagMs: number): void
  /** Those who have their state, and those who still get it. */
  everybody(): readonly Member[]
  stop(): void
}

export interface GroupContext {
  readonly app: App
  readonly clock: Clock
  readonly metrics: Metrics
  readonly broadcaster: Broadcaster
  readonly settings: GatewaySettings
  readonly now: () => number
}

type ChangesMessage = ReturnType<typeof messageOf>

export function createWatchGroup(
  tenant: string,
  queues: readonly string[] | '*',
  { app, clock, metrics, broadcaster, settings, now }: GroupContext,
): WatchGroup {
  const live = new Set<Member>()
  const newcomers = new Set<Member>()
  const dirty = createDirty(queues === '*' ? '*' : new Set(queues))
  const watched = watchedBy(tenant, queues)
  const cursorNow = () => encodeCursor({ position: app.replica.position(tenant), watched })
  let told = cursorNow()
  /** elapsed() before which no batch goes out, so that a busy floor is told in batches. */
  let notBefore = 0
  let cancel: (() => void) | null = null

  function schedule(): void {
    if (cancel) return
    const wait = broadcaster.backlog() > 0 ? settings.flushMaxMs : notBefore - clock.elapsed()
    if (wait > 0) {
      cancel = clock.after(wait, flush)
      return
    }
    // Not at once: commits of one turn of the event loop make one batch.
    const immediate = setImmediate(flush)
    cancel = () => clearImmediate(immediate)
  }

  function flush(): void {
    cancel?.()
    cancel = null
    for (const member of live) member.inspect()
    const batch = dirty.take()
    const before = clock.elapsed()
    if (batch) {
      const targets = [...live]
      for (const message of messagesOf(batch, told)) broadcaster.send(targets, 'presence:changes', message)
      metrics.delivered.inc((batch.presences.length + batch.removed.length) * targets.length)
    }
    told = cursorNow()
    const after = clock.elapsed()
    notBefore = after + clamp(9 * (after - before), settings.flushMinMs, settings.flushMaxMs)
  }

  function messagesOf({ presences, removed, reborn }: Batch, before: string): readonly ChangesMessage[] {
    const serverTime = new Date(now()).toISOString()
    const messages: ChangesMessage[] = []
    if (reborn.length > 0) messages.push(messageOf(before, serverTime, [], reborn))
    const pages: ChangesMessage[] = []
    for (let from = 0; from < presences.length; from += settings.pageSize) {
      pages.push(messageOf(before, serverTime, presences.slice(from, from + settings.pageSize), []))
    }
    const last = pages.pop()
    messages.push(...pages, messageOf(cursorNow(), serverTime, last?.presences ?? [], removed))
    return messages
  }

  return {
    tenant,
    queues,
    welcome(newcomer) {
      newcomers.add(newcomer)
    },
    promote(newcomer) {
      newcomers.delete(newcomer)
      live.add(newcomer)
    },
    remove(member) {
      newcomers.delete(member)
      live.delete(member)
    },
    isEmpty: () => live.size + newcomers.size === 0,
    note(changes) {
      for (const change of changes) {
        dirty.note(change)
        for (const newcomer of newcomers) newcomer.note(change)
      }
      schedule()
    },
    flush,
    cursor: () => told,
    positionIn(cursor) {
      const decoded = decodeCursor(cursor)
      return decoded?.watched === watched ? decoded.position : null
    },
    messagesOf,
    head(lagMs) {
      flush()
      broadcaster.send([...live], 'head', { cursor: told, serverTime: new Date(now()).toISOString(), lagMs })
    },
    everybody: () => [...live, ...newcomers],
    stop() {
      cancel?.()
      cancel = null
      live.clear()
      newcomers.clear()
    },
  }
}

function messageOf(
  cursor: string,
  serverTime: string,
  presences: Batch['presences'],
  removed: Batch['removed'],
) {
  return { cursor, serverTime, presences: [...presences], removed: [...removed] }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
