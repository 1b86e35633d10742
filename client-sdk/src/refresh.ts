// Goes on with a newer token before the old one ends, so that an open connection outlives its token.
import type { Clock } from './clock.ts'
import { timesOf } from './token.ts'

/** 80 % of its life: late enough to be rare, early enough for several tries before the end. */
const AT_SHARE_OF_LIFE = 0.8
/** A token that is not newer, or a try that failed, is no reason to hurry. */
const SHORTEST_WAIT_MS = 1_000
/** Timers of browsers overflow beyond; a token that lives longer is renewed earlier. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

export interface RefreshOptions {
  readonly clock: Clock
  /** Milliseconds since 1970 by the server's clock, against which tokens are dated. */
  readonly serverNow: () => number
  readonly getToken: () => Promise<string>
  /** Hands the newer token to the server. */
  readonly apply: (token: string) => Promise<unknown>
}

/** Starts with the token of the connection. Returns its undo. */
export function keepFresh(first: string, options: RefreshOptions): () => void {
  const { clock, serverNow, getToken, apply } = options
  let cancel: () => void = () => undefined
  let stopped = false

  const plan = (token: string, isNew: boolean): void => {
    const { issuedAt, expiresAt } = timesOf(token)
    const left = expiresAt - serverNow()
    // Without an end (NaN), or past it, there is nothing to keep: then the server says `unauthenticated`, and the next
    // connection asks anew.
    if (stopped || !(left > 0)) return
    const life = expiresAt - (issuedAt || serverNow())
    const wait = isNew ? left - life * (1 - AT_SHARE_OF_LIFE) : left / 2
    const bounded = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, wait))
    cancel = clock.after(bounded, () => void renew(token))
  }

  const renew = async (old: string): Promise<void> => {
    try {
      const token = await getToken()
      if (stopped) return
      await apply(token)
      plan(token, timesOf(token).expiresAt > timesOf(old).expiresAt)
    } catch {
      // The old token still holds; half of its remaining life is left for the next try. If all fail, the server
      // ends the connection with `unauthenticated`, which the application is told.
      plan(old, false)
    }
  }

  plan(first, true)
  return () => {
    stopped = true
    cancel()
  }
}
