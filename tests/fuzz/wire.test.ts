// Garbage at every command and every route of a whole server: each answer is documented, what was refused has changed
// nothing, and the server lives. A seed that failed is played again with FUZZ_SEED.

import {
  COMMANDS,
  type CommandName,
  ERRORS,
  errorsOf,
  problem,
  ROUTES,
  type RouteName,
  type RouteSpec,
  type WireError,
} from '@rollcall/shared'
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import { systemClock } from '../../server/src/clock.ts'
import { NDJSON } from '../../server/src/http/ndjson.ts'
import { createGarbage, type Garbage } from '../support/garbage.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { stateOf } from '../support/stored-state.ts'
import { strangeFrame } from '../support/strange-frame.ts'
import { until } from '../support/until.ts'
import { expectDocumented, isRefusal } from '../support/wire-errors.ts'

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000)
const ROUNDS = 1_500
/** The rounds take some 5 s; a slow machine ends them here. */
const WITHIN_MS = 7_000

type Role = 'representative' | 'supervisor' | 'administrator' | 'service'
const CALLERS: Readonly<Record<string, { readonly roles: readonly Role[]; readonly watches?: string[] }>> = {
  ada: { roles: ['representative'] },
  sue: { roles: ['supervisor'], watches: ['billing'] },
  svc: { roles: ['service'] },
  root: { roles: ['administrator'] },
}

let server: RunningServer
let garbage: Garbage
const sockets = new Map<string, Socket>()
const byes = new WeakMap<Socket, unknown>()
const rejections: unknown[] = []
const onRejection = (reason: unknown) => rejections.push(reason)

beforeEach(async () => {
  garbage = createGarbage(SEED)
  process.on('unhandledRejection', onRejection)
  // Time stands still: whatever changes, a request has changed it, and no deadline.
  const now = Date.now()
  server = await startServer({ clock: { ...systemClock, wall: () => now, elapsed: () => 0 } })
  for (const queue of ['billing', 'sales']) await call('root', 'PUT', `/v1/queues/${queue}`, {})
  await call('root', 'PUT', '/v1/workstreams/chat', { queueId: 'billing', selfAssign: true })
  await call('root', 'POST', '/v1/statuses', { id: 'lunch', text: 'Lunch', base: 'away' })
  await call('root', 'PUT', '/v1/representatives/bob', { queues: ['sales'] })
})
afterEach(async () => {
  process.off('unhandledRejection', onRejection)
  for (const socket of sockets.values()) socket.close()
  sockets.clear()
  await server.close()
})

it(`[protocol] answers every command that is garbage with a documented error, changing nothing (seed ${SEED})`, async () => {
  const outcomes = await rounds(Object.keys(COMMANDS) as CommandName[], async name => {
    const socket = await socketOf(caller(COMMANDS[name].roles))
    const { payload, data } = COMMANDS[name]
    const args = garbage.chance() < 0.95 ? [garbage.like(payload)] : [garbage.json(), garbage.json()]
    const said = `${name} ${JSON.stringify(args)} (seed ${SEED})`
    const before = await stateOf(server.storage)
    const reply: unknown = await socket
      .timeout(5_000)
      .emitWithAck(name, ...args)
      .catch(String)
    // Only what was said goodbye to may be closed: after a sign-out, mostly.
    if (typeof reply === 'string') {
      expect({ said, reply, bye: byes.get(socket) }).toMatchObject({
        bye: { code: expect.any(String) as unknown },
      })
      return 'bye'
    }
    if (isRefusal(reply)) {
      expectDocumented(reply.error, said)
      expect({ said, state: await stateOf(server.storage) }).toEqual({ said, state: before })
      return reply.error.code
    }
    expect({ said, reply }).toMatchObject({ said, reply: { ok: true } })
    expect({ said, problem: data.safeParse((reply as { data: unknown }).data).error }).toEqual({ said })
    return 'ok'
  })
  expect(Object.keys(outcomes).length).toBeGreaterThan(5)
}, 30_000)

it(`[protocol] answers every request that is garbage with a documented problem, changing nothing (seed ${SEED})`, async () => {
  await socketOf('ada')
  const outcomes = await rounds(Object.keys(ROUTES) as RouteName[], async name => {
    const spec: RouteSpec = ROUTES[name]
    if (spec.development) return 'not here'
    const { path, body, headers, by } = request(spec)
    const said = `${by} ${name} ${path} ${body} ${JSON.stringify(headers)} (seed ${SEED})`
    const before = await stateOf(server.storage)
    const answer = await call(by, spec.method.toUpperCase(), path, body, headers)
    const text = await answer.text()
    const expected = spec.responses[answer.status]
    if (expected !== undefined || answer.status === 304) {
      const values = spec.ndjson ? text.split('\n').slice(0, -1) : [text]
      if (expected) {
        for (const value of values)
          expect({ said, problem: expected.safeParse(JSON.parse(value)).error }).toEqual({ said })
      } else expect({ said, text }).toEqual({ said, text: '' })
      return 'ok'
    }
    expect({ said, type: answer.headers.get('content-type') }).toEqual({
      said,
      type: expect.stringMatching(/^application\/problem\+json/) as unknown,
    })
    const told = problem.parse(JSON.parse(text))
    expectDocumented({ ...told, message: told.detail } as WireError, said)
    expect({ said, text, status: told.status }).toEqual({ said, text, status: ERRORS[told.code].status })
    expect({ said, text, codes: errorsOf(spec) }).toEqual({
      said,
      text,
      codes: expect.arrayContaining([told.code]) as unknown,
    })
    expect({ said, state: await stateOf(server.storage) }).toEqual({ said, state: before })
    return told.code
  })
  expect(Object.keys(outcomes).length).toBeGreaterThan(5)
}, 30_000)

