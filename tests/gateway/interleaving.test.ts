import type { MessagePayload } from '@rollcall/shared'
import { decodeCursor, watchedBy } from '../../server/src/app/feed-cursor.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMetrics } from '../../server/src/telemetry/metrics.ts'
import { createFakeApp, type FakeApp } from '../support/fake-app.ts'
import { startGateway, type TestClient } from '../support/gateway.ts'
import { tokenOf } from '../support/tokens.ts'
import { until } from '../support/until.ts'
import { viewOf } from '../support/views.ts'

let app: FakeApp
let world: Awaited<ReturnType<typeof startGateway>>

beforeEach(async () => {
  app = createFakeApp()
  const store = { now: Date.now, lagMs: () => 0 }
  // A long gap between batches, so that what is pending stays so until somebody joins.
  const settings = { pageSize: 10, flushMinMs: 100, flushMaxMs: 100 }
  world = await startGateway(app, { store, metrics: createMetrics(), log: createLog('silent'), settings })
})
afterEach(() => world.close())

async function watcher(): Promise<TestClient> {
  const client = world.open({ token: tokenOf({ sub: 'sue', roles: ['supervisor'], watches: ['*'] }) })
  await client.ready()
  return client
}
const people = (count: number, revision: number) =>
  Array.from({ length: count }, (_, index) => viewOf(`r${index}`, { revision }))
const revisionsOf = (messages: readonly MessagePayload<'presence:changes'>[], id: string) =>
  messages
    .flatMap(({ presences }) => presences)
    .filter(view => view.representativeId === id)
    .map(view => view.revision)

it.each([
  ['one page', 5],
  ['three pages', 25],
])('[SU3] a change while a state of %s is sent comes after it, once', async (_what, count) => {
  app.tell(people(count, 1))
  const first = await watcher()
  await first.done('watch', { queues: '*' })
  const sue = await watcher()
  app.moments.afterSnapshot = () => app.tell([viewOf('r0', { revision: 2 })])
  const sync = await sue.done('watch', { queues: '*' })
  expect(sync.presences[0]?.revision).toBe(1)
  app.tell([viewOf('r1', { revision: 3 })])
  await sue.message('presence:changes', ({ presences }) => presences.some(view => view.revision === 3))
  await first.message('presence:changes', ({ presences }) => presences.some(view => view.revision === 3))
  const live = sue.all('presence:changes').filter(({ complete }) => complete === undefined)
  expect(revisionsOf(live, 'r0')).toEqual([2])
  expect(revisionsOf(live, 'r1')).toEqual([3])
  expect(revisionsOf(first.all('presence:changes'), 'r0')).toEqual([2])
  expect(sue.all('presence:changes').filter(({ complete }) => complete).length).toBe(count > 10 ? 1 : 0)
})

it('[SU2] the cursor of a state is the position that the state is true at', async () => {
  app.tell(people(3, 1))
  const first = await watcher()
  await first.done('watch', { queues: '*' })
  app.tell([viewOf('r0', { revision: 2 })])
  const sue = await watcher()
  app.moments.beforeSnapshot = () => app.tell([viewOf('r0', { revision: 3 })])
  const sync = await sue.done('watch', { queues: '*' })
  expect(decodeCursor(sync.cursor)).toEqual({
    position: app.replica.position('default'),
    watched: watchedBy('default', '*'),
  })
  expect(sync.presences[0]?.revision).toBe(3)
  await first.message('presence:changes', ({ presences }) => presences[0]?.revision === 3)
  expect(sue.all('presence:changes')).toEqual([])
})

describe('[DI9] a socket that closes while it registers', () => {
  it('is unregistered after its registration, never before, and is not welcomed', async () => {
    const release = app.holdConnects()
    const ada = world.open({ token: tokenOf({ sub: 'ada', roles: ['representative'] }), signIn: true })
    await until('the registration to begin', () => app.calls.length === 1)
    ada.socket.close()
    await until('the socket to be gone', () => world.gateway.connections() === 0)
    expect(app.calls).toHaveLength(1)
    release()
    await until('the unregistration', () => app.calls.length === 2)
    const [connect, disconnect] = app.calls
    expect(connect?.[0]).toBe('connect')
    expect(disconnect).toEqual(['disconnect', connect?.[1]])
  })

  it('is not registered at all if it never signed in', async () => {
    const observer = world.open({ token: tokenOf({ sub: 'ada', roles: ['representative'] }) })
    await observer.ready()
    observer.socket.close()
    await until('the socket to be gone', () => world.gateway.connections() === 0)
    expect(app.calls).toEqual([])
  })
})
