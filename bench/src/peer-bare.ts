// The peer of B2: a bare Socket.IO server, same version and settings, whose handler only acknowledges. It stores
// nothing, checks nothing and tells nobody: the floor that any server on this library stands on.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http, {
  transports: ['websocket'],
  pingInterval: 10_000,
  pingTimeout: 8_000,
  maxHttpBufferSize: 16_384,
  perMessageDeflate: false,
  serveClient: false,
})
io.on('connection', socket => {
  socket.on('presence:set', (_payload: unknown, reply: (answer: unknown) => void) =>
    reply({ ok: true, data: null }),
  )
})
http.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`)
})
process.on('SIGTERM', () => io.close(() => process.exit(0)))
