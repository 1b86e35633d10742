// The network between one person's home and the server: a relay on this machine that can go silent, so that no socket
// is closed and nothing arrives any more, as when a cable is pulled.

import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Relay {
  /** What her browser connects to. */
  readonly url: string
  /** From now on nothing passes. */
  cut(): void
  /** New connections pass. Of the old ones her side ends, and the server's stays silent until it gives up (DI9). */
  mend(): void
  close(): Promise<void>
}

interface Line {
  readonly near: Socket
  readonly far: Socket
  silent: boolean
}

/** `target`: an http address. */
export async function createRelay(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target)
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }
  const lines = new Set<Line>()
  let silent = false
  const server = createServer(near => {
    const line = { near, far: connect(to), silent }
    lines.add(line)
    // Over a silent line nobody hears of the other's end either.
    const ended = () => void (line.silent || end(line))
    for (const socket of [near, line.far]) {
      socket.setNoDelay(true)
      socket.on('error', ended)
      socket.on('close', ended)
    }
    if (silent) return
    near.pipe(line.far)
    line.far.pipe(near)
  })
  await listening(server)

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    cut() {
      silent = true
      for (const line of lines) hush(line)
    },
    mend() {
      silent = false
      for (const line of lines) if (line.silent) line.near.destroy()
    },
    close() {
      for (const line of lines) end(line)
      return new Promise(resolve => void server.close(() => resolve()))
    },
  }

  function end(line: Line): void {
    line.near.destroy()
    line.far.destroy()
    lines.delete(line)
  }
}

function hush(line: Line): void {
  line.silent = true
  line.near.unpipe(line.far)
  line.far.unpipe(line.near)
  line.near.pause()
  line.far.pause()
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The relay listens on no port.')
  return address.port
}
