// How much one person may ask of a node. The counts are this node's own: a limit is a guard against loops and
// floods, not a quota, so that nodes need not agree on it.

import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refused } from '../app/refused.ts'
import type { Clock } from '../clock.ts'
import { createTokenBucket } from './token-bucket.ts'

interface Person {
  readonly tenant: string
  readonly sub: string
}

export type FloodVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse' | 'close'; readonly retryAfterMs: number }

/** Every refusal is `too-many-requests` with `details.retryAfterMs`. */
export interface Limits {
  /** False with LIMITS=off. */
  readonly on: boolean
  /** 10 connects a minute and person, and 10 more at once now and then (bursts of 20). */
  admitConnect(person: Person): Promise<void>
  /** 20 signed-in connections per representative. Answers how to give the place back; call it once. */
  takeConnection(person: Person): () => void
  /** 30 of set, reset and cancel-next a minute by a representative. */
  admitPresenceCommand(person: Person): Promise<void>
  /** 60 watches of everybody a minute and person: each costs the whole state. */
  admitWatchOfAll(person: Person): Promise<void>
  /** 60 explanations a minute and person: each tries changes out, for some 10 ms. */
  admitExplanation(person: Person): Promise<void>
  /** One per socket: 20 commands a second, bursts of 100; whoever goes on regardless is to be closed. */
  createFloodGate(): () => FloodVerdict
}

const CONNECTIONS = 20
const CONNECTS = { points: 10, duration: 60 }
/** On top of the ten a minute; comes back after ten minutes. */
const CONNECT_BURST = { points: 10, duration: 600 }
const PRESENCE_COMMANDS = { points: 30, duration: 60 }
/** A screenful of boards of one service may come back at once after a restart. */
const WATCHES_OF_ALL = { points: 60, duration: 60 }
const EXPLANATIONS = { points: 60, duration: 60 }
const FLOOD = { perSecond: 20, burst: 100 }
/** Refused frames that are still answered; more of them, faster than they are forgotten, is no mistake any more. */
const FLOOD_REFUSALS = { perSecond: 10, burst: 200 }

export function createLimits({ on, clock }: { readonly on: boolean; readonly clock: Clock }): Limits {
  if (!on) return UNLIMITED
  const connects = new BurstyRateLimiter(
    new RateLimiterMemory(CONNECTS),
    new RateLimiterMemory({ ...CONNECT_BURST, keyPrefix: 'burst' }),
  )
  const presenceCommands = new RateLimiterMemory(PRESENCE_COMMANDS)
  const watchesOfAll = new RateLimiterMemory(WATCHES_OF_ALL)
  const explanations = new RateLimiterMemory(EXPLANATIONS)
  const open = new Map<string, number>()

  return {
    on: true,
    admitConnect: person => spend(connects, person, 'connects'),
    admitPresenceCommand: person => spend(presenceCommands, person, 'changes of presence'),
    admitWatchOfAll: person => spend(watchesOfAll, person, 'watches of everybody'),
    admitExplanation: person => spend(explanations, person, 'explanations'),
    takeConnection(person) {
      const key = keyOf(person)
      const count = open.get(key) ?? 0
      if (count >= CONNECTIONS) {
        throw new Refused(
          'too-many-requests',
          `${person.sub} has ${CONNECTIONS} connections already. Close a tab, then try again.`,
          { retryAfterMs: 10_000, limit: CONNECTIONS },
        )
      }
      open.set(key, count + 1)
      return () => {
        const left = (open.get(key) ?? 1) - 1
        if (left > 0) open.set(key, left)
        else open.delete(key)
      }
    },
    createFloodGate() {
      const commands = createTokenBucket(FLOOD.perSecond, FLOOD.burst, clock.elapsed)
      const refusals = createTokenBucket(FLOOD_REFUSALS.perSecond, FLOOD_REFUSALS.burst, clock.elapsed)
      return () => {
        const retryAfterMs = commands.take()
        if (retryAfterMs === 0) return PASS
        return { kind: refusals.take() === 0 ? 'refuse' : 'close', retryAfterMs }
      }
    },
  }
}

const PASS: FloodVerdict = { kind: 'pass' }

const UNLIMITED: Limits = {
  on: false,
  admitConnect: async () => {},
  admitPresenceCommand: async () => {},
  admitWatchOfAll: async () => {},
  admitExplanation: async () => {},
  takeConnection: () => () => {},
  createFloodGate: () => () => PASS,
}

async function spend(
  limiter: { consume(key: string): Promise<unknown> },
  person: Person,
  what: string,
): Promise<void> {
  try {
    await limiter.consume(keyOf(person))
  } catch (spent) {
    if (!(spent instanceof RateLimiterRes)) throw spent
    const retryAfterMs = Math.max(1, Math.ceil(spent.msBeforeNext))
    throw new Refused(
      'too-many-requests',
      `Too many ${what} by ${person.sub} in the last minute. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
      { retryAfterMs },
    )
  }
}

/** Ids hold no blank, so that no two people share a key. */
function keyOf({ tenant, sub }: Person): string {
  return `${tenant} ${sub}`
}
