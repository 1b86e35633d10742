import type { Role } from '@rollcall/shared/vocabulary'

/** Who a verified token says its bearer is. Times are ms since 1970. */
export interface Principal {
  readonly tenant: string
  readonly sub: string
  /** Falls back to `sub`. */
  readonly name: string
  readonly roles: readonly Role[]
  /** Membership of a representative; used once, when she is created. null: the token says nothing. */
  readonly queues: readonly string[] | null
  /** Queues a supervisor may watch; `'*'`: all. */
  readonly watches: readonly string[] | '*'
  readonly issuedAt: number
  readonly expiresAt: number
}
