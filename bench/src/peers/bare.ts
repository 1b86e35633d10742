// A bare Socket.IO server whose handlers only acknowledge. It stores nothing, checks nothing but perhaps a token, and
// tells nobody: the floor that any server on this library stands on.

import { startSocketIo } from './socket-io.ts'

startSocketIo().on('connection', socket => {
  for (const event of ['presence:set', 'work:accept', 'work:close']) {
    socket.on(event, (_payload: unknown, reply: (answer: unknown) => void) => reply({ ok: true, data: null }))
  }
})
