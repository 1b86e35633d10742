// The live counts of a queue counted anew, from everybody and every item one by one (SU6).

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import type { Server } from '../../../server/src/create-server.ts'
import { service } from '../app-world.ts'
import { TENANT } from './truth.ts'

const EVERYTHING = service()

export function recount(server: Server, queueId: string) {
  const { views } = server.app.replica.snapshot(TENANT, [queueId])
  const there = views.filter(view => view.signedIn)
  const items = itemsOf(server, queueId)
  const queued = items.filter(item => item.state === 'queued')
  return {
    queueId,
    byBase: tally(there, ({ base }) => base),
    byStatus: tally(there, ({ statusId }) => statusId),
    signedIn: there.length,
    queued: queued.length,
    oldestQueuedAt: queued.map(({ queuedAt }) => queuedAt).sort()[0] ?? null,
    ringing: items.filter(item => item.offeredTo !== null).length,
    wrapUp: items.filter(item => item.state === 'wrap-up').length,
  }
}

function itemsOf(server: Server, queue: string): readonly WorkItemResource[] {
  const items: WorkItemResource[] = []
  let cursor: string | null = null
  do {
    const page = server.app.work.list(EVERYTHING, { queue, limit: 500, ...(cursor !== null && { cursor }) })
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

function tally(views: readonly PresenceView[], by: (view: PresenceView) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const view of views) counts[by(view)] = (counts[by(view)] ?? 0) + 1
  return counts
}
