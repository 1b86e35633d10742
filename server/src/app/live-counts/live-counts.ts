// SU6: the live counts of each tenant's queues, kept from the first time that somebody asks for one of the tenant's.

import type { LiveCounts } from '@rollcall/shared'
import type { Storage } from '../../storage/storage.ts'
import type { LiveCountsService } from '../app.ts'
import type { Replicas } from '../replica.ts'
import { same } from '../same.ts'
import { createTenantCounts, type TenantCounts } from './tenant-counts.ts'

export interface LiveCountsServices extends LiveCountsService {
  stop(): void
}

interface Kept {
  readonly counts: TenantCounts
  /** Queues that may differ from what `changed` answered last. */
  readonly pending: Set<string>
  /**
   * What `changed` answered last, by queue, without the time; left out: it has to be told again, since somebody began
   * with something else (`of`), who would keep that if the queue were as before at the next look.
   */
  readonly told: Map<string, Omit<LiveCounts, 'at'>>
}

export function createLiveCounts(storage: Storage, replica: Replicas): LiveCountsServices {
  const tenants = new Map<string, Kept>()
  const unsubscribe = storage.feed.subscribe((tenant, entries) => tenants.get(tenant)?.counts.note(entries))

  function keptOf(tenant: string): Kept {
    const known = tenants.get(tenant)
    if (known) return known
    const counts = createTenantCounts({
      picture: replica.picture(tenant),
      configuration: () => storage.configuration(tenant),
      now: storage.now,
    })
    const kept = { counts, pending: new Set(queuesOf(tenant)), told: new Map() }
    tenants.set(tenant, kept)
    return kept
  }

  const queuesOf = (tenant: string) => Object.keys(storage.configuration(tenant).queues)

  async function refreshed(tenant: string): Promise<Kept> {
    const kept = keptOf(tenant)
    for (const queue of await kept.counts.refresh()) kept.pending.add(queue)
    return kept
  }

  return {
    async get(principal, queueId) {
      replica.checkWatch(principal, [queueId])
      return (await refreshed(principal.tenant)).counts.of(queueId)
    },
    async of(tenant, queues) {
      const { counts, told } = await refreshed(tenant)
      const first = (queues === '*' ? queuesOf(tenant) : [...new Set(queues)]).map(counts.of)
      for (const each of first) if (!same(told.get(each.queueId), timeless(each))) told.delete(each.queueId)
      return first
    },
    async changed(tenant) {
      const { counts, pending, told } = await refreshed(tenant)
      const news: LiveCounts[] = []
      const exists = new Set(queuesOf(tenant))
      for (const queue of pending) {
        if (!exists.has(queue)) told.delete(queue)
        else {
          const now = counts.of(queue)
          const rest = timeless(now)
          if (same(told.get(queue), rest)) continue
          told.set(queue, rest)
          news.push(now)
        }
      }
      pending.clear()
      return news
    },
    stop: unsubscribe,
  }
}

function timeless({ at: _at, ...rest }: LiveCounts): Omit<LiveCounts, 'at'> {
  return rest
}
