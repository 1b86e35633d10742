// Reach: whom and what a caller may look at or change, and as whom they then act.

import type { Actor, Facts } from '../domain/facts.ts'
import type { WorkItem } from '../domain/work-record.ts'
import type { Principal } from './principal.ts'
import { Refused } from './refused.ts'

/** Which queues they are in is not for whoever may not see them. */
const NEEDED = { needed: { role: 'supervisor' } }

/** A representative reaches herself, a supervisor those of the queues they watch, a service everybody. Refused: `forbidden`. */
export function reachRepresentative(principal: Principal, facts: Facts): Actor {
  if (isSelf(principal, facts.representativeId)) return actorAs(principal, 'representative')
  if (supervises(principal, facts.profile.queues)) return actorAs(principal, 'supervisor')
  if (principal.roles.includes('service')) return actorAs(principal, 'service')
  throw new Refused(
    'forbidden',
    `You may not reach the representative ${facts.representativeId}. Ask for a token that watches one of their queues.`,
    NEEDED,
  )
}

/** Like `reachRepresentative`, for looking at or ending an item: holder, supervisor of its queue, service (WK4). */
export function reachWorkItem(principal: Principal, item: WorkItem): Actor {
  if (isSelf(principal, item.offeredTo) || isSelf(principal, item.representativeId))
    return actorAs(principal, 'representative')
  if (supervises(principal, [item.queueId])) return actorAs(principal, 'supervisor')
  if (principal.roles.includes('service')) return actorAs(principal, 'service')
  throw new Refused(
    'forbidden',
    `You may not reach the work item ${item.workItemId}. Ask for a token that watches its queue.`,
    NEEDED,
  )
}

/** For putting work into a queue: a supervisor who watches it, or a service. Refused: `forbidden`. */
export function reachQueue(principal: Principal, queueId: string): void {
  if (supervises(principal, [queueId]) || principal.roles.includes('service')) return
  throw new Refused(
    'forbidden',
    `You may not reach the queue ${queueId}. Name a queue that you watch, or ask for a token that watches it.`,
    { needed: { role: 'supervisor', watches: [queueId] } },
  )
}

/** True if the token says that its bearer is this representative. */
export function isSelf(principal: Principal, representativeId: string | null): boolean {
  return principal.sub === representativeId && principal.roles.includes('representative')
}

/** True for a supervisor whose token grants one of these queues. */
export function supervises(principal: Principal, queues: readonly string[]): boolean {
  const { roles, watches } = principal
  if (!roles.includes('supervisor')) return false
  return watches === '*' || queues.some(queue => watches.includes(queue))
}

/** True for who sees the whole tenant. */
export function seesAll(principal: Principal): boolean {
  return (
    principal.roles.includes('service') ||
    (principal.roles.includes('supervisor') && principal.watches === '*')
  )
}

export function actorAs(principal: Principal, kind: Actor['kind']): Actor {
  return { kind, id: principal.sub, name: principal.name }
}

/** The representative, or the error for nobody of that id in the tenant. */
export function known(facts: Facts | null, id: string): Facts {
  if (facts) return facts
  throw new Refused('representative-unknown', `There is no representative ${id}. Check the id.`, {
    representativeId: id,
  })
}

/** The work item, or the error for none of that id in the tenant. */
export function knownItem(item: WorkItem | null, id: string): WorkItem {
  if (item) return item
  throw new Refused(
    'work-item-unknown',
    `No work item ${id} is known. Check the id, or offer or assign it first.`,
    {
      workItemId: id,
    },
  )
}

/** The resource, or `not-found` that names it. */
export function found<Resource>(resource: Resource | undefined | null, kind: string, id: string): Resource {
  if (resource !== undefined && resource !== null) return resource
  throw new Refused('not-found', `There is no ${kind} ${id}. Configure it first, or check the id.`, {
    kind,
    id,
  })
}
