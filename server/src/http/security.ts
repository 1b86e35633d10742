// Headers that every answer carries, and the nonce under which a page of this answer may have styles of its own.

import { randomBytes } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'

/** Pages find their nonce here. */
export const nonceOf = (response: Response): string => String(response.locals['cspNonce'])

/** Nothing from outside, no inline script; inline styles only under the nonce. */
export function createSecurityHeaders(): readonly RequestHandler[] {
  const makeNonce: RequestHandler = (_request, response, next) => {
    response.locals['cspNonce'] = randomBytes(16).toString('base64url')
    next()
  }
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Other services of the operator may stand beside it, without TLS.
    strictTransportSecurity: { includeSubDomains: false },
  })
  return [makeNonce, headers]
}
