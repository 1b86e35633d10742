// Presence as tutorials of Socket.IO build it: the state in memory, one emit to a room for each change, the whole
// state in one answer to whoever begins to watch. Nothing is stored, and no rule is applied.

import { createPresences, type PeerChoice } from './presences.ts'
import { startSocketIo } from './socket-io.ts'

type Reply = (answer: unknown) => void

const io = startSocketIo()
const presences = createPresences()

io.on('connection', socket => {
  const { token, signIn } = socket.handshake.auth
  const sub = subjectOf(token)
  if (signIn === true) presences.signIn(sub)
  for (const event of ['presence:set', 'work:accept', 'work:close']) {
    socket.on(event, (payload: PeerChoice, reply: Reply) => {
      const presence = presences.take(sub, event, payload)
      io.to('watchers').emit('presence:changed', presence)
      reply({ ok: true, data: presence })
    })
  }
  socket.on('watch', (_payload: unknown, reply: Reply) => {
    socket.join('watchers')
    reply({ ok: true, data: { presences: presences.all() } })
  })
})

/** Without a check, unless BENCH_CHECK_TOKENS made one: what the claim says. */
function subjectOf(token: unknown): string {
  const body = String(token).split('.')[1] ?? ''
  const { sub }: { sub?: string } = JSON.parse(Buffer.from(body, 'base64url').toString())
  return sub ?? 'nobody'
}
