// The life of one socket: register, ready, commands, unregister, in this order whatever happens in between.

import { randomUUID } from 'node:crypto'
import { PROTOCOL_VERSION } from '@rollcall/shared'
import type { App } from '../app/app.ts'
import { isUnavailable } from '../app/failure.ts'
import type { Principal } from '../app/principal.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../telemetry/log.ts'
import { disconnectReason } from './disconnect-reasons.ts'
import { wireErrorOf } from './reply.ts'
import { roomOfRepresentative } from './rooms.ts'
import { createSerialQueue } from './serial-queue.ts'
import type { GatewaySettings } from './settings.ts'
import type { Admission, GatewaySocket } from './socket.ts'

export interface Bye {
  readonly code: string
  readonly message: string
}

export interface Connection {
  readonly id: string
  readonly socket: GatewaySocket
  readonly signedIn: boolean
  /** The present one: `token:refresh` replaces it. */
  principal(): Principal
  renew(principal: Principal): void
  /** False from the moment it ends, before Socket.IO knows. */
  isOpen(): boolean
  /** True once `ready` was sent: nothing but `bye` goes before it. */
  isReady(): boolean
  /** Runs after everything this socket asked for before; not at all if it has ended by then. */
  inTurn(task: () => Promise<void> | void): void
  /** Says why and closes. A client may come back, except after its own sign-out. */
  close(bye: Bye, reason: string): void
  /** The same, after the commands before it have been answered. */
  closeInTurn(bye: Bye, reason: string): void
  /** Resolves when nothing of it is under way any more. */
  settled(): Promise<void>
}

export interface ConnectionContext {
  readonly app: App
  readonly clock: Clock
  readonly log: Logger
  readonly nodeId: string
  readonly settings: GatewaySettings
  /** The store's time, in ms. */
  readonly now: () => number
  /** Called once, when a connection has ended, before it is unregistered. */
  readonly onEnd: (connection: Connection) => void
}

/** A client that does not read would hold its transport for 30 s more. ms. */
const CLOSE_MS = 1_000

/** Pauses between two attempts to unregister while the store is away, in ms. */
const RETRY_FIRST_MS = 250
const RETRY_LAST_MS = 4_000

export function openConnection(
  socket: GatewaySocket,
  { principal: admitted, signIn }: Admission,
  context: ConnectionContext,
): Connection {
  const { app, clock, log, nodeId, settings, now, onEnd } = context
  const id = randomUUID()
  const cameAt = clock.elapsed()
  const queue = createSerialQueue()
  const { tenant, sub } = admitted
  let principal = admitted
  let open = true
  let ready = false
  let registering = false

  const connection: Connection = {
    id,
    socket,
    signedIn: signIn,
    principal: () => principal,
    renew(next) {
      principal = next
    },
    isOpen: () => open,
    isReady: () => ready && open,
    inTurn(task) {
      queue.run(() => (open ? task() : undefined))
    },
    close(bye, reason) {
      if (!open) return
      socket.emit('bye', bye)
      end(reason)
      socket.conn.close()
      clock.after(CLOSE_MS, () => socket.request.socket.destroy())
    },
    closeInTurn(bye, reason) {
      connection.inTurn(() => connection.close(bye, reason))
    },
    settled: queue.settled,
  }

  socket.on('disconnect', reason => {
    end(disconnectReason(reason))
    // A client that left the namespace only would keep the transport, and its place, for nothing.
    socket.conn.close()
  })
  connection.inTurn(register)
  return connection

  async function register(): Promise<void> {
    if (!signIn) {
      socket.emit('ready', greeting())
      ready = true
      return
    }
    registering = true
    try {
      const registered = await app.presence.connect(principal, id, clock.elapsed() - cameAt)
      // Closed meanwhile: the unregistration stands next in the queue.
      if (!open) return
      welcome(registered)
    } catch (error) {
      const { code, message } = wireErrorOf(error, log)
      connection.close({ code, message }, 'not-registered')
    }
  }

  /** Synchronous from the last look at the replica to the joined room, so that no change falls in between. */
  function welcome(registered: Awaited<ReturnType<App['presence']['connect']>>): void {
    const { offers, notices, ...presence } = app.presence.self(principal)
    const latest =
      presence.revision >= registered.presence.revision ? { presence, offers, notices } : registered
    socket.emit('ready', {
      ...greeting(),
      presence: latest.presence,
      offers: [...latest.offers],
      notices: [...latest.notices],
    })
    ready = true
    socket.join(roomOfRepresentative(tenant, sub))
  }

  function greeting() {
    const { pingInterval, pingTimeout } = settings
    const serverTime = new Date(now()).toISOString()
    return { connectionId: id, nodeId, protocol: PROTOCOL_VERSION, serverTime, pingInterval, pingTimeout }
  }

  function end(reason: string): void {
    if (!open) return
    open = false
    log.debug({ tenant, sub, connectionId: id, signedIn: signIn, reason }, 'connection ended')
    onEnd(connection)
    const endedAt = clock.elapsed()
    queue.run(() => (registering ? unregister(reason, endedAt) : undefined))
  }

  /** DI1, DI9: names this connection and no other. News that had to wait carries its age. */
  async function unregister(reason: string, endedAt: number): Promise<void> {
    for (let pause = RETRY_FIRST_MS; ; pause = Math.min(pause * 2, RETRY_LAST_MS)) {
      try {
        return await app.presence.disconnect(tenant, sub, id, reason, clock.elapsed() - endedAt)
      } catch (error) {
        if (!isUnavailable(error)) {
          log.error({ err: error, tenant, sub, connectionId: id }, 'a connection could not be unregistered')
          return
        }
      }
      await new Promise<void>(resolve => clock.after(pause, resolve))
    }
  }
}
