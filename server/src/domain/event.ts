// What can happen to a representative: facts reported, in the past tense. Work arrives here only after
// `decideItem` has said what becomes of the item.

import type { Actor, Connection, HeldItem, HoldReason, Profile } from './facts.ts'
import type { TallyDates } from './work-record.ts'

export type Event =
  /** She was created: by her first sign-in, or by an administrator. */
  | { readonly type: 'created'; readonly by: Actor }
  /** A tab signed in (SI). Never refused: a connection is evidence, not a request. */
  | { readonly type: 'connected'; readonly connection: Connection; readonly by: Actor }
  /** A socket closed, whatever the cause (DI1). Of an unknown connection: nothing (DI9). */
  | { readonly type: 'disconnected'; readonly connectionId: string; readonly reason: string }
  /** DI8: all her connections end. */
  | { readonly type: 'signed-out'; readonly by: Actor }
  /**
   * DI6: a server process died with all its connections. `server-down`: the only process did. `restoreFrom`: the
   * restore window counts from then, later than the absence, because nobody could come back before.
   */
  | {
      readonly type: 'incarnation-ended'
      readonly incarnation: string
      readonly reason: 'node-lost' | 'server-down'
      readonly restoreFrom?: number
    }
  /** DI7: the node of these connections stops as planned. */
  | { readonly type: 'handover-began'; readonly incarnation: string; readonly windowMs: number }
  | {
      readonly type: 'presence-chosen'
      readonly statusId: string
      readonly by: Actor
      readonly when: 'now' | 'after-work'
      readonly forMs: number | null
      readonly note: string | null
      readonly expectedRevision: number | null
    }
  | { readonly type: 'presence-reset'; readonly by: Actor; readonly expectedRevision: number | null }
  | { readonly type: 'next-cancelled'; readonly by: Actor }
  | { readonly type: 'notice-seen'; readonly noticeId: string; readonly by: Actor }
  /** An item of hers began, changed state or left. See `WorkChange`. */
  | { readonly type: 'work-changed'; readonly change: WorkChange; readonly by: Actor }
  /** Her name, queues, default, capacity or attributes were changed. */
  | { readonly type: 'profile-changed'; readonly profile: Profile; readonly by: Actor }
  /** PO1: the configuration is another one. Also what re-evaluation after a crash reports. */
  | { readonly type: 'configuration-changed'; readonly by: Actor }
  /** Nothing but the clock: deadlines that are due take effect (DI10). */
  | { readonly type: 'time-passed' }

/**
 * What became of one item, as its holder sees it: the outcome of `decideItem` applied to her.
 * `before` and `after` are the item in her hands (null: not hers).
 */
export interface WorkChange {
  /** Past tense, as in the cause: `work-accepted`, `work-closed`, `work-transferred` … */
  readonly event: WorkEventName
  readonly workItemId: string
  readonly before: HeldItem | null
  readonly after: HeldItem | null
  /** She did it herself, or a service says that she did (`by: "representative"`): CA4. */
  readonly bySelf: boolean
  /** CA6: the days that count it as closed by her, though she takes it up again now; left out: none. */
  readonly counted?: TallyDates
  /** What the report said beside, for the cause. */
  readonly inputs?: Readonly<Record<string, unknown>>
  /** The hold that this event begins unless a sticky choice stands (NO2, NO3, SE2); null: none. */
  readonly hold: HoldReason | null
}

export type WorkEventName =
  | 'work-offered'
  | 'work-assigned'
  | 'work-accepted'
  | 'work-rejected'
  | 'work-missed'
  | 'work-withdrawn'
  | 'work-waited'
  | 'work-resumed'
  | 'work-wrapped-up'
  | 'work-closed'
  | 'work-released'
  | 'work-transferred'
  /** WK8: a report that changes nothing else. */
  | 'work-touched'
