import type { LiveCounts } from '@rollcall/shared'
import type { Broadcaster } from '../../server/src/gateway/broadcaster.ts'
import { createLiveQueues } from '../../server/src/gateway/live-queues.ts'
import { GATEWAY_SETTINGS } from '../../server/src/gateway/settings.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createFakeApp } from '../support/fake-app.ts'

import { liveCountsOf } from '../support/live-counts-of.ts'
import { until } from '../support/until.ts'

it('[SU5, SU6] the counts of a thousand queues leave in turns too small to pass for a slow reader', async () => {
  const queues = Array.from({ length: 1_000 }, (_, index) => `q${index}`)
  const fake = createFakeApp()
  const app = {
    ...fake,
    liveCounts: { ...fake.liveCounts, changed: async () => queues.map(id => liveCountsOf(id)) },
  }
  const told: string[] = []
  let thisTurn = 0
  let most = 0
  const broadcaster: Broadcaster = {
    send(_targets, _name, payload) {
      if (thisTurn === 0) {
        setImmediate(() => {
          thisTurn = 0
        })
      }
      thisTurn += 1
      most = Math.max(most, thisTurn)
      told.push((payload as LiveCounts).queueId)
    },
    backlog: () => 0,
    stop: () => undefined,
  }
  const watcher = { socketId: 'sue', isWanted: () => true }
  const live = createLiveQueues({
    app,
    broadcaster,
    log: createLog('silent'),
    tenants: () => ['default'],
    watchersOf: () => [watcher],
  })
  live.tell()
  await until('all are told', () => told.length >= queues.length)
  expect(told).toEqual(queues)
  expect(most).toBeLessThan(GATEWAY_SETTINGS.slowFrames)
})
