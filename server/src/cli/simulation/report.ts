// What became of the acts of a script, for whoever keeps the books.

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import type { Step } from './acts.ts'

export type Report =
  /**
   * Her connection became live, or is no longer. `ours`: closed here, so that the server hears of it at once.
   * `presence`: what came with a new connection.
   */
  | {
      readonly kind: 'link'
      readonly playerId: string
      readonly live: boolean
      readonly ours: boolean
      readonly presence: PresenceView | null
    }
  | { readonly kind: 'begun'; readonly step: Step }
  | { readonly kind: 'done'; readonly step: Step; readonly presence: PresenceView | null }
  | { readonly kind: 'refused'; readonly step: Step; readonly error: unknown }
  /** Sent and not answered. About a work item: what the server says of it now (null: it never heard of it). */
  | { readonly kind: 'unknown'; readonly step: Step; readonly found: WorkItemResource | null | undefined }
  | { readonly kind: 'offer-missed'; readonly playerId: string }
