// One route as Express runs it: token, shape, role, then the handler, then its answer. Existence, reach and state
// are the application's to check.

import { ERRORS, type RouteName, type RouteSpec } from '@rollcall/shared'
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import type { App } from '../app/app.ts'
import { shapedBy } from '../app/invalid-message.ts'
import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'
import type { Limits } from '../auth/limits.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { jsonReader, textReader } from './body.ts'
import { type Authenticates, callerOf, principalOf } from './caller.ts'
import type { Answer } from './handler.ts'
import { linesOf, NDJSON, sendLines } from './ndjson.ts'
import { etagOf, ifMatchOf } from './preconditions.ts'
import { refusedOf, sendProblem } from './problem.ts'

export type HttpLimits = Pick<Limits, 'admitPresenceCommand' | 'admitExplanation'>

export interface EndpointDependencies {
  readonly app: App
  readonly authenticator: Authenticates
  readonly limits: HttpLimits
  readonly metrics: Metrics
  readonly log: Logger
}

/** `handle` is the route's handler; the table types it, and what it gets here was parsed by the same table. */
export function createEndpoint(
  name: RouteName,
  spec: RouteSpec,
  handle: (call: never) => Answer | Promise<Answer>,
  { app, authenticator, limits, metrics, log }: EndpointDependencies,
): RequestHandler {
  const readBody = spec.ndjson ? textReader('NDJSON', NDJSON, spec.bodyLimit) : jsonReader(spec.bodyLimit)
  const labels = { transport: 'http', command: name }

  return async (request, response) => {
    const stop = metrics.commandSeconds.startTimer(labels)
    let outcome = 'ok'
    try {
      await sendAnswer(response, await answer(request, response))
    } catch (error) {
      const refused = refusedOf(error, log)
      outcome = refused.code
      metrics.refusals.inc({ transport: 'http', code: refused.code })
      // Half an answer must not pass for a whole one.
      if (response.headersSent) response.destroy()
      else sendProblem(response, refused)
    } finally {
      stop()
      metrics.commands.inc({ ...labels, outcome })
    }
  }

  async function answer(request: Request, response: Response): Promise<Answer> {
    const principal = spec.access === 'public' ? null : await authenticated(request)
    const raw = await readBody(request, response)
    const input = {
      params: shaped(spec.params, request.params),
      query: shapedQuery(request),
      body: shapedBody(raw),
      ifMatch: ifMatchOf(spec, request.headers),
    }
    const caller = principal && (spec.command ? callerOf(request, principal, raw) : { principal })
    if (principal) {
      checkRole(spec, principal)
      await admit(principal, request)
    }
    return handle({
      ...input,
      principal,
      caller,
      headers: request.headers,
      gone: goneSignal(response),
    } as never)
  }

  async function authenticated(request: Request): Promise<Principal> {
    const principal = await principalOf(request, authenticator, app.revocations.isRevoked)
    if (!app.ready()) throw new Refused('unavailable', 'The server is not ready. Try again in a moment.')
    return principal
  }

  function shapedQuery(request: Request): unknown {
    if (spec.query) return shaped(spec.query, request.query)
    const field = Object.keys(request.query)[0]
    if (field === undefined) return undefined
    throw new Refused('invalid-message', `"${field}": this takes no query parameters. Leave it out.`, {
      field,
    })
  }

  function shapedBody(raw: unknown): unknown {
    if (spec.body) {
      if (spec.ndjson && typeof raw === 'string') return linesOf(raw, spec.body)
      if (raw !== undefined || spec.bodyOptional) return shaped(spec.body, raw === undefined ? {} : raw)
      throw new Refused(
        'invalid-message',
        `The body is missing. Send ${spec.ndjson ? 'one JSON object a line' : 'a JSON object'}.`,
        { field: '' },
      )
    }
    if (raw === undefined) return undefined
    throw new Refused('invalid-message', 'This takes no body. Leave it out.', { field: '' })
  }

  /** The 30 presence commands a minute are a representative's own; supervisors and services are not counted. */
  async function admit(principal: Principal, request: Request): Promise<void> {
    const own = principal.sub === request.params['id'] && principal.roles.includes('representative')
    if (spec.presenceCommand && own) await limits.admitPresenceCommand(principal)
    if (spec.explains) await limits.admitExplanation(principal)
  }
}

/** `close` comes after a whole answer too, when nobody listens any more. */
function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}

function shaped(schema: z.ZodType | undefined, value: unknown): unknown {
  return schema ? shapedBy(schema, value) : undefined
}

function checkRole({ access }: RouteSpec, { roles }: Principal): void {
  if (typeof access === 'string' || roles.some(role => access.includes(role))) return
  throw new Refused(
    'forbidden',
    `This needs the role ${access.join(' or ')}. Ask for a token that grants it.`,
    {
      needed: { roles: access },
    },
  )
}

async function sendAnswer(response: Response, answer: Answer): Promise<void> {
  const { status, body, lines, headers, version, location } = answer
  if (headers) response.set(headers)
  if (lines !== undefined) return sendLines(response, lines)
  if (version !== undefined) response.set('ETag', etagOf(version))
  if (location !== undefined) response.location(location)
  response.status(status)
  if (status === ERRORS.unavailable.status) response.set('Retry-After', '2')
  if (body === undefined) response.end()
  else response.json(body)
}
