// EX2, RO8: one change that somebody could make, applied to facts that nobody stores.

import type { Configuration } from './configuration.ts'
import { decide } from './decide.ts'
import type { Event } from './event.ts'
import type { Actor, Facts, Profile } from './facts.ts'
import type { PossibleChange } from './possible-changes.ts'

export interface Supposed {
  readonly facts: Facts
  readonly config: Configuration
}

/**
 * What becomes of her if `by` makes the change, judged as the real one would be; null: it would be refused, or
 * change nothing. A connection is always her own, a limit always an administrator's.
 */
export function suppose(
  { facts, config }: Supposed,
  change: PossibleChange,
  by: Actor,
  at: number,
): Supposed | null {
  const raised = change.kind === 'raise-limit' ? withLimit(facts, config, change) : { config, event: null }
  const event = raised.event ?? eventOf(facts, change, by, at)
  if (event === null) return null
  const { facts: after, outcome } = decide(facts, event, raised.config, at)
  const changes = outcome.kind === 'done' || raised.config !== config
  return changes ? { facts: after, config: raised.config } : null
}

function eventOf(facts: Facts, change: PossibleChange, by: Actor, at: number): Event | null {
  switch (change.kind) {
    case 'connect': {
      const connection = { connectionId: 'supposed', incarnation: 'supposed', at }
      return { type: 'connected', connection, by: herself(facts) }
    }
    case 'reset':
      return { type: 'presence-reset', by, expectedRevision: null }
    case 'cancel-next':
      return { type: 'next-cancelled', by }
    case 'set': {
      const { statusId } = change
      return {
        type: 'presence-chosen',
        statusId,
        by,
        when: 'now',
        forMs: null,
        note: null,
        expectedRevision: null,
      }
    }
    case 'close-work':
      return closing(facts, change.workItemId, by)
    case 'raise-limit':
      return null
  }
}

/** CA4: whether she did it herself decides about a hold. */
function closing({ work }: Facts, workItemId: string, by: Actor): Event | null {
  const before = work.find(item => item.workItemId === workItemId)
  if (before === undefined) return null
  const bySelf = by.kind === 'representative'
  const change = { event: 'work-closed', workItemId, before, after: null, bySelf, hold: null } as const
  return { type: 'work-changed', change, by }
}

function withLimit(
  facts: Facts,
  config: Configuration,
  { dimension, to }: Extract<PossibleChange, { kind: 'raise-limit' }>,
): { readonly config: Configuration; readonly event: Event } {
  const by: Actor = { kind: 'administrator', id: 'supposed', name: 'supposed' }
  if (dimension === 'sessions') {
    const policy = { ...config.policy, sessionLimit: to }
    const raised = { ...config, policy, version: config.version + 1 }
    return { config: raised, event: { type: 'configuration-changed', by } }
  }
  return { config, event: { type: 'profile-changed', profile: withRoom(facts.profile, dimension, to), by } }
}

function withRoom(profile: Profile, dimension: string, to: number): Profile {
  const { units, profiles } = profile.capacity
  const capacity =
    dimension === 'units'
      ? { units: to, profiles }
      : { units, profiles: { ...profiles, [dimension.slice('profile:'.length)]: to } }
  return { ...profile, capacity }
}

function herself({ representativeId, profile }: Facts): Actor {
  return { kind: 'representative', id: representativeId, name: profile.name }
}
