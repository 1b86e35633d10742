// `watch` and `unwatch`: who may, what they get first, and that a second watch replaces the first (SU1, SU2).

import type { CommandData, CommandPayload } from '@rollcall/shared'
import type { App, ViewChange } from '../app/app.ts'
import { unfinishedCursor } from '../app/feed-cursor.ts'
import { Refused } from '../app/refused.ts'
import type { CommandCall } from './command-table.ts'
import type { Connection } from './connection.ts'
import { createLiveQueues } from './live-queues.ts'
import type { GroupContext, WatchGroup } from './watch-group.ts'
import { createWatchGroups } from './watch-groups.ts'
import { createWatcher, type FirstAnswer, type Watcher, type WatcherContext } from './watcher.ts'

export interface Watchers {
  watch(call: CommandCall, payload: CommandPayload<'watch'>): Promise<CommandData<'watch'>>
  unwatch(connection: Connection): void
  /** Ends a watch that the token, or the configuration, does not allow any more. */
  recheck(connection: Connection): void
  recheckTenant(tenant: string): void
  /** From the replica, in feed order. */
  note(tenant: string, changes: readonly ViewChange[]): void
  head(lagMs: number): void
  /** SU6: tells the counts of queues that changed. */
  tellLive(): void
  stop(): void
}

interface Watching {
  readonly group: WatchGroup
  readonly watcher: Watcher
}

type WatchersContext = GroupContext & Omit<WatcherContext, 'onResync'>

export function createWatchers(context: WatchersContext): Watchers {
  const { app, settings } = context
  const watching = new Map<Connection, Watching>()
  const groups = createWatchGroups(context)
  const live = createLiveQueues({
    ...context,
    *tenants() {
      for (const group of groups.all()) yield group.tenant
    },
    watchersOf: (tenant, queueId) =>
      groups.watching(tenant, queueId).flatMap(group => group.everybody().map(({ beside }) => beside)),
  })

  function unwatch(connection: Connection): void {
    const present = watching.get(connection)
    if (!present) return
    watching.delete(connection)
    present.watcher.stop()
    present.group.remove(present.watcher.member)
    groups.closeIfEmpty(present.group)
  }

  function resync(connection: Connection, reason: string): void {
    unwatch(connection)
    connection.socket.emit('presence:resync', { reason })
  }

  function recheck(connection: Connection): void {
    const present = watching.get(connection)
    if (present && !isAllowed(app, connection, present.group.queues)) resync(connection, 'access-changed')
  }

  return {
    async watch({ connection, afterReply }, { queues, since }) {
      const principal = connection.principal()
      app.replica.checkWatch(principal, queues)
      const counts = await app.liveCounts.of(principal.tenant, queues)
      // Nothing may wait between here and the reply: what changes meanwhile would be told twice, or never.
      if (!connection.isOpen()) throw gone()
      app.replica.checkWatch(principal, queues)
      unwatch(connection)
      const group = groups.open(principal.tenant, queues)
      // Others are told what is pending, so that the group's cursor is that of the state.
      group.flush()
      const first = firstAnswer(app, group, since)
      const onResync = (reason: string) => resync(connection, reason)
      const watcher = createWatcher(connection, group, first, { ...context, onResync })
      group.welcome(watcher.member)
      watching.set(connection, { group, watcher })
      afterReply(watcher.begin)
      const { kind, views } = first
      const presences = views.slice(0, settings.pageSize)
      const complete = views.length <= presences.length
      return {
        kind,
        cursor: complete ? first.cursor : first.unfinished,
        presences,
        removed: [...first.removed],
        complete,
        live: [...counts],
      }
    },
    unwatch,
    recheck,
    recheckTenant(tenant) {
      for (const connection of watching.keys())
        if (connection.principal().tenant === tenant) recheck(connection)
    },
    note: groups.note,
    tellLive: live.tell,
    head(lagMs) {
      for (const group of groups.all()) group.head(lagMs)
    },
    stop() {
      for (const { watcher } of watching.values()) watcher.stop()
      watching.clear()
      groups.stop()
    },
  }
}

/** SU2: what changed since, if the cursor proves how far this watcher is; else the whole state (SU3). */
function firstAnswer(
  app: App,
  { tenant, queues, cursor, positionIn }: WatchGroup,
  since?: string,
): FirstAnswer {
  const position = since === undefined ? null : positionIn(since)
  const changes = position && app.replica.changesSince(tenant, queues, position)
  if (since !== undefined && changes) return { kind: 'diff', cursor: cursor(), unfinished: since, ...changes }
  const { views, position: now } = app.replica.snapshot(tenant, queues)
  return { kind: 'state', cursor: cursor(), unfinished: unfinishedCursor(tenant, now), views, removed: [] }
}

const gone = () => new Refused('stale-command', 'The connection closed before it was answered.')

function isAllowed(app: App, connection: Connection, queues: readonly string[] | '*'): boolean {
  try {
    app.replica.checkWatch(connection.principal(), queues)
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}
