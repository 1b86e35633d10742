// From which web pages a browser may reach this server. CORS does not gate WebSockets, so that the same list
// stands before both transports.

import { isLoopbackHostHeader } from './loopback.ts'

interface OriginHeaders {
  readonly origin?: string | undefined
  readonly host?: string | undefined
}

export interface Origins {
  /**
   * True without an Origin (no browser: tokens are never ambient, so that nothing is gained by leaving it out),
   * for an origin on the list, and for this server's own page on a loopback address.
   */
  allows(headers: OriginHeaders): boolean
}

/** `allowed`: exact origins, `https://desk.example.com`. Throws an Error for what is none. */
export function createOrigins(allowed: readonly string[]): Origins {
  const list = new Set(allowed.map(exactOrigin))
  return {
    allows: headers =>
      headers.origin === undefined || list.has(headers.origin.toLowerCase()) || isOwnLoopbackPage(headers),
  }
}

/** Only on loopback: elsewhere a name that an attacker points at this server would be its "own" page. */
export function isOwnLoopbackPage({ origin, host }: OriginHeaders): boolean {
  if (origin === undefined || host === undefined || !isLoopbackHostHeader(host)) return false
  const scheme = /^https?:\/\//.exec(origin.toLowerCase())
  return scheme !== null && origin.toLowerCase().slice(scheme[0].length) === host.toLowerCase()
}

function exactOrigin(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (origin === 'null' || origin !== text.toLowerCase().replace(/\/$/, '')) {
    throw new Error(
      `"${text}" is no origin. ROLLCALL_ALLOWED_ORIGINS takes scheme, host and port: https://desk.example.com`,
    )
  }
  return origin
}
