import type { DevPerson } from '@rollcall/shared'

/** Whom the first page offers to sign in as, in development mode. */
export const DEV_PEOPLE: readonly DevPerson[] = [
  { sub: 'ada', name: 'Ada Fischer', roles: ['representative'], queues: ['billing', 'returns'] },
  { sub: 'ben', name: 'Ben Okafor', roles: ['representative'], queues: ['billing'] },
  { sub: 'grace', name: 'Grace Lindqvist', roles: ['supervisor'], watches: ['*'] },
  { sub: 'ivo', name: 'Ivo Marin', roles: ['administrator'] },
]
