// The application as it is, over a store in memory, with ada signed in and bo known.

import type { Role } from '@rollcall/shared'
import { createApp } from '../../server/src/app/create-app.ts'
import type { Principal } from '../../server/src/app/principal.ts'
import { systemClock } from '../../server/src/clock.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMetrics } from '../../server/src/telemetry/metrics.ts'
import { createMemoryStorage } from './memory-storage.ts'

export async function createRealApp() {
  const storage = createMemoryStorage()
  const app = createApp({ storage, clock: systemClock, metrics: createMetrics(), log: createLog('silent') })
  await app.started
  await app.presence.connect(principal('ada', 'representative'), 'c1', 0)
  await app.configuration.representatives.put(
    { principal: principal('the-administrator', 'administrator') },
    'bo',
    { queues: [], defaultStatusId: null, capacity: { units: null, profiles: {} }, attributes: {} },
    null,
  )
  return {
    app,
    async stop() {
      await app.stop()
      await storage.close()
    },
  }
}

function principal(sub: string, role: Role): Principal {
  const now = Date.now()
  return {
    tenant: 'default',
    sub,
    name: sub,
    roles: [role],
    queues: null,
    watches: [],
    issuedAt: now,
    expiresAt: now + 3_600_000,
  }
}
