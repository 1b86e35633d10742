// The socket transport on a loopback port, over whatever application a test brings; and a client that remembers
// everything it was sent.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import {
  type CommandData,
  type CommandName,
  MESSAGES,
  type MessageName,
  type MessagePayload,
  type Reply,
} from '@rollcall/shared'
import { io, type Socket } from 'socket.io-client'
import type { App } from '../../server/src/app/app.ts'
import { createApp } from '../../server/src/app/create-app.ts'
import type { Principal } from '../../server/src/app/principal.ts'
import { createAuthenticator } from '../../server/src/auth/authenticator.ts'
import { createLimits } from '../../server/src/auth/limits.ts'
import { createOrigins } from '../../server/src/auth/origins.ts'
import { type Clock, systemClock } from '../../server/src/clock.ts'
import { createGateway, type GatewayOptions } from '../../server/src/gateway/create-gateway.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMetrics } from '../../server/src/telemetry/metrics.ts'
import { createMemoryStorage } from './memory-storage.ts'
import { SECRET } from './tokens.ts'
import { until } from './until.ts'

/** For what tests do to the application beside the sockets. */
export const ADMINISTRATOR: Principal = {
  tenant: 'default',
  sub: 'root',
  name: 'root',
  roles: ['administrator', 'service'],
  queues: null,
  watches: [],
  issuedAt: 0,
  expiresAt: Number.MAX_SAFE_INTEGER,
}

export type GatewayWorld = Awaited<ReturnType<typeof startWorld>>

interface WorldOptions {
  readonly limits?: 'on' | 'off'
  readonly clock?: Clock
  readonly settings?: GatewayOptions['settings']
}

/** The gateway over the application, over a store in memory. */
export async function startWorld(options: WorldOptions = {}) {
  const metrics = createMetrics()
  const lines: string[] = []
  const log = createLog('debug', lineSink(lines))
  const storage = createMemoryStorage()
  const app = createApp({ storage, clock: systemClock, metrics, log })
  await app.started
  const gateway = await startGateway(app, { store: storage, metrics, log, ...options })
  return {
    ...gateway,
    app,
    storage,
    metrics,
    logged: () => lines.join(''),
    /** Also fails the test if any message broke its schema: what /asyncapi.json promises is what is sent. */
    async close() {
      await gateway.close()
      await app.stop()
      await storage.close()
      expect(gateway.misshapen()).toEqual([])
    },
  }
}

type GatewayParts = Pick<GatewayOptions, 'store' | 'metrics' | 'log'> & WorldOptions

export async function startGateway(app: App, parts: GatewayParts) {
  const { limits = 'off', clock = systemClock, store } = parts
  const httpServer = createServer()
  const gateway = createGateway({
    ...parts,
    httpServer,
    app,
    clock,
    nodeId: 'node-1',
    authenticator: createAuthenticator({ jwtSecret: SECRET, requireTenant: false, now: () => store.now() }),
    limits: createLimits({ on: limits === 'on', clock }),
    origins: createOrigins(['https://desk.example.com']),
  })
  await new Promise<void>(resolve => httpServer.listen(0, '127.0.0.1', resolve))
  const { port } = httpServer.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const clients: TestClient[] = []
  return {
    url,
    port,
    gateway,
    /** Does not wait for anything. */
    open(auth: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}): TestClient {
      const client = createClient(url, auth, headers)
      clients.push(client)
      return client
    },
    misshapen: () => clients.flatMap(client => client.received.flatMap(misshapen)),
    async close() {
      for (const client of clients) client.socket.close()
      await gateway.close()
      await new Promise(resolve => httpServer.close(resolve))
    },
  }
}

/** What is wrong with a message, by the schema that AsyncAPI is made of. */
function misshapen({ name, payload }: { readonly name: string; readonly payload: unknown }): string[] {
  if (!Object.hasOwn(MESSAGES, name)) return [`${name} is no message of the protocol`]
  const { error } = MESSAGES[name as MessageName].payload.safeParse(payload)
  return error ? [`${name}: ${error.message}`] : []
}

export interface TestClient {
  readonly socket: Socket
  readonly received: readonly { readonly name: string; readonly payload: unknown }[]
  /** Resolves with `ready`; rejects with the error object of a refused handshake. */
  ready(): Promise<MessagePayload<'ready'>>
  /** Resolves with the error object of a refused handshake. */
  refused(): Promise<{ readonly code: string; readonly message: string; readonly details?: unknown }>
  send<Name extends CommandName>(name: Name, payload: unknown): Promise<Reply<CommandData<Name>>>
  /** Sends and expects success. */
  done<Name extends CommandName>(name: Name, payload: unknown): Promise<CommandData<Name>>
  /** All messages of that name so far. */
  all<Name extends MessageName>(name: Name): MessagePayload<Name>[]
  /** The first message of that name that fits, past or to come. */
  message<Name extends MessageName>(
    name: Name,
    fits?: (payload: MessagePayload<Name>) => boolean,
  ): Promise<MessagePayload<Name>>
  closed(): Promise<void>
}

/** Remembers everything it is sent; does not come back by itself. */
export function createClient(
  url: string,
  auth: Readonly<Record<string, unknown>>,
  extraHeaders: Record<string, string> = {},
): TestClient {
  const socket = io(url, {
    auth,
    extraHeaders,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  })
  const received: { name: string; payload: unknown }[] = []
  let failure: unknown = null
  let isClosed = false
  socket.onAny((name: string, payload: unknown) => received.push({ name, payload }))
  socket.on('connect_error', error => {
    failure = 'data' in error && error.data ? error.data : { code: 'transport', message: error.message }
  })
  socket.on('disconnect', () => {
    isClosed = true
  })

  const client: TestClient = {
    socket,
    received,
    async ready() {
      await until('ready, or a refusal', () => failure || client.all('ready')[0] || isClosed)
      const [ready] = client.all('ready')
      if (!ready) throw failure ?? new Error(`closed before ready: ${JSON.stringify(received)}`)
      return ready
    },
    async refused() {
      return (await until('a refused handshake', () => failure)) as { code: string; message: string }
    },
    send: (name, payload) => socket.timeout(5_000).emitWithAck(name, payload),
    async done(name, payload) {
      const reply = await client.send(name, payload)
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`)
      return reply.data
    },
    all: <Name extends MessageName>(name: Name) =>
      received.filter(message => message.name === name).map(({ payload }) => payload as MessagePayload<Name>),
    message: <Name extends MessageName>(
      name: Name,
      fits: (payload: MessagePayload<Name>) => boolean = () => true,
    ) => until(`a message ${name}`, () => client.all(name).find(fits)),
    async closed() {
      await until('the socket to close', () => isClosed)
    },
  }
  return client
}

function lineSink(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
}
