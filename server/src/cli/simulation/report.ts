// What became of the acts of a script, for whoever keeps the books.

import type { NoticeView, PresenceView, WorkItemResource } from '@rollcall/shared'
import type { Step } from './acts.ts'

export type Report =
  /**
   * Her connection became live, or is no longer. `ours`: closed here, so that the server hears of it at once.
   * `cut`: its network was taken away here, without a word. `presence`: what came with a new connection.
   */
  | {
      readonly kind: 'link'
      readonly playerId: string
      readonly live: boolean
      readonly ours: boolean
      readonly cut: boolean
      readonly presence: PresenceView | null
    }
  | { readonly kind: 'begun'; readonly step: Step }
  | { readonly kind: 'done'; readonly step: Step; readonly presence: PresenceView | null }
  | { readonly kind: 'refused'; readonly step: Step; readonly error: unknown }
  /** Sent and not answered. About a work item: what the server says of it now (null: it never heard of it). */
  | { readonly kind: 'unknown'; readonly step: Step; readonly found: WorkItemResource | null | undefined }
  /** What one of her tabs shows now. */
  | { readonly kind: 'own-view'; readonly playerId: string; readonly presence: PresenceView }
  /** Each tab is told of each. */
  | { readonly kind: 'notice'; readonly playerId: string; readonly notice: NoticeView }
  /** Of an offer in one of her tabs. `reason`: the server's word, or how she answered. */
  | { readonly kind: 'offer-ended'; readonly playerId: string; readonly reason: string }
  | { readonly kind: 'transfer-declined'; readonly playerId: string }
