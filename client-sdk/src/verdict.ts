// What the end of a connection means: over for good, or connect again.
import type { Closed } from './link.ts'
import type { EndReason } from './state.ts'

export interface Verdict {
  /** Null: connect again. */
  readonly end: EndReason | null
  /** What was refused was the token: another one is asked for. */
  readonly token: boolean
  readonly atLeastMs: number
}

/**
 * `mayAskAgain`: a token can be asked for, and the one that was refused was not already a second one. A handshake
 * that is refused for its shape or its rights would be refused again; everything else may pass.
 */
export function verdictOn({ how, code, details }: Closed, mayAskAgain: boolean): Verdict {
  const refused = how === 'refused'
  const token = code === 'unauthenticated' || (refused && code === 'forbidden')
  const final =
    code === 'signed-out' || code === 'representative-unknown' || (refused && code === 'invalid-message')
  return {
    end: final || (token && !mayAskAgain) ? (code as EndReason) : null,
    token,
    // `too-many-requests` says when to come back.
    atLeastMs: Number(details?.['retryAfterMs'] ?? 0),
  }
}