it(`[protocol] survives frames that are none (seed ${SEED})`, async () => {
  const token = server.token({ sub: 'sue', roles: ['supervisor'], watches: ['*'] })
  const before = await stateOf(server.storage)
  for (let round = 0; round < 150; round += 1) {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    socket.on('error', () => undefined)
    await new Promise(resolve => socket.once('open', resolve))
    if (garbage.chance() < 0.7) {
      socket.send(`40${JSON.stringify({ token })}`)
      await new Promise(resolve => socket.once('message', resolve))
    }
    for (let frame = 0; frame < 10; frame += 1) socket.send(strangeFrame(garbage))
    socket.terminate()
  }
  expect(await stateOf(server.storage)).toEqual(before)
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(rejections).toEqual([])
}, 30_000)

/** Plays rounds over all names, then asks whether the server lives. Answers how often each outcome came. */
async function rounds<Name>(names: readonly Name[], play: (name: Name) => Promise<string>) {
  const outcomes: Record<string, number> = {}
  const end = performance.now() + WITHIN_MS
  for (let round = 0; round < ROUNDS && performance.now() < end; round += 1) {
    const outcome = await play(names[round % names.length] as Name)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  process.stdout.write(`fuzz: ${JSON.stringify(outcomes)}, seed ${SEED}\n`)
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(rejections).toEqual([])
  return outcomes
}

function request(spec: RouteSpec) {
  const { like, chance, pick, text, below } = garbage
  const fields = (schema: RouteSpec['query']) =>
    Object.entries(Object(like(schema)) as object).map(([name, value]) => [name, wordOf(value)])
  const id = () => pathPart(chance() < 0.9 ? wordOf(like(spec.params?.shape['id'])) : text())
  const query = spec.query || chance() < 0.05 ? new URLSearchParams(fields(spec.query)) : ''
  const path = `${spec.path.replace(/\{id\}/, () => id())}${query === '' ? '' : `?${query}`}`
  const lines = Array.from({ length: spec.ndjson ? below(5) : 1 }, () => JSON.stringify(like(spec.body)))
  const sent = spec.body || chance() < 0.03 ? lines.join(pick(['\n', '\n\n', '\r\n'])) : undefined
  // A revocation of a caller would end the test's reach, and with it most of what it tries.
  const body = spec.path === '/v1/revocations' ? sent?.replace(/"sub":"[^"]*"/, '"sub":"gone"') : sent
  const headers: Record<string, string> = {}
  if (chance() < 0.1) headers['If-Match'] = pick(['"1"', '*', 'W/"1"', '""', '1', '"99999999999999999"'])
  if (chance() < 0.1) headers['If-None-Match'] = pick(['"1"', '*', ','])
  if (chance() < 0.03) headers['Authorization'] = pick(['Bearer x.y.z', 'Basic x', 'Bearer'])
  if (chance() < 0.2) headers['Idempotency-Key'] = `key-${below(200)}`
  if (spec.ndjson) headers['Content-Type'] = NDJSON
  if (chance() < 0.03) headers['Content-Type'] = pick(['text/plain', 'application/json; charset=x', 'x'])
  return { path, body, headers, by: caller(spec.access) }
}

/** Mostly somebody who may. */
function caller(access: RouteSpec['access']): string {
  const may = Object.keys(CALLERS).filter(
    name => typeof access === 'string' || CALLERS[name]?.roles.some(role => access.includes(role)),
  )
  return garbage.pick(garbage.chance() < 0.85 ? may : Object.keys(CALLERS))
}

function tokenOf(name: string): string {
  const claims = CALLERS[name]
  return server.token({ sub: name, ...claims, roles: [...(claims?.roles ?? [])] })
}

async function call(
  by: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(`${server.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${tokenOf(by)}`, 'Content-Type': 'application/json', ...headers },
    ...(sent === undefined || method === 'GET' ? {} : { body: sent }),
  })
}

/** The caller's open socket; a new one where the last command ended it. */
async function socketOf(name: string): Promise<Socket> {
  const known = sockets.get(name)
  if (known?.connected) return known
  const socket = io(server.url, {
    auth: { token: tokenOf(name), signIn: name === 'ada' },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  })
  sockets.set(name, socket)
  socket.on('bye', bye => byes.set(socket, bye))
  let ready = false
  socket.on('ready', () => {
    ready = true
  })
  await until(`${name} to be ready`, () => ready, 15_000)
  return socket
}

/** What Node's own client does not take for a step up or down. */
function pathPart(id: string): string {
  return encodeURIComponent(
    Buffer.from(id)
      .toString('utf8')
      .replace(/^\.{0,2}$/, 'x'),
  )
}

const wordOf = (value: unknown) => String(JSON.stringify(value)).replaceAll('"', '')
