// What the core answers: done, nothing to do, or refused and why. Refusals are values, never exceptions.

import type { ErrorCode } from '@rollcall/shared/vocabulary'
import type { Cause } from './facts.ts'

export type Refusal = {
  readonly kind: 'refused'
  readonly code: ErrorCode
  /** One sentence for the caller: what is wrong and what to do. */
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

export type Outcome =
  /** Facts changed; `cause` says why (EX1). `queued`: a choice became the next presence (MA7). */
  | { readonly kind: 'done'; readonly cause: Cause; readonly queued?: true }
  /** All is as reported already. */
  | { readonly kind: 'nothing' }
  | Refusal

export function refuse(
  code: ErrorCode,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Refusal {
  return details ? { kind: 'refused', code, message, details } : { kind: 'refused', code, message }
}
