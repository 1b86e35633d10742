// What goes to a representative's own tabs, and to everybody's, as the feed says it.

import type { MessageName, MessagePayload } from '@rollcall/shared'
import type { Signal } from '../app/app.ts'
import type { Broadcaster } from './broadcaster.ts'
import type { Connection } from './connection.ts'
import type { People } from './people.ts'
import { roomOfRepresentative } from './rooms.ts'
import type { GatewayServer } from './socket.ts'

interface SignalContext {
  readonly io: GatewayServer
  readonly people: People
  readonly broadcaster: Broadcaster
  /** Queues may have gone, or access with them. */
  readonly recheckWatches: (tenant: string) => void
}

export function createSignalListener(context: SignalContext): (signal: Signal) => void {
  const { io, people, broadcaster, recheckWatches } = context

  function tell<Name extends MessageName>(
    { tenant, representativeId }: { readonly tenant: string; readonly representativeId: string },
    name: Name,
    payload: MessagePayload<Name>,
  ): void {
    const room = roomOfRepresentative(tenant, representativeId)
    // Most signals are about somebody of another node: nothing is encoded for an empty room.
    if (!io.of('/').adapter.rooms.has(room)) return
    const local: { emit(name: string, payload: unknown): boolean } = io.local.to(room)
    local.emit(name, payload)
  }

  return signal => {
    const { tenant } = signal
    switch (signal.kind) {
      case 'self':
        return tell(signal, 'presence:self', signal.view)
      case 'notice':
        return tell(signal, 'presence:notice', signal.notice)
      case 'offered':
        return tell(signal, 'work:offered', signal.offer)
      case 'withdrawn':
        return tell(signal, 'work:withdrawn', { workItemId: signal.workItemId, reason: signal.reason })
      case 'transfer-declined': {
        const { kind, workItemId, by } = signal
        return tell(signal, 'work:notice', { kind, workItemId, by })
      }
      case 'ended':
        return people.of(tenant, signal.representativeId).filter(isHers).forEach(closeEnded(signal.code))
      case 'revoked':
        return people.of(tenant, signal.sub).filter(isRevoked(signal.issuedBefore)).forEach(closeRevoked)
      case 'configuration': {
        const targets = people.ofTenant(tenant).map(connection => ({
          socketId: connection.socket.id,
          isWanted: connection.isReady,
        }))
        broadcaster.send(targets, 'configuration:changed', { kinds: [...signal.kinds] })
        if (signal.kinds.includes('queues')) recheckWatches(tenant)
        return
      }
    }
  }
}

/** DI8 ends her tabs, and what else she has open as nothing but a representative; not the board of a supervisor. */
function isHers(connection: Connection): boolean {
  return connection.signedIn || connection.principal().roles.every(role => role === 'representative')
}

const ENDED = {
  'signed-out': 'You signed out. Sign in again when you are back.',
  'representative-unknown': 'This representative was deleted. Ask an administrator.',
}

/** In turn: the tab that asked for the sign-out gets its answer first. */
function closeEnded(code: keyof typeof ENDED): (connection: Connection) => void {
  return connection => connection.closeInTurn({ code, message: ENDED[code] }, code)
}

/** `issuedBefore` is in whole seconds, as `iat` is; equal is revoked. */
function isRevoked(issuedBefore: number): (connection: Connection) => boolean {
  return connection => Math.floor(connection.principal().issuedAt / 1000) <= issuedBefore
}

export function closeRevoked(connection: Connection): void {
  connection.close(
    { code: 'unauthenticated', message: 'The token was revoked. Sign in again.' },
    'token-revoked',
  )
}
