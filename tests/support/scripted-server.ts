// A real Socket.IO server that says exactly what a test tells it to: it speaks the protocol and knows no rule.
import { createServer } from 'node:http'
import type { CommandName, MessageName, MessagePayload, Reply, WireError } from '@rollcall/shared'
import { Server, type Socket } from 'socket.io'
import { viewOf } from './views.ts'

export interface Received {
  readonly name: CommandName
  readonly payload: Readonly<Record<string, unknown>> & {
    readonly commandId?: unknown
    readonly since?: unknown
    readonly queues?: unknown
  }
  readonly connection: ScriptedConnection
}

export interface ScriptedConnection {
  readonly id: string
  readonly auth: Readonly<Record<string, unknown>>
  isOpen(): boolean
  send<Name extends MessageName>(name: Name, payload: MessagePayload<Name>): void
  /** Closes the transport under the socket, as a stopping node or a broken network does. */
  cut(): void
}

/** What a command is answered; `drop`: never. */
export type Script = (received: Received) => Reply<unknown> | 'drop' | Promise<Reply<unknown>>

export interface ScriptedServer {
  readonly url: string
  /** Every handshake that was accepted, in order. */
  readonly connections: readonly ScriptedConnection[]
  /** Handshakes that reached the server, refused ones too. */
  attempts(): number
  readonly received: readonly Received[]
  /** Commands of one name, in order. */
  of(name: CommandName): readonly Received[]
  latest(): ScriptedConnection
  /** Replaces the answer to a command. Without one: its data is a view. */
  answer(name: CommandName, script: Script): void
  /** Refuses handshakes with this error; null accepts again. */
  refuse(error: WireError | null): void
  /** Cuts everybody and answers no handshake until `up`. */
  down(): void
  up(): void
  /** What the next `ready` messages say besides the usual. */
  ready(changes: Partial<MessagePayload<'ready'>>): void
  close(): Promise<void>
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const http = createServer()
  let accepting = true
  let refusal: WireError | null = null
  let attempts = 0
  let readyChanges: Partial<MessagePayload<'ready'>> = {}
  const connections: ScriptedConnection[] = []
  const received: Received[] = []
  const scripts = new Map<CommandName, Script>()

  const io = new Server(http, {
    transports: ['websocket'],
    allowRequest: (_request, decide) => {
      attempts += 1
      decide(null, accepting)
    },
  })
  io.use((_socket, next) => {
    next(refusal ? Object.assign(new Error(refusal.message), { data: refusal }) : undefined)
  })
  io.on('connection', socket => {
    const connection = scripted(socket, `c${connections.length + 1}`)
    connections.push(connection)
    const { signIn } = socket.handshake.auth
    socket.onAny(
      async (name: CommandName, payload: Received['payload'], reply: (answer: unknown) => void) => {
        const entry = { name, payload, connection }
        received.push(entry)
        const answer = await (scripts.get(name) ?? usual)(entry)
        if (answer !== 'drop') reply(answer)
      },
    )
    connection.send('ready', {
      connectionId: connection.id,
      nodeId: 'n1',
      protocol: 1,
      serverTime: new Date().toISOString(),
      ...(signIn === true && { presence: viewOf('ada'), offers: [], notices: [] }),
      pingInterval: 10_000,
      pingTimeout: 8_000,
      ...readyChanges,
    })
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  if (!address || typeof address === 'string') throw new Error('The scripted server has no port.')

  return {
    url: `http://127.0.0.1:${address.port}`,
    connections,
    attempts: () => attempts,
    received,
    of: name => received.filter(entry => entry.name === name),
    latest() {
      const connection = connections.at(-1)
      if (!connection) throw new Error('Nobody has connected.')
      return connection
    },
    answer: (name, script) => void scripts.set(name, script),
    refuse(error) {
      refusal = error
    },
    down() {
      accepting = false
      for (const connection of connections) connection.cut()
    },
    up() {
      accepting = true
    },
    ready(changes) {
      readyChanges = changes
    },
    close: () => new Promise(resolve => io.close(() => resolve())),
  }
}

export const ok = (data: unknown): Reply<unknown> => ({ ok: true, data })

export const refused = (
  code: WireError['code'],
  more: Partial<WireError> = {},
): Reply<unknown> & { ok: false } => ({
  ok: false,
  error: { code, message: `refused: ${code}`, retry: false, ...more },
})

function usual({ name }: Received): Reply<unknown> {
  if (name === 'presence:set')
    return ok({ outcome: 'updated', presence: viewOf('ada', { revision: 2, statusId: 'away' }) })
  if (name === 'watch') return ok({ kind: 'state', cursor: 'k1', presences: [], removed: [] })
  const nothing =
    name === 'unwatch' || name === 'sign-out' || name === 'notice:seen' || name === 'token:refresh'
  return ok(nothing ? null : viewOf('ada', { revision: 2 }))
}

function scripted(socket: Socket, id: string): ScriptedConnection {
  return {
    id,
    auth: socket.handshake.auth,
    isOpen: () => socket.connected,
    send: (name, payload) => void socket.emit(name, payload),
    cut: () => socket.conn.close(),
  }
}
