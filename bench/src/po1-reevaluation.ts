// PO1: 10,000 representatives touched by one change of a capacity profile, half of them with work in hand, a tenth
// signed in. Measured from the answer of the PUT to the last of them in a watcher's hands; meanwhile one of those
// signed in chooses presences, one command after another, and the server says how long its event loop stood still.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServerProcess } from './child.ts'
import { median } from './load.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'
import { mintBenchToken, SECRET } from './tokens.ts'

const PEOPLE = 10_000
const SIGNED_IN = 1_000
const ROUNDS = 5
const LINES_PER_IMPORT = 5_000
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

export interface Po1Result {
  readonly scenario: 'PO1 re-evaluation'
  readonly people: number
  readonly signedIn: number
  readonly rounds: readonly Round[]
  readonly median: Round
}

/** `profileTo`: a directory for a CPU profile of the server; its figures are then a profiled server's. */
export async function runPo1(profileTo: string | null): Promise<Po1Result> {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const settings = {
    ROLLCALL_PORT: '0',
    ROLLCALL_DATA_DIR: directory,
    ROLLCALL_JWT_SECRET: SECRET,
    ROLLCALL_LIMITS: 'off',
    ROLLCALL_LOG_LEVEL: 'error',
  }
  const profiler = profileTo === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`]
  const script = fileURLToPath(new URL('../../server/bin/rollcall.js', import.meta.url))
  const server = await startServerProcess(script, ['serve'], settings, profiler)
  const sockets: RawSocket[] = []
  try {
    const http = client(server.url)
    await populate(http)
    sockets.push(...(await signIn(server.url)))
    const watcher = await openRawSocket(server.url, { token: mintBenchToken('sue', ['supervisor']) }, 'ready')
    sockets.push(watcher)
    const everybody = tellWhenTold(watcher)
    await watcher.command('watch', { queues: '*' })
    const rounds: Round[] = []
    // The first warms up.
    for (let number = 0; number <= ROUNDS; number += 1) {
      const limit = number % 2 === 0 ? 1 : 2
      const told = everybody(limit)
      await http.loopStoodStillMs()
      const cpuBefore = server.cpuMs()
      const busy = command(sockets[0], told)
      await http.send('PUT', 'capacity-profiles/chat', { limit, blocking: limit === 1 })
      const answered = performance.now()
      const ms = (await told) - answered
      const latencies = await busy
      rounds.push({
        ms,
        ...latencies,
        loopStoodStillMs: await http.loopStoodStillMs(),
        cpuMs: server.cpuMs() - cpuBefore,
      })
    }
    const measured = rounds.slice(1)
    return {
      scenario: 'PO1 re-evaluation',
      people: PEOPLE,
      signedIn: SIGNED_IN,
      rounds: measured,
      median: medians(measured),
    }
  } finally {
    for (const socket of sockets) socket.close()
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
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

async function populate({ send }: Client): Promise<void> {
  await send('PUT', 'capacity-profiles/chat', { limit: 2 })
  await send('PUT', 'workstreams/chat', { channel: 'chat', cost: { profiles: ['chat'] } })
  for (let first = 0; first < PEOPLE; first += LINES_PER_IMPORT) {
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
  for (let first = 0; first < PEOPLE; first += 200) {
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

async function signIn(url: string): Promise<readonly RawSocket[]> {
  const sockets: RawSocket[] = []
  for (let first = 0; first < SIGNED_IN; first += 50) {
    const batch = Array.from({ length: 50 }, (_, place) => {
      const sub = idOf(first + place)
      return openRawSocket(url, { token: mintBenchToken(sub, ['representative']), signIn: true }, 'ready')
    })
    sockets.push(...(await Promise.all(batch)))
  }
  return sockets
}

const idOf = (number: number) => `rep-${String(number).padStart(5, '0')}`

interface Patch {
  readonly representativeId: string
  readonly capacity?: { readonly profiles: { readonly chat?: { readonly limit: number } } }
}

/** Asked with a limit, it answers when everybody was told that limit. */
function tellWhenTold(watcher: RawSocket): (limit: number) => Promise<number> {
  let wanted = 0
  let missing = new Set<string>()
  let tell = (_at: number) => {}
  watcher.listen('presence:changes', payload => {
    const { presences } = JSON.parse(payload) as { presences: readonly Patch[] }
    for (const { representativeId, capacity } of presences) {
      if (capacity?.profiles.chat?.limit === wanted) missing.delete(representativeId)
    }
    if (missing.size === 0) tell(performance.now())
  })
  return limit => {
    wanted = limit
    missing = new Set(Array.from({ length: PEOPLE }, (_, number) => idOf(number)))
    return new Promise(resolve => {
      tell = resolve
    })
  }
}

/** One command after another until everybody is told. */
async function command(socket: RawSocket | undefined, told: Promise<number>) {
  if (!socket) throw new Error('Nobody is signed in.')
  const latencies: number[] = []
  let going = true
  told.then(() => {
    going = false
  })
  while (going) {
    const sent = performance.now()
    const statusId = latencies.length % 2 === 0 ? 'busy' : 'away'
    const answer = await socket.command('presence:set', { statusId })
    if (!answer.startsWith('[{"ok":true')) throw new Error(`A command was refused: ${answer}`)
    latencies.push(performance.now() - sent)
  }
  return {
    commands: latencies.length,
    commandP50Ms: median(latencies),
    commandMaxMs: Math.max(...latencies),
  }
}

function medians(rounds: readonly Round[]): Round {
  const of = (read: (round: Round) => number) => median(rounds.map(read))
  return {
    ms: of(round => round.ms),
    commands: of(round => round.commands),
    commandP50Ms: of(round => round.commandP50Ms),
    commandMaxMs: of(round => round.commandMaxMs),
    loopStoodStillMs: of(round => round.loopStoodStillMs),
    cpuMs: of(round => round.cpuMs),
  }
}
