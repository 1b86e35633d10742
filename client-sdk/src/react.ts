// The door for React 18 and later: hooks on `useSyncExternalStore`, which render what changed and nothing else.
import type { LiveCounts, NoticeView, OfferView, PresenceView } from '@rollcall/shared'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { rowsOf, type Selector } from './board.ts'
import type { ClientCalls } from './client.ts'
import type { Freshness } from './freshness.ts'
import type { PresenceCalls } from './presence-store.ts'
import { type RowSource, rowsFor } from './rows.ts'
import type { ConnectionState } from './state.ts'
import { together } from './together.ts'
import type { Watch } from './watch.ts'

/** The view of one representative; undefined while the watch does not show her. Renders when it changes. */
export function usePresenceRow(watch: RowSource, id: string): PresenceView | undefined {
  const rows = rowsFor(watch)
  return useStore(
    useCallback(wake => rows.onRow(id, wake), [rows, id]),
    () => rows.get(id),
  )
}

/** The ids that a selector wants, in its order: the same array until one comes, goes or moves. */
export function usePresenceIds(watch: RowSource, selector: Selector = EVERYBODY): readonly string[] {
  const rows = rowsFor(watch)
  const last = useRef<Selected>(NOBODY)
  const { where, order } = selector
  const read = (): readonly string[] => {
    const version = rows.version()
    const { current } = last
    const isSame = current.rows === rows && current.where === where && current.order === order
    if (isSame && current.version === version) return current.ids
    const next = rowsOf(watch, selector).map(view => view.representativeId)
    const ids = isEqual(current.ids, next) ? current.ids : next
    last.current = { rows, version, where, order, ids }
    return ids
  }
  return useStore(
    useCallback(wake => rows.onAny(wake), [rows]),
    read,
  )
}

/** The live counts of a watched queue (SU6). */
export function useLive(watch: Pick<Watch, 'live' | 'onLive'>, queueId: string): LiveCounts | undefined {
  return useStore(
    useCallback(wake => watch.onLive(counts => counts.queueId === queueId && wake()), [watch, queueId]),
    () => watch.live(queueId),
  )
}

export function useFreshness(watch: Pick<Watch, 'freshness' | 'onFreshness'>): Freshness {
  return useStore(watch.onFreshness, watch.freshness)
}

/** The representative's own presence; null before the first. */
export function usePresence(
  client: Pick<PresenceCalls, 'getPresence' | 'onPresenceChange'>,
): PresenceView | null {
  return useStore(client.onPresenceChange, client.getPresence)
}

/** The offers that are open. */
export function useOffers(
  client: Pick<PresenceCalls, 'getOffers' | 'onOffer' | 'onOfferEnd'>,
): readonly OfferView[] {
  return useStore(
    useCallback(wake => together(client.onOffer(wake), client.onOfferEnd(wake)), [client]),
    client.getOffers,
  )
}

/** The notices not yet seen. */
export function useNotices(
  client: Pick<PresenceCalls, 'getNotices' | 'onNotice' | 'onNoticeEnd'>,
): readonly NoticeView[] {
  return useStore(
    useCallback(wake => together(client.onNotice(wake), client.onNoticeEnd(wake)), [client]),
    client.getNotices,
  )
}

/** What the connection of a client is in. */
export function useConnection(
  client: Pick<ClientCalls, 'getConnection' | 'onConnectionChange'>,
): ConnectionState {
  return useStore(client.onConnectionChange, client.getConnection)
}

interface Selected {
  readonly where: Selector['where']
  readonly order: Selector['order']
  readonly rows: unknown
  readonly version: number
  readonly ids: readonly string[]
}

const EVERYBODY: Selector = {}
const NOBODY: Selected = { where: undefined, order: undefined, rows: null, version: 0, ids: [] }

/** On a server, what is known there. */
function useStore<Value>(subscribe: (wake: () => void) => () => void, read: () => Value): Value {
  return useSyncExternalStore(subscribe, read, read)
}

function isEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((id, index) => id === others[index])
}
