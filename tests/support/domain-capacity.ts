// Facts by what consumes her capacity, for tests of capacity alone.

import type { Facts } from '../../server/src/domain/facts.ts'
import { newFacts } from '../../server/src/domain/new-facts.ts'
import { configurationOf, heldOf, person, profileOf, START } from './domain-builders.ts'

/** Profiles of each kind, and a workstream that affects nothing. */
export const capacityConfiguration = configurationOf({
  profiles: [
    { id: 'chat', limit: 2 },
    { id: 'mail', limit: 1 },
    { id: 'case', limit: 1 },
    { id: 'voice', limit: 1, blocking: true },
    { id: 'video', limit: 1, blocking: true },
  ],
  workstreams: [{ id: 'silent', affectsPresence: false, opensSession: false }],
})

export interface CapacityCase {
  readonly units: number | null
  readonly profiles: readonly string[]
  /** One item each: its units and profiles. */
  readonly items: readonly (readonly [number, ...string[]])[]
  readonly limits?: Readonly<Record<string, number>>
}

export function factsOf({ units, profiles, items, limits = {} }: CapacityCase): Facts {
  const capacity = { units, profiles: Object.fromEntries(profiles.map(id => [id, limits[id] ?? null])) }
  const work = items.map(([cost, ...ids], index) =>
    heldOf({ workItemId: `w${index}`, cost: { units: cost, profiles: ids } }),
  )
  const made = newFacts(
    'default',
    'ada',
    profileOf({ capacity }),
    capacityConfiguration,
    START,
    person('ada'),
  )
  return { ...made, work }
}
