// One `watch` in force: first its state or what it missed, page by page, then the changes since, then live. A watcher that reads too
// slowly is cut off from changes and asked to begin again once it has caught up (SU5).

import type { PresenceView } from '@rollcall/shared'
import type { Clock } from '../clock.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Connection } from './connection.ts'
import { createDirty } from './dirty.ts'
import type { GatewaySettings } from './settings.ts'
import type { Slices } from './slices.ts'
import { framesWaiting } from './socket.ts'
import type { Member, WatchGroup } from './watch-group.ts'

export interface Watcher {
  readonly member: Member
  /** Sends the pages after the first, and what changed meanwhile; then changes follow. Call it after the reply. */
  begin(): void
  /** Nothing is sent to it any more. */
  stop(): void
}

/** What a `watch` is answered with (SU2): everything, or what changed since its cursor. */
export interface FirstAnswer {
  readonly kind: 'state' | 'diff'
  readonly views: readonly PresenceView[]
  readonly removed: readonly string[]
  /** Where a watcher is who has all of it. */
  readonly cursor: string
  /** Where one is who has a part of it: what was asked with, or nowhere. */
  readonly unfinished: string
}

export interface WatcherContext {
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: Metrics
  readonly settings: GatewaySettings
  readonly slices: Slices
  readonly now: () => number
  /** The watch ends; the client is told to begin again. */
  readonly onResync: (reason: string) => void
}

/** Frames that may wait in the socket while pages are sent; more only cost memory. */
const PAGE_FRAMES = 4

export function createWatcher(
  connection: Connection,
  group: WatchGroup,
  { cursor, unfinished, views }: FirstAnswer,
  { clock, log, metrics, settings, slices, now, onResync }: WatcherContext,
): Watcher {
  const { socket } = connection
  const { pageSize } = settings
  const meanwhile = createDirty(group.queues === '*' ? '*' : new Set(group.queues))
  /** The state that is still to be sent; let go of when it is, since a watch lasts for hours. */
  let state = views
  let phase: 'state' | 'live' | 'slow' | 'stopped' = 'state'
  let cancel: (() => void) | null = null
  const waiting = () => framesWaiting(socket)

  function sendPages(from: number): void {
    if (phase !== 'state') return
    if (waiting() > PAGE_FRAMES) {
      socket.conn.once('drain', () => sendPages(from))
      return
    }
    const presences = state.slice(from, from + pageSize)
    const complete = from + pageSize >= state.length
    const serverTime = new Date(now()).toISOString()
    const reached = complete ? cursor : unfinished
    socket.emit('presence:changes', { cursor: reached, serverTime, presences, removed: [], complete })
    slices.run(complete ? goLive : () => sendPages(from + pageSize))
  }

  /** The others hear first what this one already has; from here on, all hear the same. */
  function goLive(): void {
    if (phase !== 'state') return
    const batch = meanwhile.take()
    const messages = batch ? group.messagesOf(batch, cursor) : []
    group.flush()
    for (const message of messages) socket.emit('presence:changes', message)
    state = []
    phase = 'live'
    group.promote(member)
  }

  function fallBehind(): void {
    phase = 'slow'
    group.remove(member)
    metrics.slowWatchers.inc()
    log.warn(
      { connectionId: connection.id, frames: waiting() },
      'a watcher reads too slowly: cut off from changes',
    )
    socket.conn.once('drain', () => {
      if (phase === 'slow') onResync('slow')
    })
    cancel = clock.after(settings.slowMs, closeSlow)
  }

  function closeSlow(): void {
    if (phase !== 'slow') return
    const message = 'This socket reads too slowly. Connect again and watch less, or over a better network.'
    connection.close({ code: 'too-many-requests', message }, 'slow')
  }

  const member: Member = {
    socketId: socket.id,
    isWanted: () => phase === 'live' && connection.isOpen(),
    beside: {
      socketId: socket.id,
      isWanted: () => (phase === 'state' || phase === 'live') && connection.isOpen(),
    },
    note(change) {
      if (phase === 'state') meanwhile.note(change)
    },
    inspect() {
      if (waiting() > settings.slowFrames) fallBehind()
      if (waiting() > settings.deadFrames) closeSlow()
    },
  }

  return {
    member,
    begin() {
      if (state.length > pageSize) slices.run(() => sendPages(pageSize))
      else goLive()
    },
    stop() {
      phase = 'stopped'
      cancel?.()
    },
  }
}
