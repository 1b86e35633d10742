// A data directory with many people in it, made without a server: as one left it that died with their connections open.

import { workstreamBody } from '@rollcall/shared'
import { createApp, type StartedApp } from '../../server/src/app/create-app.ts'
import { systemClock } from '../../server/src/clock.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import { openEmbeddedStorage } from '../../server/src/storage/embedded/open-embedded-storage.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMetrics } from '../../server/src/telemetry/metrics.ts'
import { administrator, as, choice, principal, service } from './app-world.ts'

/** `idle`, `assigned`: signed out, without and with a chat. `working`, `lunching`: there, with a chat; the latter Away by choice. */
export const KINDS = ['idle', 'working', 'lunching', 'assigned', 'idle'] as const
export type Kind = (typeof KINDS)[number]
export const idOf = (number: number) => `r${String(number).padStart(5, '0')}`
export const kindOf = (number: number): Kind => KINDS[number % KINDS.length] ?? 'idle'

export const CHAT_PROFILE = {
  limit: 2,
  blocking: false,
  reset: 'immediate' as const,
  timeZone: null,
  endOfDay: null,
}
/** Under way at once: they share their way to the disk. */
const AT_ONCE = 500

/** Everybody holds the profile `chat` with its limit of 2; a chat takes one of it. */
export async function fillStore(directory: string, people: number): Promise<void> {
  const storage = await openEmbeddedStorage(directory, {
    clock: systemClock,
    initialConfiguration: builtInConfiguration(),
  })
  const app = createApp({ storage, clock: systemClock, metrics: createMetrics(), log: createLog('silent') })
  await app.started
  await configure(app)
  await importAll(app, people)
  for (let first = 0; first < people; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, people - first) }, (_, place) => first + place)
    await Promise.all(numbers.map(number => fillOne(app, idOf(number), kindOf(number))))
  }
  await app.stop()
  await storage.close()
}

async function configure({ configuration }: StartedApp): Promise<void> {
  const admin = as(administrator())
  await configuration.policy.patch(admin, { restoreWindowMs: 3_600_000 }, null)
  await configuration.profiles.put(admin, 'chat', CHAT_PROFILE, null)
  const chat = workstreamBody.parse({ channel: 'chat', cost: { profiles: ['chat'] } })
  await configuration.workstreams.put(admin, 'chat', chat, null)
}

async function importAll({ configuration }: StartedApp, people: number): Promise<void> {
  const capacity = { units: null, profiles: { chat: null } }
  const body = { queues: ['default'], defaultStatusId: null, capacity, attributes: {} }
  const lines = Array.from({ length: people }, (_, number) => ({ line: number + 1, id: idOf(number), body }))
  for await (const outcome of configuration.representatives.putMany(as(administrator()), lines)) {
    if ('refused' in outcome) throw new Error(outcome.refused.message)
  }
}

async function fillOne({ presence, work }: StartedApp, id: string, kind: Kind): Promise<void> {
  if (kind === 'idle') return
  if (kind !== 'assigned') await presence.connect(principal(id), `c-${id}`, 0)
  await work.put(as(service()), {
    workItemId: `w-${id}`,
    workstreamId: 'chat',
    representativeId: id,
    state: 'active',
    force: false,
    reopen: false,
    by: 'other',
  })
  if (kind === 'lunching') await presence.choose(as(principal(id)), choice(id, 'away'))
}
