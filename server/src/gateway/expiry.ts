// The end of a token is the end of its sockets, to the second (SU1, DI1). A refresh arms anew.

import type { Clock } from '../clock.ts'
import type { Connection } from './connection.ts'

export interface Expiry {
  /** Closes the connection when its present token ends; replaces what was armed before. */
  arm(connection: Connection): void
  disarm(connection: Connection): void
}

/** The longest delay that a timer of Node takes: 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1

/** `now` is the store's time, in ms. */
export function createExpiry(clock: Clock, now: () => number): Expiry {
  const armed = new Map<Connection, () => void>()

  function arm(connection: Connection): void {
    armed.get(connection)?.()
    armed.delete(connection)
    const left = connection.principal().expiresAt - now()
    if (left <= 0) {
      const message = 'The token has expired. Connect again with a new one.'
      connection.close({ code: 'unauthenticated', message }, 'token-expired')
      return
    }
    armed.set(
      connection,
      clock.after(Math.min(left, LONGEST_MS), () => arm(connection)),
    )
  }

  return {
    arm,
    disarm(connection) {
      armed.get(connection)?.()
      armed.delete(connection)
    },
  }
}
