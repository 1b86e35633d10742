// From the zod schemas of the wire to JSON Schema, with the named ones as components.

import { INPUT_SCHEMAS, OUTPUT_SCHEMAS } from '@rollcall/shared'
import { z } from 'zod'

/** JSON Schema 2020-12, as far as this project's shapes need it. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  $defs?: Record<string, JsonSchema>
  $schema?: string
}

export interface Components {
  /** What a client sends. Fields with a default may be left out; unknown fields are refused. */
  input(schema: z.ZodType): JsonSchema
  /** What the server answers. Unknown fields may come with time, so that none is ruled out. */
  output(schema: z.ZodType): JsonSchema
  /** Every named schema that was met so far. */
  readonly schemas: Readonly<Record<string, JsonSchema>>
}

const INSTANT = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$'

export function createComponents(): Components {
  const schemas: Record<string, JsonSchema> = {}
  const convert = (io: 'input' | 'output') => {
    const names = registryOf(io === 'input' ? INPUT_SCHEMAS : OUTPUT_SCHEMAS)
    return (schema: z.ZodType): JsonSchema => {
      const json = z.toJSONSchema(schema, {
        io,
        metadata: names,
        unrepresentable: 'any',
        override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema as JsonSchema, io),
      }) as JsonSchema
      const { $schema: _, $defs = {}, ...rest } = relinked(json) as JsonSchema
      for (const [name, definition] of Object.entries($defs)) schemas[name] ??= definition
      // A schema that is itself named comes as its own definition.
      const own = names.get(schema)?.id
      if (own === undefined || rest.$ref !== undefined) return rest
      schemas[own] ??= rest
      return { $ref: `#/components/schemas/${own}` }
    }
  }
  return { input: convert('input'), output: convert('output'), schemas }
}

function registryOf(schemas: Readonly<Record<string, z.ZodType>>) {
  const names = z.registry<{ id: string }>()
  for (const [name, schema] of Object.entries(schemas)) names.add(schema, { id: name })
  return names
}

function tidy(schema: z.core.$ZodType, json: JsonSchema, io: 'input' | 'output'): void {
  const description = z.globalRegistry.get(schema)?.description
  if (description !== undefined) json.description = description
  // Numbers that JavaScript can hold exactly: true of all of them, and said by none.
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum
  if (json.format === 'date-time') json.pattern = INSTANT
  if (io === 'output' && json.additionalProperties === false) delete json.additionalProperties
}

/** References point into the document's components, not beside the schema. */
function relinked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relinked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : relinked(inner),
    ]),
  )
}
