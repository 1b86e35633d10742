// The composition root: every part is made here, given what it needs, and ended in the opposite order. Tests start
// exactly this, on port 0.

import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, type StartedApp } from './app/create-app.ts'
import { type Authenticator, createAuthenticator } from './auth/authenticator.ts'
import { devSecret, refuseDevRequest, requireLoopback } from './auth/dev-mode.ts'
import { createLimits } from './auth/limits.ts'
import { mintToken } from './auth/mint.ts'
import { createOrigins } from './auth/origins.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { DEV_PEOPLE } from './dev-people.ts'
import { builtInConfiguration } from './domain/built-in.ts'
import { createGateway } from './gateway/create-gateway.ts'
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway/settings.ts'
import { createHttp } from './http/create-http.ts'
import type { DevMode } from './http/dev.ts'
import { createFirstPage } from './http/first-page.ts'
import { openEmbeddedStorage } from './storage/embedded/open-embedded-storage.ts'
import type { Storage } from './storage/storage.ts'
import { createLog, type Logger } from './telemetry/log.ts'
import { createMetrics, type Metrics } from './telemetry/metrics.ts'
import { VERSION } from './version.ts'

export interface Server {
  /** `http://host:port` as it can be reached. */
  readonly url: string
  readonly app: StartedApp
  readonly storage: Storage
  readonly metrics: Metrics
  /**
   * A planned stop: clients are told and moved (DI7), then everything acknowledged is made durable and files and
   * ports are let go.
   */
  close(): Promise<void>
}

/** What a test puts in the place of the real thing. */
export interface Parts {
  readonly clock?: Clock
  readonly log?: Logger
  readonly storage?: Storage
  readonly gateway?: Partial<GatewaySettings>
}

/** How long a stop may take to move the connections; each is told at once. */
const DRAIN_MS = 2_000
const DEV_TOKEN_SECONDS = 12 * 3_600

/**
 * Starts a server and resolves when it answers.
 * Errors: `DirectoryInUse`; what listening says (EADDRINUSE …); wrong settings.
 */
export async function createServer(config: Config, parts: Parts = {}): Promise<Server> {
  if (config.dev) requireLoopback(config.host)
  const clock = parts.clock ?? systemClock
  const log = parts.log ?? createLog(config.logLevel)
  const metrics = createMetrics()
  const secret = config.jwtSecret ?? (config.dev && !config.jwksUrl ? await devSecret(config.dataDir) : null)
  const origins = createOrigins(config.allowedOrigins)
  const limits = createLimits({ on: config.limits, clock })
  if (!config.limits) log.warn('limits are off: for load tests only')

  const storage =
    parts.storage ??
    (await openEmbeddedStorage(config.dataDir, { clock, log, initialConfiguration: builtInConfiguration() }))
  const authenticator = authenticatorOf(config, secret, storage)
  const app = createApp({ storage, clock, metrics, log })
  let stopping = false
  const http = createHttp({
    app,
    authenticator,
    metrics,
    log,
    origins,
    limits,
    info: {
      version: VERSION,
      mode: config.dev ? 'development' : 'production',
      demo: config.demo,
      store: storage.kind,
      oidc: null,
    },
    ...(config.dev && secret !== null ? { dev: devMode(secret) } : {}),
    page: createFirstPage(config.dev ? config.dataDir : null),
    notReady: () => (stopping ? ['This node is stopping.'] : []),
  })
  const httpServer = createHttpServer(http)
  const gateway = createGateway({
    httpServer,
    app,
    authenticator,
    limits,
    metrics,
    log,
    clock,
    store: storage,
    nodeId: storage.incarnation,
    origins,
    settings: {
      ...GATEWAY_SETTINGS,
      pingInterval: config.pingIntervalMs,
      pingTimeout: config.pingTimeoutMs,
      ...parts.gateway,
    },
  })

  async function close(): Promise<void> {
    stopping = true
    await gateway.refuseNewcomers()
    if (app.ready()) await app.beginHandover(config.handoverWindowMs)
    await gateway.drain(Math.min(DRAIN_MS, config.handoverWindowMs))
    await gateway.close()
    await app.stop()
    await new Promise(resolve => {
      httpServer.close(resolve)
      httpServer.closeAllConnections()
    })
    await storage.close()
  }

  try {
    // Nobody is answered before what a crash left behind is put right.
    await app.started
    await listen(httpServer, config)
  } catch (error) {
    await gateway.close()
    await app.stop()
    await storage.close()
    throw error
  }
  return { url: urlOf(httpServer.address() as AddressInfo), app, storage, metrics, close }
}

function authenticatorOf(config: Config, secret: string | null, storage: Storage): Authenticator {
  const { jwksUrl, jwtIssuer, jwtAudience } = config
  return createAuthenticator({
    jwtSecret: secret ?? undefined,
    jwks:
      jwksUrl && jwtIssuer && jwtAudience
        ? { url: jwksUrl, issuer: jwtIssuer, audience: jwtAudience }
        : undefined,
    claims: {
      sub: config.claimSub,
      roles: config.claimRoles,
      tenant: config.claimTenant,
      queues: config.claimQueues,
      watches: config.claimWatches,
      name: config.claimName,
    },
    requireTenant: config.requireTenant,
    now: () => storage.now(),
  })
}

function devMode(secret: string): DevMode {
  return {
    refuse: refuseDevRequest,
    mint: ({ expiresInSeconds = DEV_TOKEN_SECONDS, ...claims }) =>
      mintToken({ secret, expiresInSeconds, ...claims }),
    people: () => DEV_PEOPLE,
  }
}

function listen(httpServer: ReturnType<typeof createHttpServer>, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', reject)
    httpServer.listen(port, host, () => {
      httpServer.off('error', reject)
      resolve()
    })
  })
}

function urlOf({ address, family, port }: AddressInfo): string {
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`
}
