// Mosquitto, if it is installed: retained topics, a will message per representative, nothing on disk.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, startServerProcess } from './child.ts'

const COMMAND = 'mosquitto'

export function hasMosquitto(): boolean {
  return spawnSync(COMMAND, ['-h']).error === undefined
}

export async function startMosquitto(): Promise<ServerProcess> {
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-bench-mosquitto-'))
  const file = join(directory, 'mosquitto.conf')
  writeFileSync(file, settingsOf(port))
  const server = await startServerProcess({
    command: COMMAND,
    args: ['-c', file],
    isSilentAfterwards: true,
    listening: /mosquitto version \S+ running/,
    url: `mqtt://127.0.0.1:${port}`,
  })
  return {
    ...server,
    async stop() {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Queues without a bound: a watcher that loses messages would make the broker look cheap. */
function settingsOf(port: number): string {
  return [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence false',
    'set_tcp_nodelay true',
    'max_queued_messages 0',
    'max_inflight_messages 0',
    'connection_messages false',
    'log_type information',
    '',
  ].join('\n')
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
