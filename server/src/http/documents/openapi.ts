// OpenAPI 3.1 from the route table.

import { ERRORS, type ErrorCode, errorsOf, problem, ROUTES, type RouteSpec } from '@rollcall/shared'
import { NDJSON } from '../ndjson.ts'
import { annotated } from './field-notes.ts'
import { type Components, createComponents, type JsonSchema } from './json-schema.ts'

export interface OpenApi {
  readonly openapi: '3.1.1'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>
    readonly schemas: Readonly<Record<string, JsonSchema>>
  }
  readonly 'x-errors': readonly {
    readonly code: ErrorCode
    readonly status: number
    readonly retry: boolean
    readonly meaning: string
  }[]
}

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly security?: readonly []
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
  }
  readonly responses: Readonly<Record<string, OperationResponse>>
  /** Roles of which the token must have one; null: any valid token, or none. */
  readonly 'x-roles': readonly string[] | null
  readonly 'x-errors': readonly ErrorCode[]
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
  readonly style?: 'form'
  readonly explode?: false
}

export interface OperationResponse {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>
}

const DESCRIPTION = `Presence of customer service representatives: read it, change it, report the work that decides it, configure the rules.

Requests are strict: a field or query parameter that is not listed is refused. Answers may grow: ignore fields you do not know. Times are ISO 8601 in UTC with milliseconds. Checks come in this order: token, shape, role, existence in the tenant, reach, state.

Every write may carry an \`Idempotency-Key\`: the same key of the same caller within five minutes changes nothing and answers as the first did. An \`ETag\` is a version, or the revision of a presence; \`If-Match\` makes a write conditional on it.

Errors are \`application/problem+json\` with a stable \`code\`; \`retry\` is true where the same request may simply be sent again.`

/** `development`: with the routes that exist in development mode only. */
export function createOpenApi(version: string, development: boolean): OpenApi {
  const components = createComponents()
  const routes = (Object.entries(ROUTES) as [string, RouteSpec][]).filter(
    ([, spec]) => development || !spec.development,
  )
  const paths: Record<string, Record<string, Operation>> = {}
  for (const [name, spec] of routes) {
    paths[spec.path] = { ...paths[spec.path], [spec.method]: operationOf(name, spec, components) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Rollcall', version, description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(([, spec]) => spec.group))].map(name => ({ name })),
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: sorted(annotated(components.schemas)),
    },
    'x-errors': (Object.keys(ERRORS) as ErrorCode[]).map(code => ({ code, ...ERRORS[code] })),
  }
}

function operationOf(name: string, spec: RouteSpec, components: Components): Operation {
  const body = spec.body && {
    requestBody: {
      required: spec.bodyOptional !== true,
      content: { [typeOf(spec)]: { schema: components.input(spec.body) } },
    },
  }
  return {
    operationId: name,
    tags: [spec.group],
    summary: spec.summary,
    ...(spec.description ? { description: spec.description } : {}),
    ...(spec.access === 'public' ? { security: [] } : {}),
    parameters: [
      ...fieldsOf('path', spec, components),
      ...fieldsOf('query', spec, components),
      ...headersOf(spec),
    ],
    ...body,
    responses: { ...answersOf(spec, components), ...problemsOf(spec, components) },
    'x-roles': typeof spec.access === 'string' ? null : spec.access,
    'x-errors': errorsOf(spec),
  }
}

function fieldsOf(place: 'path' | 'query', spec: RouteSpec, components: Components): Parameter[] {
  const shape = place === 'path' ? spec.params : spec.query
  if (!shape) return []
  const { properties = {}, required = [] } = components.input(shape)
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description ? { description } : {}),
    schema,
    ...(schema.type === 'array' ? ({ style: 'form', explode: false } as const) : {}),
  }))
}

function headersOf({ command, conditional }: RouteSpec): Parameter[] {
  const header = (name: string, description: string, schema: JsonSchema): Parameter => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', ...schema },
  })
  const headers: Parameter[] = []
  if (conditional === 'write') {
    headers.push(
      header('If-Match', 'The ETag that must still stand, or `*`.', { pattern: '^("\\d{1,15}"|\\*)$' }),
    )
  }
  if (conditional === 'read') headers.push(header('If-None-Match', 'An ETag: 304 if it still stands.', {}))
  if (command) {
    headers.push(
      header('Idempotency-Key', 'Names this command for five minutes; repeated, it changes nothing.', {
        minLength: 1,
        maxLength: 128,
      }),
    )
  }
  return headers
}

function answersOf(spec: RouteSpec, components: Components): Record<string, OperationResponse> {
  const header = (description: string) => ({ description, schema: { type: 'string' } })
  const headers = {
    ...(spec.conditional ? { ETag: header('The version, in quotes.') } : {}),
    ...(spec.feedPosition ? { 'Rollcall-Cursor': header('A position in the change feed, see there.') } : {}),
  }
  const own = Object.keys(headers).length > 0 && { headers }
  const answers = Object.entries(spec.responses).map(([status, schema]): [string, OperationResponse] => [
    status,
    {
      description: MEANINGS[status] ?? 'The answer.',
      ...(schema ? own : {}),
      ...(schema ? { content: { [typeOf(spec)]: { schema: components.output(schema) } } } : {}),
    },
  ])
  const unchanged =
    spec.conditional === 'read' ? { 304: { description: 'It still is what the ETag names.' } } : {}
  return { ...Object.fromEntries(answers), ...unchanged }
}

const typeOf = ({ ndjson }: RouteSpec) => (ndjson ? NDJSON : 'application/json')

/** What a body or an answer holds; of NDJSON, each line. */
export function shapeIn(content: OperationResponse['content']): JsonSchema | undefined {
  return (content?.['application/json'] ?? content?.[NDJSON])?.schema
}

const MEANINGS: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Created.',
  204: 'Done; there is nothing to show.',
  503: 'Not now; the reasons say why.',
}

/** One response per status; several codes share one. */
function problemsOf(spec: RouteSpec, components: Components): Record<string, OperationResponse> {
  const schema = components.output(problem)
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of errorsOf(spec)) {
    byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map(code => `\`${code}\`: ${ERRORS[code].meaning}`).join(' '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  )
}

const sorted = <Value>(record: Readonly<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(record).sort(([left], [right]) => left.localeCompare(right)))
