import type { LiveCounts } from '@rollcall/shared'

/** The counts of a queue in which nobody is. */
export function liveCountsOf(queueId: string, changes: Partial<LiveCounts> = {}): LiveCounts {
  return {
    queueId,
    at: '2026-11-23T09:00:00.000Z',
    byBase: {},
    byStatus: {},
    signedIn: 0,
    routable: 0,
    queued: 0,
    oldestQueuedAt: null,
    ringing: 0,
    wrapUp: 0,
    declinedByAll: 0,
    workstreams: [],
    ...changes,
  }
}
