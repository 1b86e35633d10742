// The picture that a node keeps of each tenant, and what it tells from it.

import type { NoticeView, OfferView, PresencePatch, PresenceView, SelfView } from '@rollcall/shared'
import type { FeedPosition } from '../../storage/storage.ts'
import type { Principal } from '../principal.ts'

/** One representative's view changed. `fields` are the top-level fields that did; null: the view is new, or (view null) gone. */
export interface ViewChange {
  readonly representativeId: string
  readonly view: PresenceView | null
  readonly patch: PresencePatch | null
  /** Queues before and after: a watcher of a queue she left must drop her. */
  readonly queuesBefore: readonly string[]
  readonly queuesAfter: readonly string[]
}

/** The node's picture of each tenant, kept by the feed. */
export interface Replica {
  /** SU1: refuses with `forbidden`, or `not-found` for an unknown queue. */
  checkWatch(principal: Principal, queues: readonly string[] | '*'): void
  /** Everybody in these queues (or all), and the position that this is true at. */
  snapshot(
    tenant: string,
    queues: readonly string[] | '*',
  ): { readonly views: readonly PresenceView[]; readonly position: FeedPosition }
  /**
   * SU2: what changed in these queues after a position: views as they are now, and who is not among them any more.
   * null: that can't be told (another epoch, or too long ago).
   */
  changesSince(
    tenant: string,
    queues: readonly string[] | '*',
    since: FeedPosition,
  ): { readonly views: readonly PresenceView[]; readonly removed: readonly string[] } | null
  position(tenant: string): FeedPosition
  view(tenant: string, representativeId: string): PresenceView | null
  /** Each commit's changes, in feed order, at once after it. Returns its undo. */
  subscribe(
    listener: (tenant: string, changes: readonly ViewChange[], position: FeedPosition) => void,
  ): () => void
}

/** What concerns one representative's own tabs, or everybody's, besides views; from the feed, in order. */
export type Signal =
  | {
      readonly kind: 'self'
      readonly tenant: string
      readonly representativeId: string
      readonly view: SelfView
    }
  | {
      readonly kind: 'notice'
      readonly tenant: string
      readonly representativeId: string
      readonly notice: NoticeView
    }
  | {
      readonly kind: 'offered'
      readonly tenant: string
      readonly representativeId: string
      readonly offer: OfferView
    }
  | {
      readonly kind: 'withdrawn'
      readonly tenant: string
      readonly representativeId: string
      readonly workItemId: string
      readonly reason: string
    }
  | {
      readonly kind: 'transfer-declined'
      readonly tenant: string
      readonly representativeId: string
      readonly workItemId: string
      readonly by: string
    }
  /** She signed out (DI8) or was deleted: close all her sockets, with this bye. */
  | {
      readonly kind: 'ended'
      readonly tenant: string
      readonly representativeId: string
      readonly code: 'signed-out' | 'representative-unknown'
    }
  | { readonly kind: 'configuration'; readonly tenant: string; readonly kinds: readonly string[] }
  | { readonly kind: 'revoked'; readonly tenant: string; readonly sub: string; readonly issuedBefore: number }
