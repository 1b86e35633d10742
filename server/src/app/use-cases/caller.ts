// Who calls a use case, how long answers come in pages, and how one of many is refused.

import type { Refusal } from '../../domain/outcome.ts'
import type { Principal } from '../principal.ts'

/** Who asks, and the key under which a repeated command changes nothing. */
export interface Caller {
  readonly principal: Principal
  /** `fingerprint` is a hash of the command's name and body. */
  readonly commandKey?: { readonly key: string; readonly fingerprint: string }
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string
}

/** The refusal of one of many, where the others go on. */
export type RefusedItem = Pick<Refusal, 'code' | 'message' | 'details'>
