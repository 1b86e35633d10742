import { z } from 'zod'
import { id, instant } from './primitives.ts'

const count = z.int().nonnegative()

/** SU6: a queue as it is now. Counts by base and by status are of those who are signed in. */
export const liveCounts = z.object({
  queueId: id,
  at: instant,
  byBase: z.record(z.string(), count),
  byStatus: z.record(z.string(), count).meta({ description: 'By status id.' }),
  signedIn: count,
  routable: count.meta({ description: 'Who could be offered work of at least one workstream of the queue.' }),
  queued: count,
  oldestQueuedAt: instant.nullable(),
  ringing: count.meta({ description: 'Items that somebody is offered and has not answered.' }),
  wrapUp: count,
  declinedByAll: count.meta({
    description: 'Queued items that everybody who could be offered them has declined too often.',
  }),
  workstreams: z.array(z.object({ workstreamId: id, routable: count, queued: count })),
})
export type LiveCounts = z.infer<typeof liveCounts>
