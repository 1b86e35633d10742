// One representative at her desk: one tab or several of the same person, each a client of the SDK with a socket of
// its own, over a network that may go.

import { createRepresentative, type RepresentativeClient } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import type { Player } from './cast.ts'
import type { Relay } from './relay.ts'
import type { Report } from './report.ts'

export interface Person {
  /** The tab that acts. */
  readonly client: RepresentativeClient
  /** What the tabs that are connected show of her. */
  views(): readonly PresenceView[]
  openTab(): Promise<void>
  closeTab(): void
  /** The tab that acts goes and comes at once. */
  reload(): Promise<void>
  /** Signs in, or comes back, over a network that works. */
  connect(): Promise<void>
  /** Closes every tab. */
  disconnect(): void
  /** The network goes without a word; `connect` mends it. */
  cut(): void
}

export interface PersonOptions {
  readonly player: Player
  readonly url: string
  /** Null: her network does not go. */
  readonly relay: Relay | null
  readonly getToken: () => string | Promise<string>
  readonly onReport: (report: Report) => void
  /** Notices from before this, ms since 1970, are of an earlier run. */
  readonly beganAt: number
}

export function createPerson(options: PersonOptions): Person {
  const { player, relay, getToken, onReport, beganAt } = options
  const url = relay?.url ?? options.url
  const playerId = player.id
  /** The connection each tab has, or null. */
  const connections = new Map<RepresentativeClient, string | null>()
  /** Connections of which the network has nothing left. */
  const dead = new Set<string>()
  let live = false
  /** Closed here, so that the server hears of it at once. */
  let closing = false
  let isCut = false
  const first = newTab()
  let further: RepresentativeClient | null = null
  const isLive = (id: string | null): boolean => id !== null && !dead.has(id)

  return {
    client: first,
    views: () =>
      [...connections].flatMap(([client, id]) => {
        const view = isLive(id) ? client.getPresence() : null
        return view ? [view] : []
      }),
    async openTab() {
      further ??= newTab()
      await further.connect()
    },
    closeTab() {
      further?.disconnect()
      further = null
    },
    async reload() {
      first.disconnect()
      await first.connect()
    },
    async connect() {
      relay?.mend()
      isCut = false
      await first.connect()
    },
    disconnect() {
      further?.disconnect()
      further = null
      first.disconnect()
    },
    cut() {
      for (const id of connections.values()) if (id !== null) dead.add(id)
      relay?.cut()
      closing = false
      isCut = true
      judge(null)
      further?.disconnect()
      further = null
    },
  }

  function newTab(): RepresentativeClient {
    const client = createRepresentative({ url, getToken })
    client.onConnectionChange(state => {
      const connected = state.kind === 'live' || state.kind === 'draining'
      const before = connections.get(client) ?? null
      connections.set(client, connected ? state.connectionId : null)
      closing = state.kind === 'ended'
      const isNew = connected && state.connectionId !== before
      judge(isNew ? client.getPresence() : null)
      if (state.kind === 'ended' && client === further) further = null
    })
    client.onPresenceChange(presence => onReport({ kind: 'own-view', playerId, presence }))
    client.onNotice(notice => {
      // Unseen ones of an earlier run come with the first connection; each tab is told of each.
      const isOld = Date.parse(notice.at) < beganAt
      if (!isOld) onReport({ kind: 'notice', playerId, notice })
      // Without a connection it comes again with the next.
      client.seen(notice.id).catch(() => undefined)
    })
    client.onOfferEnd(({ reason }) => onReport({ kind: 'offer-ended', playerId, reason }))
    client.onTransferDeclined(() => onReport({ kind: 'transfer-declined', playerId }))
    return client
  }

  /** She is connected as long as one tab is. */
  function judge(presence: PresenceView | null): void {
    const now = [...connections.values()].some(isLive)
    if (now === live) return
    live = now
    const why = { ours: closing, cut: isCut }
    onReport({ kind: 'link', playerId, live, ...why, presence: live ? presence : null })
  }
}
