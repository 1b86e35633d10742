// What a caller gives to each route and gets from it, inferred from the table: what a typed HTTP client is made of.
import type { z } from 'zod'
import type { RouteSpec } from './route.ts'

/** How a request begins: `GET /v1/presences`. */
export type LineOf<Spec extends RouteSpec> = `${Uppercase<Spec['method']>} ${Spec['path']}`

/** Parameters of the path, the query and the body, as far as the route takes them. */
export type InputOf<Spec extends RouteSpec> = (Spec extends {
  readonly params: infer Schema extends z.ZodObject
}
  ? z.input<Schema>
  : unknown) &
  (Spec extends { readonly query: infer Schema extends z.ZodObject }
    ? Optional<'query', Query<Schema>>
    : unknown) &
  (Spec extends { readonly body: infer Schema extends z.ZodType } ? Body<Spec, z.input<Schema>> : unknown)

/** The body of a success; null where it has none. Of NDJSON, all its lines. */
export type OutputOf<Spec extends RouteSpec> = Spec extends { readonly ndjson: true }
  ? readonly Success<Spec['responses']>[]
  : Success<Spec['responses']>

type Body<Spec extends RouteSpec, Given> = Spec extends { readonly ndjson: true }
  ? { readonly body: readonly Given[] }
  : Spec extends { readonly bodyOptional: true }
    ? Optional<'body', Given>
    : { readonly body: Given }

/** A query is text on the wire; a caller gives what that text stands for. */
type Query<Schema extends z.ZodObject> = Asked<z.input<Schema>, z.output<Schema>>
type Asked<Text, Value> = {
  readonly [Key in keyof Value as IsOptional<Text, Key> extends true ? never : Key]: Value[Key]
} & {
  readonly [Key in keyof Value as IsOptional<Text, Key> extends true ? Key : never]?: Value[Key]
}
type IsOptional<Shape, Key> = Key extends keyof Shape ? (undefined extends Shape[Key] ? true : false) : true

type Optional<Key extends string, Value> = object extends Value
  ? { readonly [Each in Key]?: Value }
  : { readonly [Each in Key]: Value }

type Success<Responses> = {
  [Status in keyof Responses & (200 | 201 | 204)]: Responses[Status] extends z.ZodType
    ? z.output<Responses[Status]>
    : null
}[keyof Responses & (200 | 201 | 204)]
