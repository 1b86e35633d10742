import { ROUTES, type RouteName, type RouteSpec } from '@rollcall/shared'
import type { OpenApi } from '../../server/src/http/documents/openapi.ts'
import { httpBench, TOKENS } from '../support/http-bench.ts'
import { SAMPLES, type Sample } from '../support/http-samples.ts'
import { answerChecker } from '../support/http-schemas.ts'
import { createRealApp } from '../support/real-http-app.ts'

const dev = {
  refuse: () => null,
  mint: () => 'a.token',
  people: () => [{ sub: 'ada', name: 'Ada', roles: ['representative' as const], queues: ['billing'] }],
}
const info = { version: '1.2.3', mode: 'development', demo: false, store: 'embedded', oidc: null } as const

describe.each(['fake', 'real'] as const)(
  'every operation of the served document, over the %s application',
  kind => {
    let send: ReturnType<typeof httpBench>['send']
    let document: OpenApi
    let check: ReturnType<typeof answerChecker>
    let stop = async () => {}

    beforeAll(async () => {
      const real = kind === 'real' ? await createRealApp() : null
      send = httpBench({ dev, info, ...(real && { app: real.app }) }).send
      stop = real?.stop ?? stop
      document = (await send('get', '/openapi.json', null)).body
      check = answerChecker(document)
    })
    afterAll(() => stop())

    it.each(SAMPLES)('[HTTP] $route as $as answers $status as documented ($path)', async sample => {
      const { method, path }: RouteSpec = ROUTES[sample.route]
      const token = sample.as && TOKENS[sample.as]
      const response = await send(method, sample.path, token, sample.body, sample.headers)
      expect({ status: response.status, problem: response.status < 400 ? null : response.body }).toEqual({
        status: sample.status,
        problem: null,
      })
      expect(check(path, method, response)).toEqual([])
    })

    it('[HTTP] is sampled, in each success that is documented', () => {
      const sampled = new Set(SAMPLES.map(({ route, status }) => `${route} ${status}`))
      const documented = Object.values(document.paths).flatMap(methods =>
        Object.values(methods).flatMap(({ operationId, responses }) =>
          Object.keys(responses)
            .filter(status => Number(status) < 300)
            .map(status => `${operationId} ${status}`),
        ),
      )
      expect(documented.filter(each => !sampled.has(each))).toEqual([])
    })
  },
)

interface Case {
  readonly name: string
  readonly method: RouteSpec['method']
  readonly path: string
  readonly spec: RouteSpec
}

const cases = (keep: (spec: RouteSpec) => boolean): Case[] =>
  (Object.entries(ROUTES) as [RouteName, RouteSpec][])
    .filter(([, spec]) => !spec.development && keep(spec))
    .map(([name, spec]) => ({ name, method: spec.method, path: spec.path.replace('{id}', 'nobody'), spec }))

/** Of the sample, but for any path. */
function bodyFor({ method }: RouteSpec, sample: Sample | undefined): unknown {
  if (typeof sample?.body !== 'object' || sample.body === null) return sample?.body
  return Object.fromEntries(Object.entries(sample.body).filter(([key]) => key !== 'id' || method === 'post'))
}

describe('the order of the checks', () => {
  const { send } = httpBench()

  it.each(cases(spec => spec.access !== 'public'))(
    '[HTTP] $name asks for a token before it looks at the message',
    async ({ method, path }) => {
      const bare = await send(
        method,
        `${path}?nonsense=1`,
        null,
        method === 'get' ? undefined : { nonsense: 1 },
      )
      expect([bare.status, bare.body.code]).toEqual([401, 'unauthenticated'])
      expect(bare.headers['www-authenticate']).toMatch(/^Bearer/)
      const forged = await send(method, path, 'not.a.token')
      expect(forged.body.code).toBe('unauthenticated')
    },
  )

  it.each(cases(spec => Array.isArray(spec.access)))(
    '[HTTP] $name looks at the shape before the role, and at the role before existence',
    async ({ method, path, spec }) => {
      const others = (Object.keys(TOKENS) as (keyof typeof TOKENS)[]).filter(
        role => !spec.access.includes(role),
      )
      expect(others.length).toBeGreaterThan(0)
      for (const role of others) {
        const strange = await send(method, `${path}?nonsense=1`, TOKENS[role])
        expect([role, strange.body.code]).toEqual([role, 'invalid-message'])
        const sample = SAMPLES.find(({ route }) => ROUTES[route] === spec)
        const wrongRole = await send(method, path, TOKENS[role], bodyFor(spec, sample), sample?.headers)
        expect([role, wrongRole.status, wrongRole.body.code]).toEqual([role, 403, 'forbidden'])
        expect(wrongRole.body.details.needed.roles).toEqual(spec.access)
      }
    },
  )

  it.each(cases(spec => spec.params !== undefined && (spec.method === 'get' || spec.method === 'delete')))(
    '[HTTP] $name of an id that nothing has names what is unknown',
    async ({ path, method, spec }) => {
      const role = Array.isArray(spec.access)
        ? spec.access.find(each => each !== 'representative')
        : 'service'
      const answer = await send(method, path, TOKENS[role as keyof typeof TOKENS])
      const code = path.includes('/representatives/')
        ? 'representative-unknown'
        : path.includes('/work-items/')
          ? 'work-item-unknown'
          : 'not-found'
      expect([answer.status, answer.body.code]).toEqual([404, code])
    },
  )
})
