// Presence on bare `ws`: the state in memory, one encode for each change, one send for each watcher. No heartbeats, no
// acknowledgement by a library, nothing stored.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { createPresences, type PeerChoice } from './presences.ts'

interface Command {
  readonly id: number
  readonly event: string
  readonly payload: PeerChoice
}

const http = createServer()
const server = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 16_384 })
const presences = createPresences()
const watchers = new Set<WebSocket>()

server.on('connection', (socket, request) => {
  const sub = new URL(request.url ?? '/', 'http://peer').searchParams.get('id') ?? 'nobody'
  if (sub.startsWith('rep-')) presences.signIn(sub)
  socket.on('message', data => {
    const { id, event, payload }: Command = JSON.parse(String(data))
    if (event === 'watch') {
      watchers.add(socket)
      return socket.send(JSON.stringify({ ack: id, ok: true, changed: presences.all() }))
    }
    const presence = presences.take(sub, event, payload)
    const changed = JSON.stringify({ changed: [presence] })
    for (const watcher of watchers) watcher.send(changed)
    socket.send(JSON.stringify({ ack: id, ok: true, revision: presence.revision }))
  })
  socket.on('close', () => watchers.delete(socket))
})

http.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`)
})
process.on('SIGTERM', () => process.exit(0))
