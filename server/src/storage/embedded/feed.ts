// The change feed in memory: per tenant the latest entries, and everybody who listens. Entries arrive here only
// when their commit is durable.

import type { FeedEntry, FeedPosition, Storage } from '../storage.ts'

export interface Feed {
  readonly port: Storage['feed']
  /** Takes the next sequence number of a tenant: commits take theirs in commit order, before they are durable. */
  take(tenant: string): number
  /** The entries of one commit, durable now: hold them and tell everybody. */
  publish(tenant: string, entries: readonly FeedEntry[]): void
}

interface TenantFeed {
  /** The highest sequence number given away. */
  taken: number
  /** The highest one published. */
  published: number
  /** Dense; the last of them is `published`. */
  readonly held: FeedEntry[]
}

/** `capacity`: entries held per tenant for those who come back. */
export function createFeed(epoch: string, capacity: number): Feed {
  const feeds = new Map<string, TenantFeed>()
  const listeners = new Set<Parameters<Storage['feed']['subscribe']>[0]>()

  function feedOf(tenant: string): TenantFeed {
    const known = feeds.get(tenant)
    if (known) return known
    const feed: TenantFeed = { taken: 0, published: 0, held: [] }
    feeds.set(tenant, feed)
    return feed
  }

  return {
    take(tenant) {
      const feed = feedOf(tenant)
      feed.taken += 1
      return feed.taken
    },

    publish(tenant, entries) {
      const feed = feedOf(tenant)
      for (const entry of entries) feed.held.push(entry)
      feed.published += entries.length
      // Cutting the front moves the rest, so it is done once per `capacity` entries.
      if (feed.held.length > 2 * capacity) feed.held.splice(0, feed.held.length - capacity)
      const position = { epoch, seq: feed.published }
      for (const listener of [...listeners]) listener(tenant, entries, position)
    },

    port: {
      position: tenant => ({ epoch, seq: feeds.get(tenant)?.published ?? 0 }),
      oldest: tenant => ({ epoch, seq: Math.max(0, (feeds.get(tenant)?.published ?? 0) - capacity) }),
      subscribe(listener) {
        // Wrapped, so that the same function can subscribe twice and undo each.
        const own: typeof listener = (...told) => listener(...told)
        listeners.add(own)
        return () => listeners.delete(own)
      },
      since(tenant, position, limit) {
        const feed = feeds.get(tenant)
        return entriesAfter(feed, position, limit, epoch, capacity)
      },
    },
  }
}

function entriesAfter(
  feed: TenantFeed | undefined,
  position: FeedPosition,
  limit: number,
  epoch: string,
  capacity: number,
): readonly FeedEntry[] | 'gone' {
  const published = feed?.published ?? 0
  const ahead = position.seq > published
  const trimmed = position.seq < Math.max(0, published - capacity)
  if (position.epoch !== epoch || ahead || trimmed) return 'gone'
  if (!feed) return []
  const first = feed.held.length - (published - position.seq)
  return feed.held.slice(first, first + limit)
}
