// What a handler gets and gives: everything is checked before, everything is written after.

import type { IncomingHttpHeaders } from 'node:http'
import type { ROUTES, RouteBody, RouteName, RouteParams, RouteQuery } from '@rollcall/shared'
import type { Caller, IfMatch } from '../app/app.ts'
import type { Principal } from '../app/principal.ts'
import type { BodyLine } from './ndjson.ts'

type IsPublic<Name extends RouteName> = (typeof ROUTES)[Name]['access'] extends 'public' ? true : false

type HasLines<Name extends RouteName> = (typeof ROUTES)[Name] extends {
  readonly ndjson: true
  readonly body: unknown
}
  ? true
  : false

/** One request to one route, its token verified, its shape and the caller's role checked. */
export interface Call<Name extends RouteName> {
  /** null on public routes. */
  readonly principal: IsPublic<Name> extends true ? null : Principal
  readonly caller: IsPublic<Name> extends true ? null : Caller
  readonly params: RouteParams<Name>
  readonly query: RouteQuery<Name>
  readonly body: HasLines<Name> extends true ? Iterable<BodyLine<RouteBody<Name>>> : RouteBody<Name>
  readonly ifMatch: IfMatch
  readonly headers: IncomingHttpHeaders
  /** Fires when the connection closes before it was answered. */
  readonly gone: AbortSignal
}

export interface Answer {
  readonly status: number
  /** Left out: no body. */
  readonly body?: unknown
  /** Instead of a body: sent a line each, as they come, with status 200. */
  readonly lines?: AsyncIterable<unknown>
  /** What the ETag carries: a version of configuration, a revision. */
  readonly version?: number
  /** Headers of its own. */
  readonly headers?: Readonly<Record<string, string>>
  /** Path of what was created. */
  readonly location?: string
}

export type Handler<Name extends RouteName> = (call: Call<Name>) => Answer | Promise<Answer>
export type Handlers<Name extends RouteName = RouteName> = { readonly [Each in Name]: Handler<Each> }

/** Without the fields that are undefined: for the application, a field left out is not a field without a value. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<Fields>
}
type Given<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> }
