// A real server in a process of its own, on the build in dist/: what kill -9 and a restart are tried on.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { SECRET } from './tokens.ts'

export { tokenFor } from './tokens.ts'

export interface ServerProcess {
  readonly url: string
  readonly directory: string
  readonly pid: number
  /** SIGKILL, and a new process on the same directory and port. Resolves when the new one listens. */
  crashAndRestart(): Promise<ServerProcess>
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | null>
  /** Ends the process, if it still runs, and removes its directory. */
  remove(): Promise<void>
}

interface Settings {
  readonly directory?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}

const bin = resolve(import.meta.dirname, '../../server/bin/rollcall.js')

export async function startServerProcess(settings: Settings = {}): Promise<ServerProcess> {
  const directory = settings.directory ?? mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  const port = settings.port ?? (await freePort())
  const child = spawn(process.execPath, [bin, 'serve'], {
    env: {
      ...process.env,
      ROLLCALL_PORT: String(port),
      ROLLCALL_DATA_DIR: directory,
      ROLLCALL_JWT_SECRET: SECRET,
      ROLLCALL_LIMITS: 'off',
      ROLLCALL_LOG_LEVEL: 'error',
      ...settings.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await listening(child)
  const ended = new Promise<number | null>(done => child.once('exit', code => done(code)))

  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return {
    url,
    directory,
    pid: child.pid ?? 0,
    async crashAndRestart() {
      await kill()
      return startServerProcess({ ...settings, directory, port })
    },
    kill,
    terminate() {
      child.kill('SIGTERM')
      return ended
    },
    async remove() {
      if (child.exitCode === null && child.signalCode === null) await kill()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', chunk => {
      printed += chunk
      const url = /rollcall listening on (http:\S+)/.exec(printed)?.[1]
      if (url) resolve(url)
    })
    child.stderr?.on('data', chunk => {
      printed += chunk
    })
    child.once('exit', code =>
      reject(new Error(`The server ended with code ${code} before it listened:\n${printed}`)),
    )
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port.')),
      )
    })
  })
}
