// The server of a chaos run: the real one, over the embedded store in a directory of its own, and what can be seen of
// it from the inside: the frames that wait for each socket, its memory, its log.

import { mkdtemp, rm } from 'node:fs/promises'
import type { Socket as TcpSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Server as SocketServer } from 'socket.io'
import { systemClock } from '../../../server/src/clock.ts'
import type { Server } from '../../../server/src/create-server.ts'
import { builtInConfiguration } from '../../../server/src/domain/built-in.ts'
import type { GatewaySettings } from '../../../server/src/gateway/settings.ts'
import { openEmbeddedStorage } from '../../../server/src/storage/embedded/open-embedded-storage.ts'
import { createLog } from '../../../server/src/telemetry/log.ts'
import { startServer } from '../server.ts'

export interface ChaosServer extends Server {
  /** The most that waits for one socket: frames in Engine.IO's buffer, bytes in TCP's, both in this process. */
  waiting(): { readonly frames: number; readonly bytes: number; readonly sockets: number }
  /** Lines of the log, as JSON. */
  logged(): readonly string[]
  remove(): Promise<void>
}

/** Entries of the feed that are held in memory: few, so that what grows is seen. */
const FEED_CAPACITY = 2_000

/** Longer than a busy machine takes to fill what the kernel holds for a socket that nobody reads. */
const PINGS = { ROLLCALL_PING_TIMEOUT_MS: '30000' }

export async function startChaosServer(gateway: Partial<GatewaySettings>): Promise<ChaosServer> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-chaos-'))
  const lines: string[] = []
  const log = createLog('debug', lineSink(lines))
  const storage = await openEmbeddedStorage(directory, {
    clock: systemClock,
    log,
    initialConfiguration: builtInConfiguration(),
    feedCapacity: FEED_CAPACITY,
  })
  // The gateway keeps its Socket.IO server to itself; it is met where it takes hold of Engine.IO.
  const bind = jest.spyOn(SocketServer.prototype, 'bind')
  const server = await startServer({ storage, log, gateway, env: PINGS })
  const io = bind.mock.contexts.at(-1) as SocketServer
  bind.mockRestore()

  return {
    ...server,
    waiting() {
      let frames = 0
      let bytes = 0
      for (const { conn } of io.of('/').sockets.values()) {
        frames = Math.max(frames, (Reflect.get(conn, 'writeBuffer') as unknown[]).length)
        bytes = Math.max(bytes, tcpOf(conn.transport)?.writableLength ?? 0)
      }
      return { frames, bytes, sockets: io.of('/').sockets.size }
    },
    logged: () => lines,
    async remove() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Bytes in use on the heap and of the process, after everything that nobody needs has gone. */
export function memoryInUse(): { readonly heapUsed: number; readonly rss: number } {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
  gc()
  const { heapUsed, rss } = process.memoryUsage()
  return { heapUsed, rss }
}

function tcpOf(transport: object): TcpSocket | null {
  const { socket } = transport as { readonly socket?: { readonly _socket?: TcpSocket | null } }
  return socket?._socket ?? null
}

function lineSink(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
}
