// How much of a representative's capacity is taken, and what that makes of her presence (CA1-CA6, CA9, SE1).

import type { Base } from '@rollcall/shared/vocabulary'
import type { Configuration } from './configuration.ts'
import type { Capacity, Facts, HeldItem, Limits, Profile } from './facts.ts'
import { own } from './own.ts'
import { resetsAtEndOfDay, talliedOf } from './tallies.ts'

export interface CapacityResult {
  readonly statusId: Extract<Base, 'available' | 'busy' | 'do-not-disturb'>
  /** The line of CA2 that applied. */
  readonly rule: 'CA2.1' | 'CA2.2' | 'CA2.3' | 'CA2.4' | 'CA2.5'
  readonly inputs: Readonly<Record<string, unknown>>
}

export function capacityOf(facts: Facts, config: Configuration, at: number): Capacity {
  const consuming = facts.work.filter(item => consumes(item, at))
  const offered = facts.work.filter(item => item.state === 'offered')
  const { units, profiles } = limitsOf(facts.profile, config)
  return {
    units: units === null ? null : { total: units, used: unitsIn(consuming), reserved: unitsIn(offered) },
    profiles: Object.fromEntries(
      Object.entries(profiles).map(([id, { limit, blocking }]) => [
        id,
        { limit, used: usedOf(id, facts, config, at), reserved: countOf(id, offered), blocking },
      ]),
    ),
    sessions: {
      open: facts.work.filter(item => opensSession(item, config) && isOpen(item)).length,
      reserved: offered.filter(item => opensSession(item, config)).length,
      limit: config.policy.sessionLimit,
    },
  }
}

/** CA2, first line that applies. Offers only reserve: they never make anybody Busy (CA1). */
export function capacityResult(facts: Facts, config: Configuration, at: number): CapacityResult {
  const { dimensions, openItems } = capacityInputs(facts, config, at)
  const overdrawn = dimensions.find(dimension => dimension.available < 0)
  if (overdrawn) return { statusId: 'do-not-disturb', rule: 'CA2.1', inputs: { ...overdrawn } }
  const blocked = dimensions.find(dimension => dimension.blocking && dimension.available === 0)
  if (blocked) return { statusId: 'do-not-disturb', rule: 'CA2.2', inputs: { ...blocked } }
  if (dimensions.length > 0 && dimensions.every(dimension => dimension.available === 0))
    return { statusId: 'do-not-disturb', rule: 'CA2.3', inputs: { dimensions } }
  if (openItems > 0) return { statusId: 'busy', rule: 'CA2.4', inputs: { openItems } }
  return { statusId: 'available', rule: 'CA2.5', inputs: { openItems } }
}

/** All that the lines of CA2 look at. */
export function capacityInputs(
  facts: Facts,
  config: Configuration,
  at: number,
): { readonly dimensions: readonly Dimension[]; readonly openItems: number } {
  // CA6: what is open since before a reset takes room, and counts for presence no longer.
  const today = { ...facts, work: facts.work.filter(item => !item.overReset) }
  const dimensions = dimensionsOf(capacityOf(today, config, at))
  return { dimensions, openItems: activeWork(facts, config, at).length }
}

/** CA1: active items, and those in wrap-up whose capacity is not released yet (CA8). */
export function consumes(item: HeldItem, at: number): boolean {
  if (item.state === 'active') return true
  return item.state === 'wrap-up' && item.holdsCapacity && (item.capacityUntil ?? Infinity) > at
}

/** SI7: consuming items, but for those of an earlier day (CA6), of workstreams that affect presence (CA9). A workstream that is gone affected it. */
export function activeWork(facts: Facts, config: Configuration, at: number): readonly HeldItem[] {
  return facts.work.filter(
    item =>
      consumes(item, at) &&
      !item.overReset &&
      own(config.workstreams, item.workstreamId)?.affectsPresence !== false,
  )
}

/** CA5: her units, and the limits of the profiles she holds: her own, else the profile's. */
export function limitsOf(profile: Profile, config: Configuration): Limits {
  const held = Object.entries(profile.capacity.profiles).flatMap(([id, ownLimit]) => {
    const configured = own(config.profiles, id)
    if (configured === null) return []
    return [{ id, limit: ownLimit ?? configured.limit, blocking: configured.blocking }]
  })
  // In order of id: the same limits must be equal as JSON.
  const sorted = held.sort((one, other) => (one.id < other.id ? -1 : 1))
  const profiles = Object.fromEntries(sorted.map(({ id, limit, blocking }) => [id, { limit, blocking }]))
  return { units: profile.capacity.units, profiles }
}

/** SE1: whether an item of that workstream takes one of the sessions. */
export function opensSession(item: { readonly workstreamId: string }, config: Configuration): boolean {
  return own(config.workstreams, item.workstreamId)?.opensSession !== false
}

interface Dimension {
  readonly dimension: string
  readonly total: number
  readonly available: number
  readonly blocking: boolean
}

function dimensionsOf({ units, profiles }: Capacity): readonly Dimension[] {
  const ofProfiles = Object.entries(profiles).map(([id, { limit, used, blocking }]) => ({
    dimension: `profile:${id}`,
    total: limit,
    available: limit - used,
    blocking,
  }))
  if (units === null) return ofProfiles
  const { total, used } = units
  return [{ dimension: 'units', total, available: total - used, blocking: false }, ...ofProfiles]
}

function isOpen(item: HeldItem): boolean {
  return item.state === 'active' || item.state === 'wrap-up'
}

function unitsIn(items: readonly HeldItem[]): number {
  return items.reduce((sum, item) => sum + item.cost.units, 0)
}

/** CA6: of an end-of-day profile closed items count, too, and wrap-up frees nothing. */
function usedOf(profileId: string, facts: Facts, config: Configuration, at: number): number {
  const untilReset = resetsAtEndOfDay(profileId, config)
  const takes = (item: HeldItem) => consumes(item, at) || (untilReset && item.state === 'wrap-up')
  return countOf(profileId, facts.work.filter(takes)) + talliedOf(facts, profileId, config)
}

function countOf(profileId: string, items: readonly HeldItem[]): number {
  // Asked for each profile several times in a decision, so without lists in between.
  let count = 0
  for (const { cost } of items) for (const id of cost.profiles) if (id === profileId) count += 1
  return count
}
