// What decides about an item beside the item: the configuration, and the representatives as they are now.

import { opensSession } from './capacity.ts'
import type { Configuration, Workstream } from './configuration.ts'
import type { Cost, Facts } from './facts.ts'
import { type Refusal, refuse } from './outcome.ts'
import { own } from './own.ts'
import { atSessionLimit, hasRoom, refuseFull } from './room.ts'

export interface WorkContext {
  readonly config: Configuration
  /** With everything that was due by now already in effect; null: unknown in this tenant. */
  representative(id: string): Facts | null
}

export function workstreamOf({ config }: WorkContext, id: string): Workstream | Refusal {
  return (
    own(config.workstreams, id) ?? refuse('not-found', `There is no workstream ${id}; configure it first.`)
  )
}

export function costOf({ cost }: Workstream): Cost {
  return { units: cost.units ?? 0, profiles: cost.profiles ?? [] }
}

export function refuseUnknown(id: string): Refusal {
  return refuse('representative-unknown', `There is no representative ${id} in this tenant.`)
}

/** RO7: an assignment checks nothing but that she is known, and that the item can be kept (WK9). */
export function refuseAssignment({ representative }: WorkContext, id: string): Refusal | null {
  const facts = representative(id)
  return facts === null ? refuseUnknown(id) : refuseFull(facts)
}

/** RO7: connected, the session limit first, then room and a queued next choice, which `force` skips. */
export function refuseOffer(
  context: WorkContext,
  id: string,
  work: { readonly workstreamId: string; readonly cost: Cost; readonly force: boolean },
  at: number,
): Refusal | null {
  const facts = context.representative(id)
  if (facts === null) return refuseUnknown(id)
  return (
    refuseAway(facts) ??
    refuseFull(facts) ??
    (work.force
      ? null
      : (refuseSessions(facts, work, context, at) ?? refuseRoom(facts, work.cost, context, at)))
  )
}

/** RO7, NO8, DI7: nobody is offered anything while no tab of hers can show it. */
export function refuseAway({ representativeId, link }: Facts): Refusal | null {
  if (link.kind === 'present') return null
  const message = `${representativeId} is not connected; offer it to somebody who is, or assign it.`
  return refuse('not-signed-in', message, { link: link.kind })
}

function refuseSessions(
  facts: Facts,
  work: { readonly workstreamId: string },
  { config }: WorkContext,
  at: number,
): Refusal | null {
  if (!opensSession(work, config) || !atSessionLimit(facts, config, at)) return null
  const { sessionLimit } = config.policy
  const message = `${facts.representativeId} has ${sessionLimit} sessions, the limit; offer it to somebody else, or force it.`
  return refuse('session-limit', message, { limit: sessionLimit })
}

function refuseRoom(facts: Facts, cost: Cost, { config }: WorkContext, at: number): Refusal | null {
  if (facts.next !== null) {
    const message = `${facts.representativeId} takes no new offers before her next presence, ${facts.next.statusId}.`
    return refuse('no-capacity', message, { next: facts.next.statusId })
  }
  if (hasRoom(facts, cost, config, at)) return null
  const message = `${facts.representativeId} has no room for what this work costs; offer it to somebody else, or force it.`
  return refuse('no-capacity', message, { cost })
}
