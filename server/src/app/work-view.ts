// Work items as the wire has them.

import type { WorkItemResource } from '@rollcall/shared'
import type { Cost } from '../domain/facts.ts'
import type { WorkItem } from '../domain/work-record.ts'
import { iso, isoOrNull } from './time.ts'

export function toWorkItem(item: WorkItem): WorkItemResource {
  return {
    id: item.workItemId,
    workstreamId: item.workstreamId,
    queueId: item.queueId,
    state: item.state,
    representativeId: item.representativeId,
    offeredTo: item.offeredTo,
    cost: costView(item.cost),
    priority: item.priority,
    attributes: { ...item.attributes },
    since: iso(item.since),
    queuedAt: isoOrNull(item.queuedAt),
    declines: Object.values(item.declines).reduce((sum, declined) => sum + declined, 0),
    revision: item.revision,
  }
}

/** A dimension that the work doesn't cost is left out, as whoever reported it left it out. */
export function costView(cost: Cost): WorkItemResource['cost'] {
  return {
    ...(cost.units > 0 && { units: cost.units }),
    ...(cost.profiles.length > 0 && { profiles: [...cost.profiles] }),
  }
}
