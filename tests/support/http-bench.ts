// An HTTP side to send requests to: a fake application, real tokens, real loopback sockets.

import { errorsOf, ROUTES, type Role, type RouteSpec } from '@rollcall/shared'
import supertest, { type Response } from 'supertest'
import { createOrigins } from '../../server/src/auth/origins.ts'
import { createHttp, type HttpOptions } from '../../server/src/http/create-http.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMetrics } from '../../server/src/telemetry/metrics.ts'
import { createFakeApp } from './fake-http-app.ts'
import { testAuthenticator, tokenOf } from './tokens.ts'

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete' | 'options' | 'head'
type Options = Partial<HttpOptions>

/** With `options.app` over that one; `app` is the fake one, unused then. An error that the route does not list fails. */
export function httpBench(options: Options = {}) {
  const app = createFakeApp()
  const metrics = createMetrics()
  const lines: string[] = []
  const http = createHttp({
    app,
    authenticator: testAuthenticator(),
    metrics,
    log: createLog('debug', { write: line => void lines.push(line) }),
    origins: createOrigins(['https://desk.example.com']),
    info: { version: '1.2.3', mode: 'production', demo: false, store: 'embedded', oidc: null },
    ...options,
  })
  const send = (
    method: Method,
    path: string,
    token: string | null,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const request = supertest(http)
      [method](path)
      .set(headers)
      .buffer(true)
      .expect(isListed(method, path, options))
    if (token !== null) request.set('Authorization', `Bearer ${token}`)
    return body === undefined ? request : request.send(body as object)
  }
  return { app, http, metrics, lines, send }
}

/** Fails for an error code that the documents don't announce for this route. */
function isListed(method: Method, path: string, { dev }: Options): (response: Response) => void {
  const [bare = ''] = path.split('?')
  const spec = (Object.values(ROUTES) as RouteSpec[]).find(
    route => route.method === method && new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  )
  return ({ body }) => {
    const code: unknown = body?.code
    const exists = spec !== undefined && (!spec.development || dev !== undefined)
    if (!exists || code === undefined || errorsOf(spec).some(listed => listed === code)) return
    throw new Error(`${method} ${path} answered ${code}, which its documentation does not list.`)
  }
}

/** A token of somebody with one role; the representative is ada. */
export function tokenFor(role: Role): string {
  const sub = role === 'representative' ? 'ada' : `the-${role}`
  return tokenOf({ sub, roles: [role], ...(role === 'supervisor' ? { watches: ['*'] } : {}) })
}

export const TOKENS = {
  representative: tokenFor('representative'),
  supervisor: tokenFor('supervisor'),
  administrator: tokenFor('administrator'),
  service: tokenFor('service'),
} as const satisfies Record<Role, string>
