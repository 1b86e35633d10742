// Reading when a token ends. Nothing is verified: that is the server's part; here it only says when to ask for a
// new one.

/** Milliseconds since 1970, by the server's clock; NaN when the token does not say. */
export interface TokenTimes {
  readonly issuedAt: number
  readonly expiresAt: number
}

export function timesOf(token: string): TokenTimes {
  const { iat, exp } = payloadOf(token)
  return { issuedAt: Number(iat) * 1_000, expiresAt: Number(exp) * 1_000 }
}

function payloadOf(token: string): Readonly<Record<string, unknown>> {
  try {
    // Read as Latin-1 although it is UTF-8: what is asked for here is ASCII (numbers), and the JSON stays whole.
    const claims: unknown = JSON.parse(
      atob(token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
    )
    return Object(claims)
  } catch {
    // Not a JWT: an opaque token is used as it is, and never renewed by time.
    return {}
  }
}
