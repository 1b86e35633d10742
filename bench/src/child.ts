// Server processes of a benchmark: started as a user would start them, measured from outside, ended by their own id.

import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Clock ticks per second of /proc; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

export interface ServerProcess {
  readonly url: string
  /** User and system time used so far, in ms (process accounting; resolution 10 ms). */
  cpuMs(): number
  /** Resident memory in bytes. */
  residentBytes(): number
  stop(): Promise<void>
}

/**
 * Starts `node script …args` and resolves when it prints a line with `listening on <url>`. `nodeArgs`: options of Node
 * itself, a profiler's say.
 */
export function startServerProcess(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let printed = ''
    child.on('exit', code => reject(new Error(`${script} ended with code ${code} before it listened.`)))
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const url = /listening on (http:\S+)/.exec(printed)?.[1]
      if (url) resolve(measured(child, url))
    })
  })
}

function measured(child: ChildProcess, url: string): ServerProcess {
  return {
    url,
    cpuMs() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND
    },
    residentBytes() {
      const pages = readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]
      return Number(pages) * 4096
    },
    stop() {
      return new Promise(resolve => {
        child.removeAllListeners('exit')
        child.on('exit', () => resolve())
        child.kill('SIGTERM')
      })
    },
  }
}
