// The socket transport: puts Socket.IO onto an HTTP server and the application behind it.

import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { App } from '../app/app.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Limits } from '../auth/limits.ts'
import type { Origins } from '../auth/origins.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { createBroadcaster } from './broadcaster.ts'
import { createCommandTable } from './command-table.ts'
import { type CommandsContext, serveCommands } from './commands.ts'
import { type Connection, openConnection } from './connection.ts'
import { drainPeople } from './drain.ts'
import { every } from './every.ts'
import { createExpiry } from './expiry.ts'
import { gatherFrames } from './gather-frames.ts'
import { bearerOf, createHandshake } from './handshake.ts'
import { createPeople } from './people.ts'
import { closeIfNoRepresentative, renew } from './refresh.ts'
import { GATEWAY_SETTINGS, type GatewaySettings } from './settings.ts'
import { createSlices } from './slices.ts'
import type { GatewayServer, GatewaySocket } from './socket.ts'
import { closeRevoked, createSignalListener } from './to-representative.ts'
import { closeUnread } from './unread.ts'
import { createWatchers } from './watchers.ts'

export interface GatewayOptions {
  /** Stays the caller's: `close` leaves it listening. */
  readonly httpServer: HttpServer
  readonly app: App
  readonly authenticator: Authenticator
  readonly limits: Limits
  readonly metrics: Metrics
  readonly log: Logger
  readonly clock: Clock
  /** The store's time, and the age of the last proof that it answers; both in ms. */
  readonly store: { now(): number; lagMs(): number }
  readonly nodeId: string
  readonly origins: Origins
  readonly settings?: Partial<GatewaySettings> | undefined
}

export interface Gateway {
  /**
   * The node is going to stop: before its handover begins, so that nobody signs in behind it (DI7). Resolves when
   * whoever was on the way in is registered, or 5 s later.
   */
  refuseNewcomers(): Promise<void>
  /** Tells everybody, and closes all connections within about `withinMs` (DI7). Newcomers are refused. */
  drain(withinMs: number): Promise<void>
  /** Closes what is left. Resolves when every connection is unregistered, or 5 s later. */
  close(): Promise<void>
  connections(): number
}

/** Longest wait for what is under way at a stop: what a store that is away then isn't told, the next start tells. */
const SETTLE_MS = 5_000

export function createGateway(options: GatewayOptions): Gateway {
  const { httpServer, app, authenticator, limits, metrics, log, clock, store, nodeId, origins } = options
  const settings = { ...GATEWAY_SETTINGS, ...options.settings }
  const { now } = store
  let stopping = false

  const io: GatewayServer = new Server(httpServer, {
    ...transportOf(settings),
    allowRequest(request, decide) {
      const allowed = origins.allows(request.headers)
      if (!allowed) refuseOrigin(request)
      decide(
        allowed ? null : 'This origin may not connect. Its operator can add it to ROLLCALL_ALLOWED_ORIGINS.',
        allowed,
      )
    },
  })
  const people = createPeople()
  const expiry = createExpiry(clock, now)
  const broadcaster = createBroadcaster(io)
  const slices = createSlices()
  const watchers = createWatchers({ app, clock, log, metrics, settings, broadcaster, slices, now })
  /** Ended, but not yet unregistered. */
  const ending = new Set<Connection>()

  const commands: CommandsContext = {
    createFloodGate: limits.createFloodGate,
    clock,
    log,
    metrics,
    table: createCommandTable({
      app,
      admitPresenceCommand: limits.admitPresenceCommand,
      admitWatchOfAll: limits.admitWatchOfAll,
      admitExplanation: limits.admitExplanation,
      watch: watchers.watch,
      unwatch: watchers.unwatch,
      async refresh({ connection, afterReply }, token) {
        const next = await bearerOf(token, authenticator, app)
        renew(connection, next, { rearm: expiry.arm, recheckWatch: watchers.recheck })
        afterReply(() => closeIfNoRepresentative(connection))
      },
    }),
  }

  io.use(createHandshake({ app, authenticator, limits, metrics, log, isStopping: () => stopping }))
  io.on('connection', accept)
  const undo = [
    app.onSignal(createSignalListener({ io, people, broadcaster, recheckWatches: watchers.recheckTenant })),
    app.replica.subscribe(watchers.note),
    every(clock, settings.headMs, () => watchers.head(store.lagMs())),
    every(clock, settings.liveMs, watchers.tellLive),
    every(clock, settings.headMs, () => closeUnread(people, settings.deadFrames, log)),
  ]

  function accept(socket: GatewaySocket): void {
    gatherFrames(socket)
    // The event of that name comes from broken frames, and from whoever sends an event called so.
    socket.on('error', () => metrics.refusals.inc({ transport: 'socket', code: 'invalid-message' }))
    const { admission } = socket.data
    // The stop may have begun since the handshake.
    if (!admission || stopping) return void socket.conn.close()
    const connection = openConnection(socket, admission, { app, clock, log, nodeId, settings, now, onEnd })
    people.add(connection)
    metrics.connections.inc(kindOf(connection))
    serveCommands(connection, commands)
    expiry.arm(connection)
    // The revocation may have come between the handshake and here.
    if (app.revocations.isRevoked(admission.principal)) closeRevoked(connection)
  }

  function onEnd(connection: Connection): void {
    people.remove(connection)
    metrics.connections.dec(kindOf(connection))
    expiry.disarm(connection)
    watchers.unwatch(connection)
    ending.add(connection)
    // One turn later: the unregistration is queued right after this returns.
    setImmediate(() => connection.settled().then(() => ending.delete(connection)))
  }

  async function settled(connections: readonly Connection[]): Promise<void> {
    const all = Promise.all(connections.map(connection => connection.settled()))
    await Promise.race([all, new Promise<void>(resolve => clock.after(SETTLE_MS, resolve))])
  }

  function refuseOrigin({ headers }: IncomingMessage): void {
    metrics.refusals.inc({ transport: 'socket', code: 'forbidden' })
    log.warn(
      { origin: headers.origin, host: headers.host },
      `a page of an origin that is not listed tried to connect: if it is yours, add ${headers.origin?.slice(0, 200)} to ROLLCALL_ALLOWED_ORIGINS`,
    )
  }

  return {
    refuseNewcomers() {
      stopping = true
      return settled([...people.all(), ...ending])
    },
    async drain(withinMs) {
      stopping = true
      await drainPeople(people, clock, withinMs)
    },
    async close() {
      stopping = true
      await drainPeople(people, clock, 0)
      for (const each of undo) each()
      watchers.stop()
      broadcaster.stop()
      slices.stop()
      io.engine.close()
      await settled([...ending])
    },
    connections: people.count,
  }
}

/** WebSocket only: nothing to make sticky, one connection is one socket. No state recovery: a watch has its own cursor. */
function transportOf(settings: GatewaySettings) {
  const { pingInterval, pingTimeout, connectTimeout, maxFrameBytes } = settings
  return {
    transports: ['websocket' as const],
    allowUpgrades: false,
    allowEIO3: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval,
    pingTimeout,
    connectTimeout,
    maxHttpBufferSize: maxFrameBytes,
  }
}

function kindOf({ signedIn }: Connection) {
  return { kind: signedIn ? 'representative' : 'observer' }
}
