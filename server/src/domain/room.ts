// Whether a representative has room for one more item (RO1, RO7), and how many items she can have at all (WK9).

import { capacityOf } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Cost, Facts } from './facts.ts'
import { type Refusal, refuse } from './outcome.ts'
import { own } from './own.ts'

/** WK9: open items in one representative's hands. It bounds what a record can grow to. */
export const MAX_OPEN_ITEMS = 50

export function refuseFull(facts: Facts): Refusal | null {
  if (facts.work.length < MAX_OPEN_ITEMS) return null
  const message = `${facts.representativeId} has ${MAX_OPEN_ITEMS} open work items, the most there can be; close some first.`
  return refuse('no-capacity', message, { openItems: facts.work.length, limit: MAX_OPEN_ITEMS })
}

/** SE2: true at the limit, reservations counted. */
export function atSessionLimit(facts: Facts, config: Configuration, at: number): boolean {
  const { open, reserved, limit } = capacityOf(facts, config, at).sessions
  return open + reserved >= limit
}

/** RO1: whether one more such item fits. */
export function hasRoom(facts: Facts, cost: Cost, config: Configuration, at: number): boolean {
  const room = roomFor(facts, cost, config, at)
  return room === null || room >= 1
}

/**
 * How many such items still fit: the least over the dimensions that it costs (RO1: units not configured are
 * unlimited, a profile that she doesn't hold has no room). null: nothing limits it. Reservations count as used.
 */
export function roomFor(facts: Facts, cost: Cost, config: Configuration, at: number): number | null {
  const { units, profiles } = capacityOf(facts, config, at)
  const rooms = cost.profiles.map(id => {
    const profile = own(profiles, id)
    return profile ? profile.limit - profile.used - profile.reserved : 0
  })
  if (units && cost.units > 0)
    rooms.push(Math.floor((units.total - units.used - units.reserved) / cost.units))
  return rooms.length > 0 ? Math.min(...rooms) : null
}
