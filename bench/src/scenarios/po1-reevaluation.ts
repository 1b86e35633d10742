// PO1: 10,000 representatives touched by one change of a capacity profile, half of them with work in hand, a tenth
// signed in. Measured from the answer of the PUT to the last of them in a watcher's hands; meanwhile one of those
// signed in chooses presences, one command after another, and the server says how long its event loop stood still.

import { median } from '../load/numbers.ts'
import type { Session } from '../load/session.ts'
import { openRollcall } from '../load/socket-io.ts'
import { mintBenchToken } from '../load/tokens.ts'
import { startRollcall } from '../servers/rollcall.ts'
import { rollcall } from '../servers/sides.ts'
import { type Options, type Result, type Row, setUpOf } from './scenario.ts'

interface Sizes {
  readonly people: number
  readonly signedIn: number
}

const FULL: Sizes = { people: 10_000, signedIn: 1_000 }
const QUICK: Sizes = { people: 1_000, signedIn: 50 }
const LINES_PER_IMPORT = 500
/** The server's meter looks every 10 ms, and counts those in. */
const METER_MS = 10

interface Round {
  readonly ms: number
  /** Of the commands meanwhile. */
  readonly commands: number
  readonly commandP50Ms: number
  readonly commandMaxMs: number
  /** Of the server, as its own metrics have it. */
  readonly loopStoodStillMs: number
  readonly cpuMs: number
}

export async function po1({ quick, rounds: wanted, profileTo, say }: Options): Promise<Result> {
  const sizes = quick ? QUICK : FULL
  const server = await startRollcall(profileTo)
  const sessions: Session[] = []
  try {
    const http = client(server.url)
    await populate(http, sizes)
    sessions.push(...(await signIn(server.url, sizes)))
    const { watcher, everybody } = await watchEverybody(server.url, sizes)
    sessions.push(watcher)
    say(`${wanted} rounds`)
    const rounds: Round[] = []
    // The first warms up.
    for (let number = 0; number <= wanted; number += 1) {
      const limit = number % 2 === 0 ? 1 : 2
      const told = everybody(limit)
      await http.loopStoodStillMs()
      const cpuBefore = server.cpuMs()
      const busy = command(sessions[0], told)
      await http.send('PUT', 'capacity-profiles/chat', { limit, blocking: limit === 1 })
      const answered = performance.now()
      const ms = (await told) - answered
      const latencies = await busy
      const loopStoodStillMs = await http.loopStoodStillMs()
      rounds.push({ ms, ...latencies, loopStoodStillMs, cpuMs: server.cpuMs() - cpuBefore })
    }
    return resultOf(rounds.slice(1), sizes)
  } finally {
    for (const session of sessions) session.destroy()
    await server.stop()
  }
}

function resultOf(rounds: readonly Round[], sizes: Sizes): Result {
  const side = rollcall()
  const row = (what: string, read: (round: Round) => number, digits: number, target?: string): Row => ({
    what,
    values: { [side.name]: median(rounds.map(read)) },
    digits,
    ...(target && { target }),
  })
  return {
    title: 'PO1 re-evaluation',
    how: { ...sizes, rounds: rounds.length },
    sides: setUpOf([side]),
    rows: [
      row('ms until all are told', round => round.ms, 0, '<= 1000 per 10,000'),
      row('longest command, ms', round => round.commandMaxMs, 1),
      row('p50 of commands, ms', round => round.commandP50Ms, 1),
      row('commands meanwhile', round => round.commands, 0),
      row('loop stood still, ms', round => round.loopStoodStillMs, 1),
      row('server CPU, ms', round => round.cpuMs, 0),
    ],
    checks: [],
    raw: rounds,
  }
}

interface Client {
  send(method: string, path: string, body: unknown): Promise<void>
  /** The longest since it was asked last. */
  loopStoodStillMs(): Promise<number>
}

