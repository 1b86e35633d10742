// A scripted Socket.IO socket on raw WebSocket frames: the load generator's own cost stays small and the same for
// every server measured.

import { WebSocket } from 'ws'

export interface RawSocket {
  /** Sends a command and resolves with its acknowledgement's first argument as text (JSON), unparsed. */
  command(event: string, payload: unknown): Promise<string>
  /** Hands over the payload of every such event from now on, as text (JSON), unparsed. */
  listen(event: string, listener: (payload: string) => void): void
  close(): void
}

/** Connects, joins the default namespace with `auth`, and resolves once `readyEvent` came (null: at once). */
export function openRawSocket(url: string, auth: unknown, readyEvent: string | null): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  })
  const waiting = new Map<number, (answer: string) => void>()
  const listeners = new Map<string, (payload: string) => void>()
  let lastId = 0

  const api: RawSocket = {
    command(event, payload) {
      lastId += 1
      const id = lastId
      return new Promise(resolve => {
        waiting.set(id, resolve)
        socket.send(`42${id}${JSON.stringify([event, payload])}`)
      })
    },
    listen: (event, listener) => void listeners.set(`42["${event}",`, listener),
    close: () => socket.close(),
  }

  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', data => {
      const frame = String(data)
      if (frame === '2') return socket.send('3')
      if (frame.startsWith('0')) return socket.send(`40${JSON.stringify(auth)}`)
      if (frame.startsWith('44'))
        return reject(new Error(`The server refused the handshake: ${frame.slice(2)}`))
      if (frame.startsWith('40') && readyEvent === null) return resolve(api)
      if (readyEvent !== null && frame.startsWith(`42["${readyEvent}"`)) return resolve(api)
      if (frame.startsWith('43')) return settle(frame)
      for (const [start, listener] of listeners) {
        if (frame.startsWith(start)) listener(frame.slice(start.length, -1))
      }
    })
  })

  function settle(frame: string): void {
    const start = frame.indexOf('[')
    const id = Number(frame.slice(2, start))
    waiting.get(id)?.(frame.slice(start))
    waiting.delete(id)
  }
}
