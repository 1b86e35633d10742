import { createHash } from 'node:crypto'
import { COMMANDS, ERRORS, MESSAGES, PROTOCOL_VERSION, ROUTES, type RouteSpec } from '@rollcall/shared'
import { z } from 'zod'

/** Version of the wire, and the fingerprint of everything that goes over it. */
const RECORDED = { version: 1, hash: 'c7177b5b43d1792c' }

const json = (schema: z.ZodType | null | undefined, io: 'input' | 'output') =>
  schema ? z.toJSONSchema(schema, { io, unrepresentable: 'any' }) : null

function wire(): object {
  return {
    commands: Object.entries(COMMANDS).map(([name, { payload, data, roles }]) => [
      name,
      roles,
      json(payload, 'input'),
      json(data, 'output'),
    ]),
    messages: Object.entries(MESSAGES).map(([name, { payload }]) => [name, json(payload, 'output')]),
    routes: (Object.values(ROUTES) as RouteSpec[]).map(spec => ({
      route: `${spec.method} ${spec.path}`,
      access: spec.access,
      input: [spec.params, spec.query, spec.body].map(schema => json(schema, 'input')),
      output: Object.entries(spec.responses).map(([status, schema]) => [status, json(schema, 'output')]),
    })),
    errors: Object.entries(ERRORS).map(([code, { status, retry }]) => [code, status, retry]),
  }
}

/** Without the texts for people, which may be improved at any time, and in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(canonical).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .filter(([key, inner]) => !(key === 'description' && typeof inner === 'string'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner)])
}

describe('the wire', () => {
  it('[protocol] does not change unnoticed', () => {
    const hash = createHash('sha256')
      .update(JSON.stringify(canonical(wire())))
      .digest('hex')
      .slice(0, 16)
    const now = { version: PROTOCOL_VERSION, hash }
    if (JSON.stringify(now) === JSON.stringify(RECORDED)) return
    throw new Error(
      `The wire is ${JSON.stringify(now)}, recorded is ${JSON.stringify(RECORDED)}. If something was renamed or removed, or a request asks for more than before, raise PROTOCOL_VERSION in shared/src/protocol/version.ts. If something optional was added, keep the version. Then record the new values here, in the same commit.`,
    )
  })

  it('[protocol] the fingerprint sees a renamed field, an added one and a narrowed bound', () => {
    const of = (schema: z.ZodType) => JSON.stringify(canonical(json(schema, 'input')))
    const first = of(z.strictObject({ id: z.string().max(5) }))
    expect(of(z.strictObject({ name: z.string().max(5) }))).not.toBe(first)
    expect(of(z.strictObject({ id: z.string().max(5), note: z.string().optional() }))).not.toBe(first)
    expect(of(z.strictObject({ id: z.string().max(4) }))).not.toBe(first)
    expect(of(z.strictObject({ id: z.string().max(5).meta({ description: 'Says more.' }) }))).toBe(first)
  })
})
