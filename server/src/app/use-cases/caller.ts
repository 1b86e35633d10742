// Who calls a use case, and how long answers come in pages.

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
