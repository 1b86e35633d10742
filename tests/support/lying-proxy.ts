// A proxy in front of a real server that changes what the server says: what a checker must notice.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'

/** What reaches the client instead of a frame of the server; null: nothing does. */
export type Twist = (frame: string) => string | null

export interface LyingProxy {
  readonly url: string
  close(): Promise<void>
}

export async function startLyingProxy(target: string, twist: Twist): Promise<LyingProxy> {
  const http = createServer((request, response) => void passOn(target, request, response))
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
  sockets.on('connection', (client, request) => {
    const server = new WebSocket(`${target.replace(/^http/, 'ws')}${request.url}`)
    const early: string[] = []
    client.on('message', data => {
      if (server.readyState === WebSocket.OPEN) server.send(String(data))
      else early.push(String(data))
    })
    server.on('open', () => early.forEach(frame => void server.send(frame)))
    server.on('message', data => {
      const frame = twist(String(data))
      if (frame !== null) client.send(frame)
    })
    server.on('error', () => client.terminate())
    server.on('close', () => client.close())
    client.on('close', () => server.terminate())
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  if (!address || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      for (const client of sockets.clients) client.terminate()
      return new Promise(resolve => {
        http.close(() => resolve())
        http.closeAllConnections()
      })
    },
  }
}

async function passOn(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { authorization = '' } = request.headers
  const answer = await fetch(`${target}${request.url}`, { headers: { authorization } })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
  response.end(await answer.text())
}
