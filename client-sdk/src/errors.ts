// What a call into the SDK can fail with. Codes of the server pass through; three more are the SDK's own.
import type { ErrorCode, WireError } from '@rollcall/shared'

/**
 * - `not-connected`: there was no connection within the time a command waits for one. Nothing was sent.
 * - `timed-out`: it was sent and not answered in time. It may have been applied: look at the presence.
 * - `ended`: the connection is over for good; `details.reason` says why (see `EndReason`).
 */
export type LocalErrorCode = 'not-connected' | 'timed-out' | 'ended'

/** `code` says what happened, `message` what to do about it, `retry` whether the same call may simply be made again. */
export class RollcallError extends Error {
  override readonly name = 'RollcallError'
  declare readonly code: ErrorCode | LocalErrorCode
  declare readonly retry: boolean
  declare readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode | LocalErrorCode,
    message: string,
    retry = false,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.code = code
    this.retry = retry
    this.details = details
  }
}

export function fromWire(error: WireError): RollcallError {
  return new RollcallError(error.code, error.message, error.retry, error.details)
}

export function notConnected(name: string): RollcallError {
  return new RollcallError('not-connected', `${name} was not sent: try again when connected.`, true)
}
