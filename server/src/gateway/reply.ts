// From what was thrown to the error object on the wire.

import { ERRORS, type WireError } from '@rollcall/shared'
import { internalFault, isUnavailable, unavailableStore } from '../app/failure.ts'
import { Refused } from '../app/refused.ts'
import type { Logger } from '../telemetry/log.ts'

/** A fault of our own is logged under the incident id that the caller gets. */
export function wireErrorOf(error: unknown, log: Logger): WireError {
  const { code, message, details } = refusedOf(error, log)
  const { retry } = ERRORS[code]
  return details ? { code, message, retry, details } : { code, message, retry }
}

function refusedOf(error: unknown, log: Logger): Refused {
  if (error instanceof Refused) return error
  return isUnavailable(error) ? unavailableStore('commandId') : internalFault(error, 'a command', log)
}
