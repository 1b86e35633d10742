// The commands of /docs, sent as they stand there, to the application as it is.

import { ROUTES, type Role, type RouteName, type RouteSpec } from '@rollcall/shared'
import { httpBench, type Method, TOKENS } from '../support/http-bench.ts'
import { createRealApp } from '../support/real-http-app.ts'

/** What depends on what is there already; the message itself was understood. */
const OF_STATE = [
  'not-found',
  'representative-unknown',
  'work-item-unknown',
  'work-item-closed',
  'transition-not-allowed',
  'offer-gone',
  'not-signed-in',
  'in-use',
]
const NAMES = Object.keys(ROUTES) as RouteName[]

describe('the examples of /docs', () => {
  let real: Awaited<ReturnType<typeof createRealApp>>
  let docs: string
  let send: ReturnType<typeof httpBench>['send']

  beforeAll(async () => {
    real = await createRealApp()
    const dev = { refuse: () => null, mint: () => 'a.token', people: () => [] }
    const info = {
      version: '1.2.3',
      mode: 'development',
      demo: false,
      store: 'embedded',
      oidc: null,
    } as const
    send = httpBench({ app: real.app, dev, info }).send
    docs = (await send('get', '/docs', null, undefined, { Host: 'presence.example.com:8443' })).text
  })
  afterAll(() => real.stop())

  it.each(NAMES)('[HTTP] %s is a message that the server understands', async name => {
    const { method, path, type, body } = commandOf(docs, name)
    const { access }: RouteSpec = ROUTES[name]
    const role: Role | null = typeof access === 'string' ? 'representative' : (access[0] ?? null)
    const token = access === 'public' || role === null ? null : TOKENS[role]
    const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type }
    const answer = await send(method, path, token, body, headers)
    const code: unknown = answer.status < 400 ? 'done' : answer.body.code
    expect(['done', ...OF_STATE]).toContain(code)
  })

  it('[HTTP] name the server as the reader reached it, and say where the token comes from', () => {
    expect(docs).toContain('curl -X GET http://presence.example.com:8443/v1/presences')
    expect(docs).not.toContain('127.0.0.1:3000')
    expect(docs).not.toContain('here.invalid')
    expect(docs).toContain('http://presence.example.com:8443/v1/dev/token')
    expect(docs).toContain('<h2>Getting a token</h2>')
  })

  it('[HTTP] take a Host that is none for no part of the page', async () => {
    const { text } = await send('get', '/docs', null, undefined, { Host: 'a"><b>' })
    expect(text).not.toContain('"><b>')
    expect(text).toContain('http://127.0.0.1:3000/v1/presences')
  })

  it('[HTTP] show every branch of a choice, with its fields and an example', () => {
    const entry = shapeOf(docs, 'FeedEntry')
    expect(entry).toContain('With <code>kind: "presence"</code>')
    expect(entry).toContain('With <code>kind: "configuration", resource: "capacity-profiles"</code>')
    expect(entry.match(/<summary>Example/g)).toHaveLength(8)
    expect(shapeOf(docs, 'ImportOutcome')).toContain('With <code>error</code>')
    expect(shapeOf(docs, 'WorkTarget')).toContain('With <code>queueId</code>')
    expect(shapeOf(docs, 'BulkReply')).toContain('{ representativeId, error }')
    expect(docs).not.toContain('object or object')
  })
})

interface Command {
  readonly method: Method
  readonly path: string
  readonly type: string | undefined
  readonly body: string | undefined
}

function commandOf(docs: string, name: string): Command {
  const text = /<summary>Try it<\/summary>.*?<code>(.*?)<\/code>/s.exec(article(docs, name))?.[1] ?? ''
  const [, method = '', path = ''] = /curl -X (\w+) https?:\/\/[^/]+(\S+)/.exec(text) ?? []
  const type = /Content-Type: ([^']+)'/.exec(text)?.[1]
  const body = /-d '(.*)'/.exec(text)?.[1]
  return { method: method.toLowerCase() as Method, path, type, body }
}

const shapeOf = (docs: string, name: string) => article(docs, `schema-${name}`)

function article(docs: string, id: string): string {
  const start = docs.indexOf(`<article id="${id}">`)
  expect(start).toBeGreaterThan(0)
  return unescaped(docs.slice(start, docs.indexOf('</article>', start)))
}

const unescaped = (text: string) => text.replace(/&#(\d+);/g, (_, sign) => String.fromCharCode(Number(sign)))
