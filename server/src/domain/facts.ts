// What is stored about a representative. Discriminated unions: an impossible combination cannot be written.
// Instants are milliseconds since 1970 by the store's clock. Absent values are `null`, never left out, so that
// two equal facts are equal as JSON.

import type { ActorKind, Base, Origin, WorkState } from '@rollcall/shared/vocabulary'

/** Who did something. `name` is what others are shown; the system's id is `rollcall`. */
export interface Actor {
  readonly kind: ActorKind
  readonly id: string
  readonly name: string
}

export const SYSTEM: Actor = { kind: 'system', id: 'rollcall', name: 'Rollcall' }

/** One signed-in tab. `incarnation` names the life of the server process that holds its socket. */
export interface Connection {
  readonly connectionId: string
  readonly incarnation: string
  readonly at: number
}

/**
 * What presenceOf answered last: kept for `since`, for history, and to know what an absence covers.
 * `by` is set for choices made by somebody else (MA5).
 */
export interface Shown {
  readonly statusId: string
  readonly text: string
  readonly base: Base
  readonly origin: Origin
  readonly by: Actor | null
  readonly note: string | null
  readonly expiresAt: number | null
  readonly since: number
}

/** Why somebody is absent: an ordinary disconnection, a sign-out that restores (DI8), or a crash of the server. */
export type AbsenceReason = 'disconnected' | 'signed-out' | 'node-lost' | 'server-down'

export type Link =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'present'; readonly connections: readonly Connection[] }
  /** DI7: the node stops as planned; presence stays as it is up to and including `until`. */
  | {
      readonly kind: 'handover'
      readonly since: number
      readonly until: number
      readonly restoreUntil: number
      readonly connections: readonly Connection[]
    }
  /** DI1: restorable up to and including `until` (DI2). `before` is what was shown when the absence began. */
  | {
      readonly kind: 'absent'
      readonly since: number
      readonly until: number
      readonly reason: AbsenceReason
      readonly before: Shown
    }

export type HoldReason = 'missed' | 'rejected' | 'session-limit'

/** What stands above the capacity result now. */
export type Stance =
  | { readonly kind: 'none' }
  | { readonly kind: 'default'; readonly statusId: string; readonly at: number }
  | {
      readonly kind: 'choice'
      readonly statusId: string
      readonly by: Actor
      readonly at: number
      /** First instant at which the choice no longer stands (MA6). */
      readonly until: number | null
      readonly note: string | null
    }
  | {
      readonly kind: 'hold'
      readonly why: HoldReason
      readonly at: number
      readonly workItemId: string | null
    }

/** MA7: a choice that waits for the end of the active work. */
export interface NextChoice {
  readonly statusId: string
  readonly by: Actor
  readonly at: number
  readonly forMs: number | null
  readonly note: string | null
}

/** What an item takes. A dimension of cost 0 is one the work does not cost. Each profile costs one. */
export interface Cost {
  readonly units: number
  readonly profiles: readonly string[]
}

export type Attributes = Readonly<Record<string, unknown>>

/** An item as its holder carries it: `offered` reserves, `active` consumes, `wrap-up` consumes while it holds capacity. */
export interface HeldItem {
  readonly workItemId: string
  readonly workstreamId: string
  readonly queueId: string
  readonly state: Extract<WorkState, 'offered' | 'active' | 'waiting' | 'wrap-up'>
  readonly cost: Cost
  readonly attributes: Attributes
  readonly since: number
  /** Wrap-up only: still takes capacity (CA8). */
  readonly holdsCapacity: boolean
  /** Wrap-up with a time (CA8): first instant at which its capacity is free. */
  readonly capacityUntil: number | null
  /** Offered only: first instant at which the offer is missed (NO1). */
  readonly expiresAt: number | null
  /** Rollcall chose the holder, rather than a service's report (WK7). */
  readonly routed: boolean
  /** CA6: open when the day of one of its profiles ended: it takes room, and counts for presence no longer. */
  readonly overReset: boolean
  /** WK8: nobody has reported anything about it for longer than the policy says. */
  readonly stale: boolean
  /** WK8: first instant at which it is stale, if it is not touched before; null: never, or it is already. */
  readonly staleAt: number | null
}

