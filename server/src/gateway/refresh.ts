// `token:refresh`: the same person goes on with a newer token, over the same socket.

import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'
import type { Connection } from './connection.ts'

interface Refreshed {
  readonly rearm: (connection: Connection) => void
  /** SU1: what the new token does not grant any more ends. */
  readonly recheckWatch: (connection: Connection) => void
}

/** Throws `forbidden` for somebody else's token or an older one; the present one then stays in force. */
export function renew(connection: Connection, next: Principal, { rearm, recheckWatch }: Refreshed): void {
  const present = connection.principal()
  if (next.tenant !== present.tenant || next.sub !== present.sub) {
    throw new Refused('forbidden', 'The token is of somebody else. Close this socket and connect with it.', {
      needed: { tenant: present.tenant, sub: present.sub },
    })
  }
  if (next.issuedAt < present.issuedAt) {
    throw new Refused('forbidden', 'The token is older than the present one. Fetch a new one.', {
      needed: { issuedAtOrAfter: new Date(present.issuedAt).toISOString() },
    })
  }
  connection.renew(next)
  rearm(connection)
  recheckWatch(connection)
}

/** A signed-in tab whose new token makes its bearer no representative any more has nothing left to be. */
export function closeIfNoRepresentative(connection: Connection): void {
  if (!connection.signedIn || connection.principal().roles.includes('representative')) return
  connection.close(
    { code: 'forbidden', message: 'The new token does not grant the role representative.' },
    'role-lost',
  )
}
