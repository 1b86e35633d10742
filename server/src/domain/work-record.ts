// The record of a work item (WK2): index, waiting queue and, for 24 h, tombstone in one; and what can be
// reported about it.

import type { WorkState } from '@rollcall/shared/vocabulary'
import type { Actor, Attributes, Cause, Cost } from './facts.ts'

export interface WorkItem {
  readonly tenant: string
  readonly workItemId: string
  readonly revision: number
  readonly workstreamId: string
  readonly queueId: string
  readonly state: WorkState
  /** With whom it is active, waiting or in wrap-up; kept when closed. */
  readonly representativeId: string | null
  /** To whom it is offered; with TR4 beside a holder. */
  readonly offeredTo: string | null
  readonly cost: Cost
  readonly priority: number
  readonly attributes: Attributes
  readonly since: number
  readonly queuedAt: number | null
  /** Who declined it how often (RO6). */
  readonly declines: Readonly<Record<string, number>>
  readonly routed: boolean
  /** Last report that changed it. */
  readonly touchedAt: number
  readonly closedAt: number | null
  /** CA6: who closed it, and on which day each of its profiles counts it for them. Left out: for nobody. */
  readonly tallied?: Readonly<Record<string, TallyDates>>
  readonly cause: Cause
}

/** The local date of the day that counts a closed item, by profile. */
export type TallyDates = Readonly<Record<string, string>>

export type TransferTarget =
  | { readonly kind: 'representative'; readonly id: string }
  | { readonly kind: 'queue'; readonly id: string }

/** What is reported about an item: by her SDK, by a service, by a supervisor, or by a deadline. */
export type Report = {
  readonly workItemId: string
  readonly by: Actor
  /** The representative did it, as her SDK or a service says (CA4); `other` is a customer, a timer, a service. */
  readonly doneBy: 'representative' | 'other'
} & (
  | {
      readonly type: 'offer' | 'assign'
      readonly representativeId: string
      readonly workstreamId: string
      readonly cost: Cost | null
      readonly attributes: Attributes | null
      readonly priority: number | null
      readonly force: boolean
      readonly reopen: boolean
    }
  | {
      readonly type: 'accept'
      readonly representativeId: string
      readonly workstreamId: string | null
      readonly attributes: Attributes | null
    }
  | {
      readonly type: 'reject'
      /** In words, up to 200 characters: kept in the cause of the change, the item's and hers. */
      readonly reason?: string
    }
  | { readonly type: 'miss' | 'withdraw' }
  | { readonly type: 'wait' | 'resume' | 'wrap-up' | 'close' | 'release' }
  | { readonly type: 'transfer'; readonly to: TransferTarget; readonly offer: boolean }
)
