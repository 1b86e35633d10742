// B2, first form: choose a presence with acknowledgement, 1,000 sockets, 64 in flight, on the durable embedded
// store, against a bare Socket.IO acknowledgement in the same run. Rounds alternate, so that noise of the machine
// meets both alike.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ServerProcess, startServerProcess } from './child.ts'
import { type Measured, median, runLoad } from './load.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'
import { mintBenchToken, SECRET } from './tokens.ts'

const SOCKETS = 1_000
const IN_FLIGHT = 64
const COMMANDS = 20_000
const WARM_UP = 4_000
const ROUNDS = 5
const IDLE_COMMANDS = 300

export interface Side {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuUsPerCommand: number
  readonly idleP50Ms: number
}

export interface B2Result {
  readonly scenario: 'B2 choose'
  readonly sockets: number
  readonly inFlight: number
  readonly commandsPerRound: number
  readonly rounds: number
  readonly rollcall: Side
  readonly bare: Side
  readonly ratios: { readonly throughput: number; readonly cpu: number }
}

/** `profileTo`: a directory for a CPU profile of the server; its figures are then a profiled server's. */
export async function runB2(profileTo: string | null): Promise<B2Result> {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const settings = {
    ROLLCALL_PORT: '0',
    ROLLCALL_DATA_DIR: directory,
    ROLLCALL_JWT_SECRET: SECRET,
    ROLLCALL_LIMITS: 'off',
    ROLLCALL_LOG_LEVEL: 'error',
  }
  const profiler = profileTo === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`]
  const script = path('../../server/bin/rollcall.js')
  const rollcall = await startServerProcess(script, ['serve'], settings, profiler)
  const bare = await startServerProcess(path('./peer-bare.js'), [], {})
  try {
    const ours = await connectAll(rollcall.url, 'ready')
    const theirs = await connectAll(bare.url, null)
    await round(rollcall, ours, WARM_UP)
    await round(bare, theirs, WARM_UP)
    const rounds: { ours: Round; theirs: Round }[] = []
    for (let i = 0; i < ROUNDS; i++) {
      rounds.push({
        ours: await round(rollcall, ours, COMMANDS),
        theirs: await round(bare, theirs, COMMANDS),
      })
    }
    const idle = {
      ours: await runLoad(IDLE_COMMANDS, 1, choose(ours)),
      theirs: await runLoad(IDLE_COMMANDS, 1, choose(theirs)),
    }
    for (const socket of [...ours, ...theirs]) socket.close()
    return {
      scenario: 'B2 choose',
      sockets: SOCKETS,
      inFlight: IN_FLIGHT,
      commandsPerRound: COMMANDS,
      rounds: ROUNDS,
      rollcall: side(
        rounds.map(r => r.ours),
        idle.ours,
      ),
      bare: side(
        rounds.map(r => r.theirs),
        idle.theirs,
      ),
      ratios: {
        throughput: median(rounds.map(r => r.ours.perSecond / r.theirs.perSecond)),
        cpu: median(rounds.map(r => r.ours.cpuUs / r.theirs.cpuUs)),
      },
    }
  } finally {
    await Promise.all([rollcall.stop(), bare.stop()])
    rmSync(directory, { recursive: true, force: true })
  }
}

interface Round extends Measured {
  readonly cpuUs: number
}

async function round(server: ServerProcess, sockets: readonly RawSocket[], commands: number): Promise<Round> {
  const before = server.cpuMs()
  const measured = await runLoad(commands, IN_FLIGHT, choose(sockets))
  return { ...measured, cpuUs: ((server.cpuMs() - before) * 1000) / commands }
}

/** Each socket in turn chooses Busy and Away by turns, so that every command is a real change. */
function choose(sockets: readonly RawSocket[]): (i: number) => Promise<void> {
  return async () => {
    const socket = sockets[turn++ % sockets.length]
    if (!socket) throw new Error('No socket is connected.')
    const statusId = Math.floor(turn / sockets.length) % 2 === 0 ? 'busy' : 'away'
    const answer = await socket.command('presence:set', { statusId, commandId: `c${turn}` })
    if (!answer.startsWith('[{"ok":true')) throw new Error(`A command was refused: ${answer}`)
  }
}
let turn = 0

async function connectAll(url: string, readyEvent: string | null): Promise<RawSocket[]> {
  const sockets: RawSocket[] = []
  for (let i = 0; i < SOCKETS; i += 50) {
    const batch = Array.from({ length: Math.min(50, SOCKETS - i) }, (_, k) => {
      const sub = `rep-${i + k}`
      return openRawSocket(url, { token: mintBenchToken(sub, ['representative']), signIn: true }, readyEvent)
    })
    sockets.push(...(await Promise.all(batch)))
  }
  return sockets
}

function side(rounds: readonly Round[], idle: Measured): Side {
  return {
    perSecond: median(rounds.map(r => r.perSecond)),
    p50Ms: median(rounds.map(r => r.p50Ms)),
    p99Ms: median(rounds.map(r => r.p99Ms)),
    cpuUsPerCommand: median(rounds.map(r => r.cpuUs)),
    idleP50Ms: idle.p50Ms,
  }
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}