function client(url: string): Client {
  const authorization = `Bearer ${mintBenchToken('root', ['administrator', 'service'])}`
  return {
    async send(method, path, body) {
      const lines = typeof body === 'string'
      const answer = await fetch(`${url}/v1/${path}`, {
        method,
        headers: { authorization, 'content-type': lines ? 'application/x-ndjson' : 'application/json' },
        body: lines ? body : JSON.stringify(body),
      })
      const text = await answer.text()
      if (!answer.ok || (lines && text.includes('"error"'))) throw new Error(`${path}: ${text.slice(0, 300)}`)
    },
    async loopStoodStillMs() {
      const metrics = await (await fetch(`${url}/metrics`)).text()
      return 1_000 * Number(/^rollcall_nodejs_eventloop_lag_max_seconds (\S+)/m.exec(metrics)?.[1]) - METER_MS
    },
  }
}

async function populate({ send }: Client, { people }: Sizes): Promise<void> {
  await send('PUT', 'capacity-profiles/chat', { limit: 2 })
  await send('PUT', 'workstreams/chat', { channel: 'chat', cost: { profiles: ['chat'] } })
  for (let first = 0; first < people; first += LINES_PER_IMPORT) {
    const lines = Array.from({ length: LINES_PER_IMPORT }, (_, place) =>
      JSON.stringify({
        id: idOf(first + place),
        queues: ['default'],
        defaultStatusId: null,
        capacity: { units: null, profiles: { chat: null } },
        attributes: {},
      }),
    )
    await send('POST', 'representatives/import', lines.join('\n'))
  }
  for (let first = 0; first < people; first += 200) {
    const batch = Array.from({ length: 100 }, (_, place) => first + 2 * place)
    await Promise.all(
      batch.map(number =>
        send('PUT', `work-items/w${number}`, {
          workstreamId: 'chat',
          representativeId: idOf(number),
          state: 'active',
        }),
      ),
    )
  }
}

async function signIn(url: string, { signedIn }: Sizes): Promise<readonly Session[]> {
  const sessions: Session[] = []
  for (let first = 0; first < signedIn; first += 50) {
    const batch = Array.from({ length: 50 }, (_, place) => {
      const sub = idOf(first + place)
      const token = mintBenchToken(sub, ['representative'])
      return openRollcall({ url, index: first + place, sub, token, signIn: true })
    })
    sessions.push(...(await Promise.all(batch)))
  }
  return sessions
}

const idOf = (number: number) => `rep-${String(number).padStart(5, '0')}`

interface Patch {
  readonly representativeId: string
  readonly capacity?: { readonly profiles: { readonly chat?: { readonly limit: number } } }
}

/** `everybody`: asked with a limit, it answers when all were told that limit. */
async function watchEverybody(url: string, { people }: Sizes) {
  let wanted = 0
  let missing = new Set<string>()
  let tell = (_at: number) => {}
  const watcher = await openRollcall({
    url,
    index: 0,
    sub: 'sue',
    token: mintBenchToken('sue', ['supervisor']),
    signIn: false,
    onFrame(frame) {
      const [, { presences }]: [string, { presences: readonly Patch[] }] = JSON.parse(
        frame.toString('utf8', 2),
      )
      for (const { representativeId, capacity } of presences) {
        if (capacity?.profiles.chat?.limit === wanted) missing.delete(representativeId)
      }
      if (missing.size === 0) tell(performance.now())
    },
  })
  await watcher.command('watch', { queues: '*' })
  const everybody = (limit: number): Promise<number> => {
    wanted = limit
    missing = new Set(Array.from({ length: people }, (_, number) => idOf(number)))
    return new Promise(resolve => {
      tell = resolve
    })
  }
  return { watcher, everybody }
}

/** One command after another until everybody is told. */
async function command(session: Session | undefined, told: Promise<number>) {
  if (!session) throw new Error('Nobody is signed in.')
  const latencies: number[] = []
  let going = true
  told.then(() => {
    going = false
  })
  while (going) {
    const sent = performance.now()
    const statusId = latencies.length % 2 === 0 ? 'busy' : 'away'
    const answer = await session.command('presence:set', { statusId })
    if (!answer.startsWith('[{"ok":true')) throw new Error(`A command was refused: ${answer}`)
    latencies.push(performance.now() - sent)
  }
  return {
    commands: latencies.length,
    commandP50Ms: median(latencies),
    commandMaxMs: Math.max(...latencies),
  }
}
