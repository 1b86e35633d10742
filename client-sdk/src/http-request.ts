// One request, from its parts to its answer or to the error that it means.
import type { ErrorCode, Problem } from '@rollcall/shared'
import { onAbort } from './abort.ts'
import type { Clock } from './clock.ts'
import { RollcallError } from './errors.ts'
import { together } from './together.ts'

export interface HttpAnswer<Data> {
  readonly status: number
  /** What `ifMatch` takes later; null where the route has none. */
  readonly etag: string | null
  /** Where to go on in the change feed: of itself, and of lists of presences and work items; else null. */
  readonly cursor: string | null
  readonly data: Data
}

export interface RequestParts {
  readonly method: string
  /** With its parameters in braces. */
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>> | undefined
  /** An array is sent as NDJSON, an item a line. */
  readonly body: unknown
  readonly ifMatch: number | string | undefined
  readonly idempotencyKey: string
  readonly signal: AbortSignal | undefined
}

export interface Try extends RequestParts {
  readonly token: string | undefined
  readonly timeoutMs: number
}

export interface RequestSettings {
  /** Without a slash at its end. */
  readonly url: string
  readonly fetch: (request: Request) => Promise<Response>
  readonly clock: Clock
}

const NDJSON = 'application/x-ndjson'
/** Of an answer that is not the server's own, but of a proxy before it. */
const FOREIGN: Readonly<Record<number, ErrorCode>> = {
  429: 'too-many-requests',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

/** Resolves with the error, if it is one; rejects when the caller's signal gives up, and for what is no request. */
export async function sendOnce(
  request: Try,
  { url, fetch, clock }: RequestSettings,
): Promise<HttpAnswer<unknown> | RollcallError> {
  const { method, timeoutMs, signal } = request
  const controller = new AbortController()
  // Made apart, so that a wrong URL is not taken for a network that fails.
  const made = new Request(`${url}${target(request)}`, {
    method,
    headers: headersOf(request),
    body: bodyOf(request),
    signal: controller.signal,
  })
  const undo = together(
    clock.after(timeoutMs, () => controller.abort(new Error(`nothing came for ${Math.round(timeoutMs)} ms`))),
    onAbort(signal, reason => controller.abort(reason)),
  )
  try {
    return await read(await fetch(made))
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    return lost(request, error)
  } finally {
    undo()
  }
}

function target({ path, params, query = {} }: RequestParts): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(named(params, name)))
  return given.length > 0 ? `${filled}?${text}` : filled
}

/** `undefined` would be an id like any other. */
function named(params: RequestParts['params'], name: string): string {
  const value = params[name]
  if (typeof value === 'string' && value !== '') return value
  throw new RollcallError(
    'invalid-message',
    `Give the call its "${name}", a text: it is part of the path.`,
    false,
    {
      field: name,
    },
  )
}

function headersOf({ method, token, body, ifMatch, idempotencyKey }: Try): Record<string, string> {
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': Array.isArray(body) ? NDJSON : 'application/json' }),
    ...(ifMatch !== undefined && { 'if-match': typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch }),
    ...(method !== 'GET' && { 'idempotency-key': idempotencyKey }),
  }
}

function bodyOf({ body }: RequestParts): string | null {
  if (body === undefined) return null
  return Array.isArray(body) ? body.map(line => JSON.stringify(line)).join('\n') : JSON.stringify(body)
}

async function read(response: Response): Promise<HttpAnswer<unknown> | RollcallError> {
  const { status, headers } = response
  const type = headers.get('content-type') ?? ''
  const text = await response.text()
  try {
    if (!response.ok) return refused(status, JSON.parse(text))
    const data = type.includes(NDJSON) ? text.split('\n').filter(Boolean).map(parse) : text && parse(text)
    const cursor = headers.get('rollcall-cursor')
    return { status, etag: headers.get('etag'), cursor, data: data === '' ? null : data }
  } catch {
    return foreign(status, {})
  }
}

function parse(text: string): unknown {
  return JSON.parse(text)
}

function refused(status: number, body: Partial<Problem>): RollcallError {
  const { code, detail = '', retry, details } = body
  return code === undefined ? foreign(status, body) : new RollcallError(code, detail, retry, details)
}

function foreign(status: number, details: object): RollcallError {
  const code = FOREIGN[status] ?? 'internal'
  const message = `The answer (HTTP ${status}) is not one of a Rollcall server that is ready. Look at what is between.`
  return new RollcallError(code, message, code !== 'internal', { ...details, status })
}

function lost({ method, path }: Try, error: unknown): RollcallError {
  const advice = method === 'GET' ? '' : ' It may have been applied: look before you repeat it.'
  return new RollcallError('timed-out', `${method} ${path} was not answered: ${reasonOf(error)}.${advice}`)
}

/** `fetch` says only that it failed; its cause says how. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
