// From what was thrown to the error object on the wire.

import { randomUUID } from 'node:crypto'
import { ERRORS, type WireError } from '@rollcall/shared'
import { Refused } from '../app/refused.ts'
import type { Logger } from '../telemetry/log.ts'

/** A fault of our own is logged under the incident id that the caller gets. */
export function wireErrorOf(error: unknown, log: Logger): WireError {
  const { code, message, details } = refusedOf(error, log)
  const { retry } = ERRORS[code]
  return details ? { code, message, retry, details } : { code, message, retry }
}

/** The store can't be reached: nothing is known of the outcome, and the same command may be sent again. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Refused) return error.code === 'unavailable'
  // By name: transports do not know the storage port.
  return error instanceof Error && error.name === 'StorageUnavailable'
}

function refusedOf(error: unknown, log: Logger): Refused {
  if (error instanceof Refused) return error
  if (isUnavailable(error)) {
    return new Refused('unavailable', 'The store cannot be reached. Try again with the same commandId.')
  }
  const incidentId = randomUUID()
  log.error({ err: error, incidentId }, 'a command failed')
  return new Refused('internal', `Something went wrong here. Report the incident ${incidentId}.`, {
    incidentId,
  })
}
