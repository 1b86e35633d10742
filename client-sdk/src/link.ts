// One connection, from its handshake to its end. A new connection is a new socket: nothing of the old one, be it
// a buffer, an acknowledgement or a late event, can reach it (DI9).
import type {
  CommandData,
  CommandName,
  MessageName,
  MessagePayload,
  Reply,
  WireError,
} from '@rollcall/shared'
import { io } from 'socket.io-client'

export type Ready = MessagePayload<'ready'>
export type Message = {
  [Name in MessageName]: { readonly name: Name; readonly payload: MessagePayload<Name> }
}[MessageName]

/** Why a connection ended. */
export interface Closed {
  /** Refused at the handshake, ended with a word of the server, or without one. */
  readonly how: 'refused' | 'bye' | 'lost'
  /** What the server said; empty when lost. */
  readonly code: string
  readonly message: string
  readonly details?: WireError['details']
}

export interface Link {
  /** Hands a command to the network now. False: it can't, and nothing of the command was kept. */
  send<Name extends CommandName>(
    name: Name,
    payload: object,
    reply: (answer: Reply<CommandData<Name>>) => void,
  ): boolean
  /** Ends it without a word to its listener. */
  close(): void
}

export interface LinkListener {
  ready(ready: Ready): void
  /** Every message after `ready`, in the order of the server. */
  message(message: Message): void
  /** The server's heartbeat. */
  ping(): void
  /** Once, unless `close()` came first. */
  closed(why: Closed): void
}

export interface LinkOptions {
  readonly url: string
  readonly path: string
  readonly auth: { readonly token: string; readonly signIn: boolean }
}

export function openLink({ url, path, auth }: LinkOptions, listener: LinkListener): Link {
  const socket = io(url, {
    path,
    auth,
    transports: ['websocket'],
    forceNew: true,
    // Connecting again is decided in connection.ts, which knows drains, wake-ups and verdicts.
    reconnection: false,
    autoConnect: false,
  })
  let closed = false

  const finish = (why?: Closed): void => {
    if (closed) return
    closed = true
    socket.disconnect()
    if (why) listener.closed(why)
  }
  const lost = (message: string): void => finish({ how: 'lost', code: '', message })

  socket.onAny((name: MessageName, payload: unknown) => {
    if (closed) return
    const received = { name, payload } as Message
    if (received.name === 'ready') listener.ready(received.payload)
    else if (received.name === 'bye') finish({ how: 'bye', ...received.payload })
    else listener.message(received)
  })
  socket.on('connect_error', error => {
    // Only a refusal of the server carries its error object.
    const { data } = error as { readonly data?: WireError }
    if (data?.code) finish({ how: 'refused', ...data })
    else lost(error.message)
  })
  socket.on('disconnect', lost)
  socket.io.on('ping', listener.ping)
  socket.connect()

  return {
    send(name, payload, reply) {
      if (!socket.connected) return false
      socket.emit(name, payload, reply)
      // When the heartbeat is overdue, socket.io keeps what is emitted and would send it whenever it connects
      // again. A command must not arrive late: what was kept is dropped here.
      return socket.sendBuffer.splice(0).length === 0
    },
    close: () => finish(),
  }
}
