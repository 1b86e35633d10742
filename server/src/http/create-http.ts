// The HTTP side of a server: an Express application over the route table.

import { ROUTES, type RouteName, type RouteSpec } from '@rollcall/shared'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { App } from '../app/app.ts'
import { Refused } from '../app/refused.ts'
import type { Origins } from '../auth/origins.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { createAboutHandlers, type ServerInfo } from './about.ts'
import type { Authenticates } from './caller.ts'
import { createCatalogueHandlers } from './catalogues.ts'
import { createChangeHandlers } from './changes.ts'
import { createDevHandlers, type DevMode } from './dev.ts'
import { createDocuments } from './documents.ts'
import { createEndpoint, type HttpLimits } from './endpoint.ts'
import type { Answer } from './handler.ts'
import { createLiveHandlers } from './live.ts'
import { createOriginGuard } from './origins.ts'
import { createPolicyHandlers } from './policy.ts'
import { createPresenceHandlers } from './presences.ts'
import { refusedOf, sendProblem } from './problem.ts'
import { createRepresentativeHandlers } from './representatives.ts'
import { createRevocationHandlers } from './revocations.ts'
import { createSecurityHeaders } from './security.ts'
import { createStatusHandlers } from './statuses.ts'
import { createWorkItemHandlers } from './work-items.ts'

export interface HttpOptions {
  readonly app: App
  readonly authenticator: Authenticates
  readonly metrics: Metrics
  readonly log: Logger
  readonly origins: Origins
  /** Left out: no limits. */
  readonly limits?: Partial<HttpLimits>
  readonly info: ServerInfo
  /** Left out in production: its routes do not exist then. */
  readonly dev?: DevMode
  /** Serves `/` and its files; they find the nonce for their styles with `nonceOf`. Left out: `/` leads to `/docs`. */
  readonly page?: readonly RequestHandler[]
  /** Further reasons for which /readyz answers 503: the node is stopping, the feed lags. */
  readonly notReady?: () => readonly string[]
}

const UNLIMITED: HttpLimits = { admitPresenceCommand: async () => {}, admitExplanation: async () => {} }

export function createHttp(options: HttpOptions): Express {
  const { metrics, log, page } = options
  const http = express()
  http.disable('x-powered-by')
  // ETags are ours: versions and revisions. A hash of the body would hide that it is the same version.
  http.disable('etag')
  http.enable('case sensitive routing')
  http.enable('strict routing')
  http.set('query parser', 'simple')

  http.use(...createSecurityHeaders())
  http.use(createOriginGuard(options.origins))
  http.use('/v1', (_request, response, next) => {
    response.set('Cache-Control', 'private, no-cache')
    next()
  })
  mountRoutes(http, options)
  http.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  http.use(createDocuments(options.info))
  if (page) http.use(...page)
  else http.get('/', (_request, response) => response.redirect('/docs'))

  http.use(answerUnknownPath(options.dev !== undefined))
  const answerError: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const refused = refusedOf(error, log)
    metrics.refusals.inc({ transport: 'http', code: refused.code })
    sendProblem(response, refused)
  }
  http.use(answerError)
  return http
}

function mountRoutes(http: Express, options: HttpOptions): void {
  const { app, dev, info, notReady = () => [] } = options
  const limits = { ...UNLIMITED, ...options.limits }
  const handlers: Readonly<Partial<Record<RouteName, (call: never) => Answer | Promise<Answer>>>> = {
    ...createAboutHandlers(app, info, notReady),
    ...createPresenceHandlers(app),
    ...createRepresentativeHandlers(app),
    ...createStatusHandlers(app),
    ...createCatalogueHandlers(app),
    ...createPolicyHandlers(app),
    ...createWorkItemHandlers(app),
    ...createChangeHandlers(app),
    ...createLiveHandlers(app),
    ...createRevocationHandlers(app),
    ...(dev ? createDevHandlers(dev) : {}),
  }
  for (const [name, spec] of Object.entries(ROUTES) as [RouteName, RouteSpec][]) {
    const handle = handlers[name]
    if (handle)
      http[spec.method](expressPath(spec.path), createEndpoint(name, spec, handle, { ...options, limits }))
    else if (!spec.development) throw new Error(`The route ${name} has no handler.`)
  }
}

const expressPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1')

/** An unlisted path, or a listed one with another method: the answer says which it takes. */
const answerUnknownPath =
  (development: boolean): RequestHandler =>
  (request, response) => {
    const path = request.path.slice(0, 200)
    const methods = (Object.values(ROUTES) as RouteSpec[])
      .filter(spec => development || !spec.development)
      .filter(spec => new RegExp(`^${spec.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(request.path))
      .map(spec => spec.method.toUpperCase())
    if (methods.length === 0)
      throw new Refused('not-found', `Nothing is at ${path}. /docs lists what there is.`)
    response.set('Allow', methods.join(', '))
    throw new Refused('not-found', `${path} does not take ${request.method}, but ${methods.join(', ')}.`)
  }
