// Many things asked in one request: judged slice by slice, each slice one commit, so that nobody else waits longer
// than for a slice. What one of them is refused concerns the others nothing.

import { setImmediate } from 'node:timers/promises'
import type { Refusal } from '../domain/outcome.ts'
import type { Caller, RefusedItem } from './app.ts'
import { type Commit, isRefusal } from './commit.ts'
import type { Draft } from './draft.ts'
import { Refused } from './refused.ts'

/** Judged and stored in about 3 ms. */
const SLICE = 25

export interface Many<Item, Result> {
  readonly caller: Caller
  /** As of `Attempt`. */
  readonly event: string
  readonly items: Iterable<Item>
  /** Pure, may run again; refuses by throwing `Refused` before it changed anything, or with a refusal of the domain. */
  judge(draft: Draft, item: Item): Result | Refusal
}

export type Verdict<Result> = { readonly result: Result } | { readonly refused: RefusedItem }

/**
 * Each item with its verdict, in their order, as its slice becomes durable. Every slice has a command key of its own,
 * made of the caller's: asked again, what was done answers as before, and what was broken off goes on.
 * Errors: `Refused` for the whole (`key-reused`, `unavailable`).
 */
export async function* judgeMany<Item, Result>(
  commit: Commit,
  { caller, event, items, judge }: Many<Item, Result>,
): AsyncGenerator<readonly [Item, Verdict<Result>]> {
  let number = 0
  for (const slice of slicesOf(items)) {
    if (number > 0) await setImmediate()
    const verdicts = await commit<readonly Verdict<Result>[]>({
      tenant: caller.principal.tenant,
      event,
      caller: callerOfSlice(caller, number),
      run: draft => slice.map(item => verdictOf(() => judge(draft, item))),
    })
    for (const [place, item] of slice.entries()) {
      const verdict = verdicts[place]
      if (verdict) yield [item, verdict]
    }
    number += 1
  }
}

function* slicesOf<Item>(items: Iterable<Item>): Iterable<readonly Item[]> {
  let slice: Item[] = []
  for (const item of items) {
    slice.push(item)
    if (slice.length < SLICE) continue
    yield slice
    slice = []
  }
  if (slice.length > 0) yield slice
}

/** The first has the key itself, so that another command under that key is found out. */
function callerOfSlice({ principal, commandKey }: Caller, number: number): Caller {
  if (!commandKey) return { principal }
  const key = number === 0 ? commandKey.key : `${commandKey.key}\n${number}`
  return { principal, commandKey: { ...commandKey, key } }
}

function verdictOf<Result>(judge: () => Result | Refusal): Verdict<Result> {
  try {
    const result = judge()
    return isRefusal(result) ? { refused: refusedItem(result) } : { result }
  } catch (error) {
    if (error instanceof Refused) return { refused: refusedItem(error) }
    throw error
  }
}

function refusedItem({ code, message, details }: RefusedItem | Refused): RefusedItem {
  return details ? { code, message, details } : { code, message }
}
