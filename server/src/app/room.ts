// How much room somebody has for an item of a given cost.

import { capacityOf } from '../domain/capacity.ts'
import type { Configuration } from '../domain/configuration.ts'
import type { Cost, Facts } from '../domain/facts.ts'
import { own } from '../domain/own.ts'

/**
 * How many such items still fit: the least over the dimensions that it costs (RO1: units not configured are
 * unlimited, a profile that she doesn't hold has no room). null: nothing limits it. Reservations count as used.
 */
export function roomFor(cost: Cost, facts: Facts, configuration: Configuration, at: number): number | null {
  const { units, profiles } = capacityOf(facts, configuration, at)
  const rooms = cost.profiles.map(id => {
    const profile = own(profiles, id)
    return profile ? profile.limit - profile.used - profile.reserved : 0
  })
  if (units && cost.units > 0)
    rooms.push(Math.floor((units.total - units.used - units.reserved) / cost.units))
  return rooms.length > 0 ? Math.min(...rooms) : null
}
