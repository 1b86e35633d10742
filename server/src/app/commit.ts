// The one way to write: runs a step on a draft, commits it, and turns the store's answer into a result or a refusal.

import type { Refusal } from '../domain/outcome.ts'
import { type Storage, StorageUnavailable } from '../storage/storage.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Caller } from './app.ts'
import { createDraft, type Draft } from './draft.ts'
import { Refused } from './refused.ts'

export interface Attempt<Result> {
  readonly tenant: string
  /** What happened, in the past tense: the label of the metric. */
  readonly event: string
  /** Whose command it is; its key makes a repeated one change nothing. */
  readonly caller?: Caller
  /**
   * Pure, may run again. Throwing `Refused` stores nothing; returning a refusal of the domain stores what the step
   * settled before it was refused.
   */
  run(draft: Draft): Result | Refusal
  /** What is remembered under the command key: small, and enough for `repeated`. Left out: the result itself. */
  keep?(result: Result): unknown
  /** The result again, from what was kept. Left out: what was kept is the result. */
  repeated?(kept: unknown): Result
}

/** Answers with the result of the step once it is durable. Errors: `Refused`. */
export type Commit = <Result>(attempt: Attempt<Result>) => Promise<Result>

export function createCommit(storage: Storage, metrics: Metrics): Commit {
  return async <Result>(attempt: Attempt<Result>) => {
    const { caller, event } = attempt
    const key = caller?.commandKey
    const updated = await storage
      .update<Result | Refusal>(
        attempt.tenant,
        snapshot => {
          const draft = createDraft(snapshot)
          const result = attempt.run(draft)
          if (!key || isRefusal(result)) return draft.change<Result | Refusal>(result)
          const kept = attempt.keep ? attempt.keep(result) : result
          return draft.change<Result | Refusal>(result, kept ?? null)
        },
        caller && key ? { commandKey: { actor: caller.principal.sub, ...key } } : {},
      )
      .catch(failure => {
        throw failure instanceof StorageUnavailable ? unavailable() : failure
      })

    if (updated.kind === 'key-reused') throw keyReused()
    if (updated.kind === 'repeated')
      return attempt.repeated ? attempt.repeated(updated.kept) : (updated.kept as Result)
    if (updated.seq !== null) metrics.commits.inc({ event })
    if (isRefusal(updated.result)) {
      const { code, message, details } = updated.result
      throw new Refused(code, message, details)
    }
    return updated.result
  }
}

export function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'refused'
}

const unavailable = () =>
  new Refused('unavailable', 'The store does not answer. Try again with the same command key.')

const keyReused = () =>
  new Refused(
    'key-reused',
    'This command key was used with another body in the last 5 minutes. Use a new key for a new command.',
  )
