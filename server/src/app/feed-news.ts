// Waiting for the feed: who waits for the next commit of a tenant, until when, and how many may.

import type { Clock } from '../clock.ts'
import type { Storage } from '../storage/storage.ts'
import type { Principal } from './principal.ts'
import { Refused } from './refused.ts'

export interface Place {
  /** Resolves at the next commit of the tenant, after `ms`, when nobody wants the answer any more, or at the end. */
  next(ms: number, gone: AbortSignal): Promise<void>
  /** The node stops. */
  isOver(): boolean
  leave(): void
}

export interface News {
  /** Refused: `too-many-requests` with 20 answers to the same person outstanding. */
  takePlace(principal: Principal): Place
  stop(): void
}

/** Each costs a look at every commit of its tenant. */
const OUTSTANDING = 20

export function createNews(storage: Storage, clock: Clock): News {
  const waiting = new Map<string, Set<() => void>>()
  const places = new Map<string, number>()
  let isStopped = false

  const wake = (tenant: string) => {
    for (const wakeOne of [...(waiting.get(tenant) ?? [])]) wakeOne()
  }
  const unsubscribe = storage.feed.subscribe(wake)

  function next(tenant: string, ms: number, gone: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const here = waiting.get(tenant) ?? new Set()
      waiting.set(tenant, here)
      const done = () => {
        cancel()
        gone.removeEventListener('abort', done)
        here.delete(done)
        if (here.size === 0 && waiting.get(tenant) === here) waiting.delete(tenant)
        resolve()
      }
      const cancel = clock.after(ms, done)
      gone.addEventListener('abort', done)
      here.add(done)
    })
  }

  return {
    takePlace({ tenant, sub }) {
      const person = `${tenant} ${sub}`
      const taken = places.get(person) ?? 0
      if (taken >= OUTSTANDING) throw tooMany(sub)
      places.set(person, taken + 1)
      return {
        next: (ms, gone) => next(tenant, ms, gone),
        isOver: () => isStopped,
        leave() {
          const left = (places.get(person) ?? 1) - 1
          if (left > 0) places.set(person, left)
          else places.delete(person)
        },
      }
    },
    stop() {
      isStopped = true
      unsubscribe()
      for (const tenant of [...waiting.keys()]) wake(tenant)
    },
  }
}

const tooMany = (sub: string) =>
  new Refused(
    'too-many-requests',
    `${sub} reads the change feed ${OUTSTANDING} times at once already. Read it once, and hand on what it says.`,
    { retryAfterMs: 1_000, limit: OUTSTANDING },
  )
