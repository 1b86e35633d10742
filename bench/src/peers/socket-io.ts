// What the peers on Socket.IO have in common: the library as Rollcall sets it up, and a line that says where they listen.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { isValid } from './token-check.ts'

/** `BENCH_CHECK_TOKENS=1` adds a token check to the handshake. */
export function startSocketIo(): Server {
  const http = createServer()
  const io = new Server(http, {
    transports: ['websocket'],
    pingInterval: 10_000,
    pingTimeout: 8_000,
    maxHttpBufferSize: 16_384,
    perMessageDeflate: false,
    serveClient: false,
  })
  const { BENCH_CHECK_TOKENS } = process.env
  if (BENCH_CHECK_TOKENS === '1') {
    io.use((socket, next) => {
      const { token } = socket.handshake.auth
      next(isValid(token) ? undefined : new Error('unauthenticated'))
    })
  }
  http.listen(0, '127.0.0.1', () => {
    console.log(`listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`)
  })
  process.on('SIGTERM', () => process.exit(0))
  return io
}
