// What the small application of the HTTP tests shows: one shape of each kind.

import type { WorkItemResource } from '@rollcall/shared'
import type { IfMatch, WorkOffer } from '../../server/src/app/app.ts'
import { Refused } from '../../server/src/app/refused.ts'

const AT = '2026-11-23T09:00:00.000Z'

/** What a report makes of an item; the others put it back into the queue. */
export const STATES: Readonly<Record<string, WorkItemResource['state']>> = {
  wait: 'waiting',
  resume: 'active',
  'wrap-up': 'wrap-up',
  close: 'closed',
}

export function checkVersion(before: { version: number } | null, ifMatch: IfMatch): void {
  if (ifMatch === null || (ifMatch === '*' && before)) return
  if (before?.version !== ifMatch) throw new Refused('revision-mismatch', 'Read it again.')
}

export function itemOf(offer: WorkOffer, holder: string): WorkItemResource {
  const offered = offer.state === 'offered'
  return {
    id: offer.workItemId,
    workstreamId: offer.workstreamId,
    queueId: 'default',
    state: offer.state,
    representativeId: offered ? null : holder,
    offeredTo: offered ? holder : null,
    cost: {},
    priority: offer.priority ?? 0,
    attributes: { ...offer.attributes },
    since: AT,
    queuedAt: null,
    declines: 0,
    revision: 1,
  }
}

/** Objects in objects are merged, everything else is replaced. */
export function merged<Value extends object>(value: Value, change: object): Value {
  const isObject = (each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each)
  const entries = Object.entries(change).map(([key, next]) => {
    const before: unknown = Object.entries(value).find(([name]) => name === key)?.[1]
    return [key, isObject(before) && isObject(next) ? { ...(before as object), ...(next as object) } : next]
  })
  return { ...value, ...Object.fromEntries(entries) }
}
