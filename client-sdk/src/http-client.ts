// One method for each route of the server, typed by the route table, each request with its token and its key, tried
// again where that is harmless.
import type { FeedEntryView, RouteInput, RouteName, RouteOutput } from '@rollcall/shared'
import { onAbort } from './abort.ts'
import { type Clock, stopwatch, systemClock } from './clock.ts'
import { RollcallError } from './errors.ts'
import { createBearer } from './http-bearer.ts'
import { type HttpAnswer, type RequestParts, sendOnce } from './http-request.ts'
import { HTTP_ROUTES } from './http-routes.ts'
import { newKey } from './key.ts'
import { together } from './together.ts'

export type { HttpAnswer } from './http-request.ts'

/** Before a request is tried again, when the server named no time; up to twice that, by chance. */
const PAUSE_MS = 400

export interface HttpClientOptions {
  /** Where the server is, for example `https://presence.example.org`. */
  readonly url: string
  /** A token that lasts as long as the client. Without any, only what needs none can be asked. */
  readonly token?: string
  /** Asked before the first request, and again when the server no longer accepts what it gave. */
  readonly getToken?: () => string | Promise<string>
  /** How long a request may take altogether, further tries included, in ms, besides a `wait` of its own. Default 10,000. */
  readonly timeoutMs?: number
  /** For tests and unusual hosts. */
  readonly fetch?: (request: Request) => Promise<Response>
  readonly clock?: Clock
  readonly random?: () => number
}

export interface RequestOptions {
  /** Refused with `revision-mismatch` unless it is at this revision, or at the `etag` of an earlier answer. */
  readonly ifMatch?: number | string
  /** Names a change: the same key with the same body within 5 minutes changes nothing. Without: a new one for each call. */
  readonly idempotencyKey?: string
  /** Gives up: rejects with the reason of the signal. A change that was sent may have been applied. */
  readonly signal?: AbortSignal
}

/** What a call of a route takes: parameters of the path by name, `query`, `body`, and options of the request. */
export type HttpCall<Name extends RouteName> = RouteInput<Name> & RequestOptions
type Given<Name extends RouteName> =
  object extends HttpCall<Name> ? [call?: HttpCall<Name>] : [call: HttpCall<Name>]

type Routes = {
  /** Resolves with the body of the answer; null where there is none. */
  readonly [Name in RouteName]: (...call: Given<Name>) => Promise<RouteOutput<Name>>
}

type Page<Item = unknown> = { readonly items: readonly Item[]; readonly next: string | null }
type ListName = {
  [Name in RouteName]: RouteOutput<Name> extends Page ? Name : never
}[RouteName]
type ItemOf<Name extends ListName> = RouteOutput<Name> extends Page<infer Item> ? Item : never

/** Every call rejects with a `RollcallError`, or with what `getToken` or the signal gave up with. */
export interface HttpClient extends Routes {
  /** As the method of that name; resolves with the status and the ETag too. */
  request<Name extends RouteName>(name: Name, ...call: Given<Name>): Promise<HttpAnswer<RouteOutput<Name>>>
  /** All items of a list, page after page, each page asked for when its first item is wanted. */
  items<Name extends ListName>(name: Name, ...call: Given<Name>): AsyncIterable<ItemOf<Name>>
  /**
   * The change feed without end, each entry as it comes; `after`: the cursor of the last one that was dealt with.
   * Rejects with the reason of its signal when that aborts; as any call does, after a server that is away for longer than a
   * request may take, too (then go on with that cursor); and with `cursor-gone` when what follows is kept no more.
   */
  changes(call?: { readonly after?: string; readonly signal?: AbortSignal }): AsyncIterable<FeedEntryView>
}

/** Seconds that the server holds an answer back when nothing happens. */
const FEED_WAIT = 25

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { timeoutMs = 10_000, clock = systemClock, random = Math.random } = options
  const settings = { url: options.url.replace(/\/+$/, ''), fetch: options.fetch ?? fetch, clock }
  const bearer = createBearer(options)

  /** Who gives the token may never answer: that must hold up nobody longer than they would wait for the server. */
  const tokenWithin = (ms: number, signal: AbortSignal | undefined): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      const giveUp = (error: unknown): void => {
        bearer.giveUp()
        done(() => reject(error))
      }
      const undo = together(
        clock.after(ms, () => giveUp(new RollcallError('timed-out', 'getToken gave no token in time.'))),
        onAbort(signal, giveUp),
      )
      const done = (how: () => void): void => {
        undo()
        how()
      }
      bearer.token().then(
        token => done(() => resolve(token)),
        error => done(() => reject(error)),
      )
    })

  const request = async (name: RouteName, call: Loose = {}): Promise<HttpAnswer<unknown>> => {
    const { ifMatch, idempotencyKey = newKey(), signal, query, body, ...params } = call
    const [method = '', path = ''] = HTTP_ROUTES[name].split(' ')
    const age = stopwatch(clock)
    const longest = timeoutMs + Number(query?.['wait'] ?? 0) * 1000
    const parts: RequestParts = { method, path, params, query, body, ifMatch, idempotencyKey, signal }
    let mayRenew = true
    for (;;) {
      const token = await tokenWithin(longest - age(), signal)
      const tried = await sendOnce({ ...parts, token, timeoutMs: longest - age() }, settings)
      if (!(tried instanceof RollcallError)) return tried
      const { code, details, retry } = tried
      const wait = Number(details['retryAfterMs'] ?? PAUSE_MS * (1 + random()))
      if (code === 'unauthenticated' && mayRenew && bearer.renew(token)) mayRenew = false
      // An answer that was lost may be asked for again: reading is harmless, and a change has its key.
      else if ((retry || code === 'timed-out') && age() + wait < longest) await pause(clock, wait, signal)
      else throw tried
    }
  }

  const names = Object.keys(HTTP_ROUTES) as RouteName[]
  const methods = names.map(name => [name, async (call?: Loose) => (await request(name, call)).data] as const)
  const client = {
    ...Object.fromEntries(methods),
    request,
    async *items(name: RouteName, call: Loose = {}) {
      let cursor: unknown
      while (cursor !== null) {
        const { data } = await request(name, { ...call, query: { ...call.query, cursor } })
        const page = data as Page
        yield* page.items
        cursor = page.next
      }
    },
    async *changes({ after, ...rest }: { readonly after?: string; readonly signal?: AbortSignal } = {}) {
      for (let from = after; ; ) {
        const query = { after: from, limit: 500, wait: FEED_WAIT }
        const { data, cursor } = await request('listChanges', { ...rest, query })
        const entries = data as readonly FeedEntryView[]
        yield* entries
        // A proxy may have dropped the header; without it only what is left out is looked at again.
        from = cursor ?? entries.at(-1)?.cursor ?? from
      }
    },
  }
  // One loose function behind all routes; what each takes and gives is what the route table says.
  return client as unknown as HttpClient
}

/** A call of any route: which one takes what is said, and checked, by the types of the methods. */
type Loose = RequestOptions & {
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const undo = together(
      clock.after(ms, () => {
        undo()
        resolve()
      }),
      onAbort(signal, reason => {
        undo()
        reject(reason)
      }),
    )
  })
}
