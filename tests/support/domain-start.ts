// Where random histories begin, and the configurations they pass through.

import { type ConfigurationChanges, createFloor, type Floor } from './domain-builders.ts'

export const PEOPLE = ['ada', 'bob'] as const

/** The floor that all histories begin on: capacity of every kind, a low session limit, statuses of its own. */
export function startFloor(): Floor {
  const floor = createFloor(CONFIGURATIONS[0])
  for (const id of PEOPLE)
    floor.hire(id, { capacity: { units: 100, profiles: id === 'ada' ? { chat: null, mail: 2 } : {} } })
  return floor
}

const WORKSTREAMS = [
  { id: 'chat', cost: { units: 30, profiles: ['chat'] }, selfAssign: true, wrapUp: { seconds: 20 } },
  { id: 'mail', cost: { profiles: ['mail'] }, offerTimeoutMs: 15_000, allowedPresences: ['busy', 'away'] },
  { id: 'silent', affectsPresence: false, opensSession: false, wrapUp: 'none', rejectable: false },
] as const

export const CONFIGURATIONS: readonly ConfigurationChanges[] = [
  {
    policy: { sessionLimit: 3 },
    statuses: [
      { id: 'lunch', base: 'away', text: 'Lunch' },
      { id: 'desk', base: 'busy', text: 'At my desk' },
    ],
    workstreams: WORKSTREAMS,
    profiles: [{ id: 'chat', limit: 2 }, { id: 'mail' }],
  },
  { policy: { sessionLimit: 2, missedSetsInactive: false, signOutRestores: false } },
  { policy: { sessionLimit: 10, rejectedSetsDoNotDisturb: false, signOutRestores: true } },
  {
    profiles: [{ id: 'chat', limit: 1, blocking: true }],
    statuses: [{ id: 'lunch', base: 'away', archived: true }],
  },
  { profiles: [{ id: 'chat', limit: 0 }], workstreams: [{ ...WORKSTREAMS[0], affectsPresence: false }] },
  { profiles: [{ id: 'mail', limit: 2, reset: 'end-of-day', endOfDay: '09:02' }] },
  { policy: { releaseWorkAfterMs: 60_000, staleWorkAfterMs: 20_000 } },
]
