// What was thrown, as far as both transports tell it alike: refusals as they are, a store that is away, and faults of
// our own, which get an incident id that finds them in the log.

import { randomUUID } from 'node:crypto'
import type { Logger } from '../telemetry/log.ts'
import { Refused } from './refused.ts'

/** The store can't be reached: nothing is known of the outcome, and the same command may be sent again. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Refused) return error.code === 'unavailable'
  // By name: transports do not know the storage port.
  return error instanceof Error && error.name === 'StorageUnavailable'
}

/** `key`: how the caller named the command's key, `commandId` or `Idempotency-Key`. */
export function unavailableStore(key: string): Refused {
  return new Refused('unavailable', `The store cannot be reached. Try again with the same ${key}.`)
}

/** Logs the fault; `what` failed, for the log. */
export function internalFault(error: unknown, what: string, log: Logger): Refused {
  const incidentId = randomUUID()
  log.error({ err: error, incidentId }, `${what} failed`)
  return new Refused('internal', `Something went wrong here. Report the incident ${incidentId}.`, {
    incidentId,
  })
}
