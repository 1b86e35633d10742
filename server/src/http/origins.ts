// CORS for the listed origins, and nothing at all for the others; their writes are refused even unasked.

import type { RequestHandler } from 'express'
import { Refused } from '../app/refused.ts'
import type { Origins } from '../auth/origins.ts'

const METHODS = 'GET, HEAD, PUT, POST, PATCH, DELETE'
const REQUEST_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match'
const RESPONSE_HEADERS = 'ETag, Location, Retry-After, Rollcall-Cursor'
const READS = ['GET', 'HEAD', 'OPTIONS']
/** Seconds for which a browser keeps a preflight's answer. */
const PREFLIGHT_S = '600'

export function createOriginGuard(origins: Origins): RequestHandler {
  return (request, response, next) => {
    const { origin, host } = request.headers
    response.vary('Origin')
    if (origin === undefined) return next()

    const preflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (!origins.allows({ origin, host })) {
      if (READS.includes(request.method) && !preflight) return next()
      throw new Refused(
        'forbidden',
        `Pages of ${origin.slice(0, 200)} may not call this server. Its operator can add them to ROLLCALL_ALLOWED_ORIGINS.`,
        { needed: { origin: 'listed' } },
      )
    }
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': RESPONSE_HEADERS,
      // A listed page of another site reads the answers; helmet's default would keep them from it.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    })
    if (!preflight) return next()
    response
      .set({
        'Access-Control-Allow-Methods': METHODS,
        'Access-Control-Allow-Headers': REQUEST_HEADERS,
        'Access-Control-Max-Age': PREFLIGHT_S,
      })
      .status(204)
      .end()
  }
}
