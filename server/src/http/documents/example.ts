// One plausible value for a schema, so that a reader sees what a message looks like.

import type { JsonSchema } from './json-schema.ts'

/** By the name of a field: what a schema of a string cannot say. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  representativeId: 'ada',
  sub: 'ada',
  id: 'billing',
  name: 'Ada',
  text: 'Busy',
  statusId: 'busy',
  base: 'busy',
  note: null,
  description: null,
  queues: ['billing'],
  queueId: 'billing',
  queue: 'billing',
  workstreamId: 'chat',
  workstream: 'chat',
  workItemId: 'w1',
  rule: 'CA2.4',
  event: 'work-accepted',
  origin: 'capacity',
  timeZone: 'UTC',
  endOfDay: '00:00',
  tenant: 'default',
  profiles: { chat: 2 },
  attributes: { title: 'Invoice 17' },
  inputs: {},
  connectionId: 'c1',
  cursor: 'eyJ…',
  next: null,
  token: 'eyJ…',
  commandId: '0b6f1d4e',
  expectedRevision: 17,
  revision: 17,
  forMs: 900_000,
}
const DEPTH = 6

export function exampleOf(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  name = '',
  depth = 0,
): unknown {
  const named = BY_NAME[name]
  const json = schema.$ref ? (schemas[nameOf(schema.$ref)] ?? {}) : schema
  if (named !== undefined && fits(named, json)) return named
  if ('default' in json) return json.default
  if ('const' in json) return json.const
  if (json.enum) return json.enum[0]
  const choice = (json.anyOf ?? json.oneOf)?.find(each => each.type !== 'null')
  if (choice) return exampleOf(choice, schemas, name, depth + 1)
  if (json.type === 'object') return exampleObject(json, schemas, depth)
  if (json.type === 'array') {
    if (depth > DEPTH || typeof json.items !== 'object') return []
    return [exampleOf(json.items, schemas, name, depth + 1)]
  }
  if (json.type === 'boolean') return true
  if (json.type === 'integer' || json.type === 'number') return Math.max(json.minimum ?? 1, 1)
  if (json.type === 'null') return null
  if (json.format === 'date-time' || nameOf(schema.$ref ?? '') === 'Instant')
    return '2026-11-23T09:00:00.000Z'
  return name || 'text'
}

function exampleObject(
  json: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  depth: number,
): unknown {
  if (depth > DEPTH) return {}
  const fields = Object.entries(json.properties ?? {}).filter(
    ([field]) => depth === 0 || (json.required?.includes(field) ?? false),
  )
  if (fields.length > 0 || typeof json.additionalProperties !== 'object') {
    return Object.fromEntries(
      fields.map(([field, inner]) => [field, exampleOf(inner, schemas, field, depth + 1)]),
    )
  }
  return { chat: exampleOf(json.additionalProperties, schemas, '', depth + 1) }
}

export const nameOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1)

function fits(value: unknown, json: JsonSchema): boolean {
  if (value === null) return json.type === 'null' || (json.anyOf ?? []).some(each => each.type === 'null')
  const type = Array.isArray(value) ? 'array' : typeof value === 'number' ? 'integer' : typeof value
  if (json.enum) return json.enum.includes(value)
  if (json.anyOf) return json.anyOf.some(each => fits(value, each))
  // Only a map takes any keys; a described object is filled from its own fields.
  if (typeof value === 'object' && !Array.isArray(value)) {
    const { additionalProperties: each } = json
    const takes = (inner: unknown) => typeof each !== 'object' || fits(inner, each)
    return json.type === 'object' && json.properties === undefined && Object.values(value).every(takes)
  }
  return json.type === undefined ? true : json.type === type
}
