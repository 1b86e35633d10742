// A scripted socket: the public protocol on raw WebSocket frames, without a client's reconnection and buffering, so
// that thousands fit into one process and every message is seen as it came.

import type { CommandName, MessageName, Reply } from '@rollcall/shared'
import { type RawData, WebSocket } from 'ws'

export interface RawSocket {
  /** Resolves with the answer, whatever it says. Rejects when none came in ANSWER_MS, or the socket ended. */
  command(name: CommandName, payload: object): Promise<Reply<unknown>>
  /** Ends without a word, as a lost network does. */
  drop(): void
}

export interface RawSocketOptions {
  readonly url: string
  readonly token: string
  readonly signIn: boolean
  /** Every message, `ready` first. */
  readonly onMessage: (name: MessageName, payload: unknown) => void
  /** The socket ended and `drop` was not called. */
  readonly onLost: () => void
}

const ANSWER_MS = 30_000

/** Resolves once the server has said `ready`. Rejects with an Error that carries the server's refusal. */
export function openRawSocket(options: RawSocketOptions): Promise<RawSocket> {
  const { url, token, signIn, onMessage, onLost } = options
  const address = new URL('/socket.io/?EIO=4&transport=websocket', url.replace(/^http/, 'ws'))
  const socket = new WebSocket(address, { perMessageDeflate: false })
  const waiting = new Map<number, Waiting>()
  let last = 0
  let isDropped = false

  const raw: RawSocket = {
    command(name, payload) {
      last += 1
      const id = last
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(id)
          reject(new Error(`${name} was not answered in ${ANSWER_MS / 1000} s.`))
        }, ANSWER_MS)
        waiting.set(id, { resolve, reject, giveUp })
        socket.send(`42${id}${JSON.stringify([name, payload])}`)
      })
    },
    drop() {
      isDropped = true
      socket.terminate()
    },
  }

  return new Promise((resolve, reject) => {
    let isReady = false
    socket.on('error', reject)
    socket.on('message', data => take(textOf(data)))
    socket.on('close', () => {
      for (const { reject: fail, giveUp } of waiting.values()) {
        clearTimeout(giveUp)
        fail(new Error('The connection ended before the answer came.'))
      }
      waiting.clear()
      if (!isReady) reject(new Error('The server closed the connection before it was ready.'))
      else if (!isDropped) onLost()
    })

    function take(frame: string): void {
      if (frame === '2') socket.send('3')
      else if (frame.startsWith('42')) {
        const [name, payload]: [MessageName, unknown] = JSON.parse(frame.slice(2))
        onMessage(name, payload)
        if (name !== 'ready') return
        isReady = true
        resolve(raw)
      } else if (frame.startsWith('43')) settle(frame)
      else if (frame.startsWith('44')) reject(new Error(`The handshake was refused: ${refusalIn(frame)}`))
      else if (frame.startsWith('0')) socket.send(`40${JSON.stringify({ token, signIn })}`)
    }
  })

  function settle(frame: string): void {
    const start = frame.indexOf('[')
    const id = Number(frame.slice(2, start))
    const one = waiting.get(id)
    waiting.delete(id)
    clearTimeout(one?.giveUp)
    one?.resolve(JSON.parse(frame.slice(start))[0])
  }
}

interface Waiting {
  readonly resolve: (answer: Reply<unknown>) => void
  readonly reject: (error: Error) => void
  readonly giveUp: NodeJS.Timeout
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as Buffer).toString()
}

function refusalIn(frame: string): string {
  const { data, message }: { data?: { code: string; message: string }; message?: string } = JSON.parse(
    frame.slice(2),
  )
  return data ? `${data.code}: ${data.message}` : String(message)
}