/** CA6: what closed items of an end-of-day profile consume on the day that ends at `resetsAt`. */
export interface Tally {
  /** The local date of that end. */
  readonly localDate: string
  readonly used: number
  /** First instant at which nothing of it counts; null: that day has ended, and no other has begun. */
  readonly resetsAt: number | null
}

/** CA5: the limits that the capacity result was last calculated with, so that a change of them is seen as one. */
export interface Limits {
  readonly units: number | null
  readonly profiles: Readonly<Record<string, { readonly limit: number; readonly blocking: boolean }>>
}

export interface ProfileUse {
  readonly limit: number
  readonly used: number
  readonly reserved: number
  readonly blocking: boolean
}

export interface Capacity {
  /** null: units are not configured for her, so they are no dimension of hers (CA3). */
  readonly units: { readonly total: number; readonly used: number; readonly reserved: number } | null
  /** Of the profiles she holds. */
  readonly profiles: Readonly<Record<string, ProfileUse>>
  readonly sessions: { readonly open: number; readonly reserved: number; readonly limit: number }
}

/** A status as it is told beside the one that is shown. */
export interface Brief {
  readonly statusId: string
  readonly text: string
  readonly base: Base
}

/**
 * What the view says beside facts and `shown`, and the configuration has a part in. Kept, so that a change of it is seen
 * as one whenever she is looked at again, and a revision never means two pictures (PO1).
 */
export interface Told {
  readonly overdueAt: number | null
  readonly next: Brief | null
  readonly behind: Brief | null
  readonly capacity: Capacity
  /** Of what she is offered, in its order (NO5). */
  readonly offers: readonly { readonly rejectable: boolean; readonly missedCounts: boolean }[]
}

export interface Profile {
  readonly name: string
  readonly queues: readonly string[]
  readonly defaultStatusId: string | null
  readonly capacity: {
    readonly units: number | null
    readonly profiles: Readonly<Record<string, number | null>>
  }
  readonly attributes: Attributes
}

/** EX1: why a stored change happened. `inputs` are those of the rule that decided. */
export interface Cause {
  readonly event: string
  readonly actor: { readonly kind: ActorKind; readonly id: string }
  readonly rule: string
  readonly inputs: Readonly<Record<string, unknown>>
}

/** EX2: a presence that was put an end to: what was shown by it, by which rule, from when on, and who chose it. */
export interface Overridden {
  readonly statusId: string
  readonly rule: string
  readonly at: number
  readonly by: Actor | null
}

/**
 * EX2: what ended when her stance, or without one the capacity result, began to answer. `shows`: what it began to show;
 * a capacity result that shows something else has put an end to nothing.
 */
export interface Replaced {
  readonly shows: string
  readonly what: readonly Overridden[]
}

export type NoticeKind = HoldReason | 'changed-by'

/** Something she must be told once (NO7, MA5); kept until seen, at most 50, 24 h. */
export interface Notice {
  readonly id: string
  readonly at: number
  readonly kind: NoticeKind
  readonly presence: { readonly statusId: string; readonly text: string; readonly base: Base }
  readonly by: Actor | null
  readonly workItemId: string | null
  readonly workstreamId: string | null
  readonly attributes: Attributes | null
}

/** All that is stored about a representative. `revision` is 0 before the first commit and rises by one with each. */
export interface Facts {
  readonly tenant: string
  readonly representativeId: string
  readonly revision: number
  readonly profile: Profile
  readonly link: Link
  readonly stance: Stance
  readonly next: NextChoice | null
  readonly work: readonly HeldItem[]
  readonly tallies: Readonly<Record<string, Tally>>
  /** WK7: first instant at which work that she left lying is queued again; set when an absence begins, null while she is there. */
  readonly releaseAt: number | null
  readonly limits: Limits
  readonly notices: readonly Notice[]
  readonly replaced: Replaced | null
  readonly shown: Shown
  /** null: not told yet, or by a version of Rollcall that did not keep it. */
  readonly told: Told | null
  readonly cause: Cause
  /** Version of the configuration that `shown` was answered by (PO1). */
  readonly configurationVersion: number
}
