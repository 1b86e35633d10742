// What a route says about itself. Router, checks, OpenAPI document and tests are all driven by it.
import { z } from 'zod'
import type { Role } from '../../vocabulary.ts'
import { ERRORS, type ErrorCode } from '../errors.ts'
import { cursor, id } from '../primitives.ts'

export interface RouteSpec {
  readonly method: 'get' | 'put' | 'post' | 'patch' | 'delete'
  /** Whole path, parameters in braces. */
  readonly path: `/${string}`
  readonly group: string
  readonly summary: string
  readonly description?: string
  /** `public`: no token; `token`: any valid one; else one of these roles. */
  readonly access: 'public' | 'token' | readonly Role[]
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** True: an empty request counts as `{}`. */
  readonly bodyOptional?: boolean
  /** True: body and answer are NDJSON, and the schemas are those of one line. Blank lines of the body are skipped. */
  readonly ndjson?: boolean
  /** Bytes of a body, where the 16 KiB of all others are too few. */
  readonly bodyLimit?: number
  /** `read`: answers an ETag and honours If-None-Match; `write`: honours If-Match too. */
  readonly conditional?: 'read' | 'write'
  /** True: the header `Rollcall-Cursor` of the answer is a position in the change feed. */
  readonly feedPosition?: boolean
  /** True: honours Idempotency-Key. */
  readonly command?: boolean
  /** True: counts as one of the 30 presence commands a minute of a representative. */
  readonly presenceCommand?: boolean
  /** True: counts as one of the 60 explanations a minute of a person. */
  readonly explains?: boolean
  /** Exists in development mode only. */
  readonly development?: boolean
  /** By status; null: no body. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>
  /** Codes of its own, besides those that every route of its kind can answer (`errorsOf`). */
  readonly errors: readonly ErrorCode[]
}

/** A whole number in a query string. */
export const queryInt = (minimum: number, maximum: number) =>
  z.preprocess(
    text => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
    z
      .int('must be a whole number')
      .min(minimum, `must be at least ${minimum}`)
      .max(maximum, `must be at most ${maximum}`),
  )

/** Yes or no in a query string. */
export const queryFlag = z.preprocess(
  text => (text === 'true' ? true : text === 'false' ? false : text),
  z.boolean('must be true or false'),
)

/** A list of ids in a query string, separated by commas. */
export const queryIds = (maximum: number) =>
  z.preprocess(
    text => (typeof text === 'string' ? text.split(',') : text),
    z.array(id).min(1).max(maximum).meta({ description: 'Ids, separated by commas.' }),
  )

export const pageShape = {
  limit: queryInt(1, 500).default(100).meta({ description: 'Items of a page.' }),
  cursor: cursor.optional().meta({ description: '`next` of the page before.' }),
}
export const pageQuery = z.strictObject(pageShape)

/** Every list answers this; `next` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** The error object where it is one outcome of many; as in the reply of a command. */
export const outcomeError = z.object({
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  retry: z.boolean(),
  details: z.record(z.string(), z.unknown()).optional(),
})

export const idParams = z.strictObject({ id })

/** Every code that a route can answer: its own and those of its kind. Order of the checks: token, shape, role, state. */
export function errorsOf(spec: RouteSpec): readonly ErrorCode[] {
  const codes = new Set<ErrorCode>()
  if (spec.access !== 'public') codes.add('unauthenticated')
  // Whatever takes no input refuses some.
  codes.add('invalid-message')
  if (spec.body) codes.add('payload-too-large')
  if (Array.isArray(spec.access)) codes.add('forbidden')
  for (const code of spec.errors) codes.add(code)
  if (spec.conditional === 'write') codes.add('revision-mismatch')
  if (spec.command) codes.add('key-reused')
  if (spec.presenceCommand || spec.explains) codes.add('too-many-requests')
  if (spec.access !== 'public') codes.add('unavailable')
  codes.add('internal')
  return [...codes]
}
