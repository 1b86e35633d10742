import type { Socket as TcpSocket } from 'node:net'
import type { GatewaySettings } from '../../server/src/gateway/settings.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMetrics, type Metrics } from '../../server/src/telemetry/metrics.ts'
import { createFakeApp, type FakeApp } from '../support/fake-app.ts'
import { startGateway, type TestClient } from '../support/gateway.ts'
import { tokenOf } from '../support/tokens.ts'
import { until } from '../support/until.ts'
import { viewOf } from '../support/views.ts'

/** Some 800 KB a batch: a few fill what the kernel buffers for a socket that nobody reads. */
const PEOPLE = 400
const NOTE = 'x'.repeat(2_000)

let app: FakeApp
let metrics: Metrics
let world: Awaited<ReturnType<typeof startGateway>>
let round = 0
const paused: TcpSocket[] = []

async function start(settings: Partial<GatewaySettings>): Promise<void> {
  app = createFakeApp()
  metrics = createMetrics()
  const store = { now: Date.now, lagMs: () => 0 }
  world = await startGateway(app, { store, metrics, log: createLog('silent'), settings })
  round = 0
  changeEverybody()
}
afterEach(() => {
  for (const tcp of paused.splice(0)) tcp.destroy()
  return world.close()
})

async function watcher(): Promise<TestClient> {
  const client = world.open({ token: tokenOf({ sub: 'sue', roles: ['supervisor'], watches: ['*'] }) })
  await client.ready()
  await client.done('watch', { queues: '*' })
  return client
}

function changeEverybody(): void {
  round += 1
  app.tell(Array.from({ length: PEOPLE }, (_, index) => viewOf(`r${index}`, { revision: round, note: NOTE })))
}

/** Changes everybody again and again until something is so. */
async function changeUntil(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const turn = () => {
    changeEverybody()
    return isSo()
  }
  await until(what, turn, 20_000)
}

it('[SU5] who does not read is cut off, others hear everything, and it may begin again', async () => {
  await start({ slowFrames: 8 })
  const slow = await watcher()
  const quick = await watcher()
  pause(slow)
  await changeUntil('the slow one to be cut off', async () => (await slowWatchers()) === 1)
  const last = round
  await until('the quick one to hear the last round', () => revisionOf(quick) === last)

  tcpOf(slow).resume()
  expect(await slow.message('presence:resync')).toEqual({ reason: 'slow' })
  expect(revisionOf(slow)).toBeLessThan(last)
  const sync = await slow.done('watch', { queues: '*' })
  expect(sync.presences.every(view => view.revision === last)).toBe(true)
  expect(quick.all('presence:resync')).toEqual([])
})

it('[SU5] who never catches up is closed, within bounded time and memory', async () => {
  await start({ slowFrames: 4, slowMs: 50 })
  const slow = await watcher()
  pause(slow)
  await changeUntil('it to be closed', () => world.gateway.connections() === 0)
  expect(await slowWatchers()).toBe(1)
})

async function slowWatchers(): Promise<number> {
  const { values } = await metrics.slowWatchers.get()
  return values[0]?.value ?? 0
}

function revisionOf(client: TestClient): number {
  return Math.max(
    0,
    ...client
      .all('presence:changes')
      .slice(-1)
      .flatMap(({ presences }) => presences.map(view => view.revision)),
  )
}

function pause(client: TestClient): void {
  const tcp = tcpOf(client)
  paused.push(tcp)
  tcp.pause()
}

function tcpOf(client: TestClient): TcpSocket {
  const { engine } = client.socket.io
  return (engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket
}
