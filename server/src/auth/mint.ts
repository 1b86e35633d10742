// Makes a token, for development mode, the command line and tests. In production an identity provider does.

import type { Role } from '@rollcall/shared/vocabulary'
import { secretKey } from './authenticator.ts'
import { signHs256 } from './hs256.ts'

export interface MintOptions {
  /** At least 32 bytes. */
  readonly secret: string
  readonly sub: string
  readonly roles: readonly Role[]
  readonly tenant?: string | undefined
  /** Membership of a representative, used at her first sign-in. */
  readonly queues?: readonly string[] | undefined
  /** Queues a supervisor may watch; `["*"]`: all. */
  readonly watches?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly expiresInSeconds: number
  /** Time of issue in ms since 1970; now, unless given. */
  readonly issuedAt?: number | undefined
}

/** A token under the default claim names. Throws an Error for a secret that is too short. */
export function mintToken({ secret, expiresInSeconds, issuedAt, ...claims }: MintOptions): string {
  const iat = Math.floor((issuedAt ?? Date.now()) / 1000)
  return signHs256({ ...claims, iat, exp: iat + expiresInSeconds }, secretKey(secret))
}
