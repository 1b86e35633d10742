import type { ErrorCode } from '@rollcall/shared/vocabulary'

/** A request that is answered with an error of the table in shared/protocol/errors.ts. The message tells the caller what to do. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: ErrorCode, message: string, details?: Readonly<Record<string, unknown>>) {
    super(message)
    this.code = code
    this.details = details
  }
}
