// The types of Socket.IO, with our events.

import type { ClientToServerEvents, ServerToClientEvents } from '@rollcall/shared'
import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { Principal } from '../app/principal.ts'

/** What the handshake found out. */
export interface Admission {
  readonly principal: Principal
  /** True: this socket is a tab of the representative. False: it only observes and commands. */
  readonly signIn: boolean
}

interface SocketData {
  admission?: Admission
}

export type GatewayServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>
export type GatewaySocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>

/**
 * Frames that wait in this server's memory because the client does not read. The buffer of `ws` says nothing of it
 * (it stays at some 36 KB); Engine.IO's own is not public, but the only place that knows.
 */
export function framesWaiting(socket: GatewaySocket): number {
  const buffer: unknown = Reflect.get(socket.conn, 'writeBuffer')
  return Array.isArray(buffer) ? buffer.length : 0
}
