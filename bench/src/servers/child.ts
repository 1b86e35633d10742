// Server processes of a benchmark: started as anybody would start them, measured from outside, ended by their own id.

import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sum } from '../load/numbers.ts'
import type { MemoryInUse } from './probe.ts'

/** A server that has nothing to do uses less than this in QUIET_MS, heartbeats of 10,000 sockets included. */
const QUIET_CPU_MS = 30
const QUIET_MS = 400
const STOP_MS = 15_000

export interface ServerProcess {
  readonly url: string
  /** Time on a core so far, user and system, of all threads, in ms: the scheduler's own account, exact to the µs. */
  cpuMs(): number
  /** After a full garbage collection. Only for Node processes. */
  memory(): Promise<MemoryInUse>
  /** Resolves when it has nothing left to do but heartbeats. */
  quiet(): Promise<void>
  stop(): Promise<void>
}

export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What it prints once it listens, with its URL in the first group; null: `url` says it. */
  readonly listening: RegExp
  /** For servers that print no URL. */
  readonly url?: string
  /** What it prints later says nothing to whoever runs a benchmark. */
  readonly isSilentAfterwards?: boolean
}

/** A Node script of this package's build. `nodeArgs`: options of Node itself, a profiler's say. */
export function nodeScript(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [],
): Launch {
  const probe = ['--expose-gc', '--import', new URL('./probe.js', import.meta.url).href]
  const script = fileURLToPath(new URL(path, import.meta.url))
  const listening = /listening on (http:\S+)/
  return { command: process.execPath, args: [...probe, ...nodeArgs, script, ...args], env, listening }
}

export function startServerProcess(launch: Launch): Promise<ServerProcess> {
  const { command, args, env, listening, url, isSilentAfterwards = false } = launch
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    let printed = ''
    let isListening = false
    child.on('error', reject)
    child.on('exit', code => reject(new Error(`${command} ended with code ${code} before it listened.`)))
    const read = (chunk: Buffer) => {
      if (isListening) return void (isSilentAfterwards || process.stderr.write(chunk))
      printed += chunk.toString()
      const found = listening.exec(printed)
      if (!found) return
      isListening = true
      resolve(measured(child, url ?? found[1] ?? ''))
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
  })
}

function measured(child: ChildProcess, url: string): ServerProcess {
  const threads = `/proc/${child.pid}/task`
  // Threads of Node's pools stay for as long as the process: none takes its account with it.
  const cpuMs = () => sum(readdirSync(threads).map(thread => ranMs(`${threads}/${thread}/schedstat`)))
  let lastId = 0
  return {
    url,
    cpuMs,
    memory() {
      lastId += 1
      const id = lastId
      return new Promise(resolve => {
        child.on('message', function take(answer: { id: number; memory: MemoryInUse }) {
          if (answer.id !== id) return
          child.off('message', take)
          resolve(answer.memory)
        })
        child.send({ id })
      })
    },
    async quiet() {
      for (let before = cpuMs(); ; ) {
        await new Promise(resolve => setTimeout(resolve, QUIET_MS))
        const now = cpuMs()
        if (now - before <= QUIET_CPU_MS) return
        before = now
      }
    },
    stop() {
      return new Promise(resolve => {
        child.removeAllListeners('exit')
        const giveUp = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
        child.on('exit', () => {
          clearTimeout(giveUp)
          resolve()
        })
        child.kill('SIGTERM')
      })
    },
  }
}

/** The first figure is the time on a core, in ns. A thread that ended meanwhile has none. */
function ranMs(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) / 1e6
  } catch {
    return 0
  }
}
