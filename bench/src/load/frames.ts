// A WebSocket on a bare TCP socket, as little as a load generator needs: a parser that walks the frames of a chunk
// costs well under a microsecond each, so that what is measured is the server and not its readers.

import { connect, type Socket } from 'node:net'

export interface Frames {
  send(text: string): void
  /** Ends without a word, as a lost tab does. */
  destroy(): void
}

export interface FrameListeners {
  /** The payload of one text frame; it is a view into a shared chunk, so copy what outlives the call. */
  onFrame(payload: Buffer, frames: Frames): void
  /** The socket ended, whoever ended it. */
  onEnd(): void
}

/** `index` spreads the sockets over loopback addresses (Linux): one address has some 28,000 ports. */
export async function openFrames(
  url: string,
  path: string,
  index: number,
  listeners: FrameListeners,
): Promise<Frames> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), ...addressOf(index), noDelay: true })
  const rest = await upgraded(socket, hostname, path)
  const frames: Frames = {
    send: text => send(socket, TEXT, text),
    destroy: () => socket.destroy(),
  }
  const onPing = (text: string) => send(socket, PONG, text)
  const take = frameReader(payload => listeners.onFrame(payload, frames), onPing)
  socket.on('close', listeners.onEnd)
  socket.on('data', take)
  if (rest.length > 0) take(rest)
  return frames
}

const TEXT = 0x81
const PONG = 0x8a

/** Where a client's socket comes from. Only Linux has the whole of 127.0.0.0/8 without being set up for it. */
export function addressOf(index: number): { readonly localAddress?: string } {
  return process.platform === 'linux' ? { localAddress: `127.0.0.${2 + (index % 16)}` } : {}
}

function upgraded(socket: Socket, host: string, path: string): Promise<Buffer> {
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const refuse = () => reject(new Error(`The server closed a socket before it was a WebSocket: ${head}`))
    socket.on('error', reject)
    socket.once('close', refuse)
    socket.on('data', function read(chunk: Buffer) {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      socket.off('data', read)
      socket.off('close', refuse)
      if (head.toString('latin1', 9, 12) === '101') resolve(head.subarray(end + 4))
      else
        reject(new Error(`The server made no WebSocket of a connection: ${head.toString('latin1', 0, end)}`))
    })
  })
}

/** Masked with a key of zeros: the server does its work all the same, and the client has none. */
function send(socket: Socket, head: number, text: string): void {
  const bytes = Buffer.byteLength(text)
  const extended = bytes < 126 ? 0 : 2
  const frame = Buffer.allocUnsafe(6 + extended + bytes)
  frame[0] = head
  frame[1] = 0x80 | (extended === 0 ? bytes : 126)
  if (extended > 0) frame.writeUInt16BE(bytes, 2)
  frame.fill(0, 2 + extended, 6 + extended)
  frame.write(text, 6 + extended)
  socket.write(frame)
}

/** Chunks are joined only once a frame that spans several is whole. */
function frameReader(onFrame: (payload: Buffer) => void, onPing: (text: string) => void) {
  let chunks: Buffer[] = []
  let held = 0
  let needed = 2

  return (chunk: Buffer): void => {
    chunks.push(chunk)
    held += chunk.length
    if (held < needed) return
    const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks)
    let at = 0
    for (;;) {
      needed = frameEnd(bytes, at) - at
      if (bytes.length - at < needed) break
      const [head = 0, size = 0] = bytes.subarray(at, at + 2)
      const payload = bytes.subarray(at + (size < 126 ? 2 : size === 126 ? 4 : 10), at + needed)
      if ((head & 0x0f) === 1) onFrame(payload)
      else if ((head & 0x0f) === 9) onPing(payload.toString())
      at += needed
    }
    held = bytes.length - at
    chunks = held > 0 ? [bytes.subarray(at)] : []
  }
}

/** Where the frame at `at` ends, or at least how far must be read to know. */
function frameEnd(bytes: Buffer, at: number): number {
  if (bytes.length < at + 2) return at + 2
  const size = bytes.readUInt8(at + 1)
  if (size < 126) return at + 2 + size
  if (size === 126) return bytes.length < at + 4 ? at + 4 : at + 4 + bytes.readUInt16BE(at + 2)
  return bytes.length < at + 10 ? at + 10 : at + 10 + Number(bytes.readBigUInt64BE(at + 2))
}
