// The oracle's contact centre on a running server: fifty people, configured over HTTP as an administrator would.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import type { HttpClient } from './http.ts'
import { DEFAULTS, FLOOR, LIMITS, ROOMY } from './oracle-floor.ts'
import type { NewPerson } from './oracle-world.ts'
import { pickFrom, type Random } from './random.ts'

const QUEUES = [['support'], ['support', 'sales'], ['sales', 'billing'], ['billing']] as const

/** With sessions that are soon full, and with time limits for work that nobody touches or comes back to. */
export const SERVED: Configuration = {
  ...FLOOR,
  policy: { ...FLOOR.policy, sessionLimit: 3, staleWorkAfterMs: 240_000, releaseWorkAfterMs: 300_000 },
}

export function somePeople(count: number, random: Random): readonly NewPerson[] {
  const limits = [...LIMITS.filter(({ profiles }) => !('never' in profiles)), ...ROOMY, ...ROOMY, ...ROOMY]
  const defaults = DEFAULTS.filter(id => id !== 'retired')
  return Array.from({ length: count }, (_, number) => ({
    id: `rep-${number}`,
    queues: pickFrom(random, QUEUES),
    defaultStatusId: pickFrom(random, [null, ...defaults]),
    ...pickFrom(random, limits),
  }))
}

export async function configure(admin: HttpClient, people: readonly NewPerson[]): Promise<void> {
  const { policy, queues, workstreams, profiles, statuses } = SERVED
  const done = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer
    if (status >= 300) throw new Error(`The floor could not be configured: ${JSON.stringify(body)}`)
  }
  const { sessionLimit, staleWorkAfterMs, releaseWorkAfterMs } = policy
  await done(admin.patch('/v1/policy', { sessionLimit, staleWorkAfterMs, releaseWorkAfterMs }))
  const custom = Object.values(statuses).filter(({ standard }) => !standard)
  const create = async (all: typeof custom) => {
    for (const { standard: _standard, archived: _archived, ...status } of all)
      await done(admin.post('/v1/statuses', status))
  }
  // Workstreams name statuses, and statuses workstreams.
  await create(custom.filter(status => status.workstreams === null))
  for (const { id, name } of Object.values(queues)) await done(admin.put(`/v1/queues/${id}`, { name }))
  for (const profile of Object.values(profiles))
    await done(admin.put(`/v1/capacity-profiles/${profile.id}`, profile))
  for (const one of Object.values(workstreams))
    if (one.id !== 'default') await done(admin.put(`/v1/workstreams/${one.id}`, one))
  await create(custom.filter(status => status.workstreams !== null))
  await done(admin.remove('/v1/statuses/retired'))
  for (const { id, queues: hers, defaultStatusId, units, profiles: held } of people) {
    const capacity = { units, profiles: held }
    await done(admin.put(`/v1/representatives/${id}`, { queues: hers, defaultStatusId, capacity }))
  }
}
