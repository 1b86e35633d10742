// Who may come in. Without an effect on anything stored: if the transport closes while this waits, Socket.IO calls
// neither `connection` nor `disconnect`.

import { z } from 'zod'
import type { App } from '../app/app.ts'
import { invalidMessage } from '../app/invalid-message.ts'
import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Limits } from '../auth/limits.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { wireErrorOf } from './reply.ts'
import type { Admission, GatewaySocket } from './socket.ts'

interface HandshakeContext {
  readonly app: App
  readonly authenticator: Authenticator
  readonly limits: Limits
  readonly metrics: Metrics
  readonly log: Logger
  /** True while this node stops. */
  readonly isStopping: () => boolean
}

const auth = z.strictObject({ token: z.string(), signIn: z.boolean().optional() })

/** A middleware: leaves the admission in `socket.data`, or refuses with a `connect_error` whose data is the error object. */
export function createHandshake(context: HandshakeContext) {
  const { log, metrics } = context
  const tried = new WeakSet<GatewaySocket['conn']>()
  return async (socket: GatewaySocket, next: (error?: Error) => void): Promise<void> => {
    try {
      // Socket.IO makes a socket of each CONNECT that comes while the first still waits here.
      if (tried.has(socket.conn)) throw secondConnect()
      tried.add(socket.conn)
      const admission = await admit(socket, context)
      socket.data.admission = admission
      next()
    } catch (error) {
      const data = wireErrorOf(error, log)
      metrics.refusals.inc({ transport: 'socket', code: data.code })
      next(Object.assign(new Error(data.message), { data }))
      // Behind the answer: one transport is one attempt.
      setImmediate(() => socket.conn.close())
    }
  }
}

function secondConnect(): Refused {
  return new Refused(
    'invalid-message',
    'One connection carries one socket. Open another connection for another tab.',
    { field: '' },
  )
}

async function admit(socket: GatewaySocket, context: HandshakeContext): Promise<Admission> {
  const { app, authenticator, limits, isStopping } = context
  if (isStopping()) throw new Refused('unavailable', 'This server is stopping. Connect again.')
  const said: { readonly token?: unknown } = socket.handshake.auth
  const principal = await bearerOf(said.token, authenticator, app)
  const shape = auth.safeParse(said)
  if (!shape.success) throw invalidMessage(shape.error)
  const signIn = shape.data.signIn ?? false
  if (signIn && !principal.roles.includes('representative')) {
    throw new Refused(
      'forbidden',
      'Only a representative signs in. Leave out signIn to observe and command.',
      {
        needed: { roles: ['representative'] },
      },
    )
  }
  await limits.admitConnect(principal)
  if (signIn) takePlace(socket, principal, limits)
  return { principal, signIn }
}

/** Also for `token:refresh`. Rejects with `unauthenticated`. */
export async function bearerOf(token: unknown, authenticator: Authenticator, app: App): Promise<Principal> {
  if (typeof token !== 'string' || token === '') {
    throw new Refused('unauthenticated', 'There is no token. Send one in the handshake, as auth: { token }.')
  }
  const principal = await authenticator.authenticate(token)
  if (app.revocations.isRevoked(principal)) {
    throw new Refused('unauthenticated', 'The token was revoked. Sign in again.')
  }
  return principal
}

/** The transport's end gives the place back: the only event that always comes. */
function takePlace(socket: GatewaySocket, principal: Principal, limits: Limits): void {
  if (socket.conn.readyState !== 'open')
    throw new Refused('unavailable', 'The connection closed. Connect again.')
  socket.conn.once('close', limits.takeConnection(principal))
}
