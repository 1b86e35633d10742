// Every error leaves here, as application/problem+json (RFC 9457).

import { ERRORS, type Problem } from '@rollcall/shared'
import type { Response } from 'express'
import type { RefusedItem } from '../app/app.ts'
import { internalFault, isUnavailable, unavailableStore } from '../app/failure.ts'
import { Refused } from '../app/refused.ts'
import type { Logger } from '../telemetry/log.ts'
import { BODY_LIMIT } from './body.ts'

/** Seconds until a store that was away is asked again. */
const RETRY_UNAVAILABLE_S = 2

/** What was thrown, in the words of the error table. A fault of our own is logged under its incident id. */
export function refusedOf(error: unknown, log: Logger): Refused {
  if (error instanceof Refused) return error
  if (isUnavailable(error)) return unavailableStore('Idempotency-Key')
  return fromParser(error) ?? internalFault(error, 'a request', log)
}

export function sendProblem(response: Response, refused: Refused): void {
  const { status, retry, meaning } = ERRORS[refused.code]
  const incident = refused.details?.['incidentId']
  const problem: Problem = {
    type: `/docs#error-${refused.code}`,
    title: meaning,
    status,
    detail: refused.message,
    code: refused.code,
    retry,
    ...(refused.details ? { details: { ...refused.details } } : {}),
    ...(typeof incident === 'string' ? { instance: `urn:uuid:${incident}` } : {}),
  }
  const wait = retryAfter(refused)
  if (wait !== null) response.set('Retry-After', String(wait))
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="rollcall"')
  response.status(status).type('application/problem+json').send(JSON.stringify(problem))
}

/** One of many outcomes, its refusal as an error object. */
export function withError<Outcome extends object>(outcome: Outcome) {
  if (!('refused' in outcome)) return outcome
  const { refused, ...rest } = outcome as { readonly refused: RefusedItem }
  return { ...rest, error: { ...refused, retry: ERRORS[refused.code].retry } }
}

function retryAfter({ code, details }: Refused): number | null {
  const ms = details?.['retryAfterMs']
  if (typeof ms === 'number') return Math.max(1, Math.ceil(ms / 1000))
  if (code === 'too-many-requests') return 1
  return code === 'unavailable' ? RETRY_UNAVAILABLE_S : null
}

/** Errors of Express and body-parser carry a status, and the latter a type. */
function fromParser(error: unknown): Refused | null {
  if (!(error instanceof Error)) return null
  // Not spread: some of them carry their status on the prototype.
  const type = 'type' in error ? error.type : undefined
  const status = 'status' in error ? error.status : undefined
  if (type === 'entity.too.large') {
    const limitBytes = 'limit' in error && typeof error.limit === 'number' ? error.limit : BODY_LIMIT
    return new Refused('payload-too-large', `The body is too large. Send at most ${limitBytes / 1024} KiB.`, {
      limitBytes,
    })
  }
  if (type === 'entity.parse.failed') {
    return new Refused('invalid-message', `The body is not valid JSON: ${error.message}`, { field: '' })
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refused('invalid-message', `The request cannot be read: ${error.message}`)
  }
  return null
}
