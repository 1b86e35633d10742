// What a tenant configures, as the rules read it. The same shapes as the resources of the HTTP API, so that
// nothing is translated between them.

import type { Base } from '@rollcall/shared/vocabulary'
import type { Actor } from './facts.ts'

export interface Status {
  readonly id: string
  readonly text: string
  readonly base: Base
  readonly description: string | null
  readonly selectableBy: { readonly representatives: boolean; readonly supervisors: boolean }
  readonly workstreams: readonly string[] | null
  readonly expectedMs: number | null
  readonly standard: boolean
  readonly archived: boolean
}

export interface Queue {
  readonly id: string
  readonly name: string
}

export interface CapacityProfile {
  readonly id: string
  readonly name: string
  readonly limit: number
  readonly blocking: boolean
  readonly reset: 'immediate' | 'end-of-day'
  readonly timeZone: string | null
  readonly endOfDay: string | null
}

export interface Condition {
  readonly attribute: string
  readonly operator: 'equals' | 'not-equals' | 'in' | 'not-in'
  readonly value: string | number | boolean | readonly (string | number | boolean)[]
}

export interface Workstream {
  readonly id: string
  readonly name: string
  readonly channel: 'chat' | 'voice' | 'email' | 'case' | 'other'
  readonly queueId: string
  readonly allowedPresences: readonly string[]
  readonly cost: { readonly units?: number | undefined; readonly profiles?: readonly string[] | undefined }
  readonly assignmentMethod: 'highest-capacity' | 'round-robin' | 'least-active' | 'custom'
  readonly assignmentRules: readonly { readonly conditions: readonly Condition[] }[]
  readonly offerTimeoutMs: number
  readonly rejectable: boolean
  readonly missedCounts: boolean
  readonly opensSession: boolean
  readonly affectsPresence: boolean
  readonly selfAssign: boolean
  readonly wrapUp: 'always' | 'none' | { readonly seconds: number }
}

export interface Policy {
  readonly restoreWindowMs: number
  readonly signOutRestores: boolean
  readonly defaultStatusId: string
  readonly missedSetsInactive: boolean
  readonly rejectedSetsDoNotDisturb: boolean
  readonly sessionLimit: number
  readonly maxDeclines: number
  readonly autoProvision: boolean
  readonly newRepresentativeCapacity: {
    readonly units: number | null
    readonly profiles: Readonly<Record<string, number | null>>
  }
  readonly timeZone: string
  readonly endOfDay: string
  readonly releaseRoutedWork: boolean
  readonly releaseWorkAfterMs: number | null
  readonly staleWorkAfterMs: number | null
  readonly attentionAfterMs: { readonly missed: number; readonly rejected: number; readonly queued: number }
  readonly historyRetentionDays: number | null
}

/** Each kind by id. Plain objects without a prototype, so that the whole is one JSON document. */
export interface Configuration {
  /** Rises by one with every change of anything in it; 0 for a tenant that never configured anything. */
  readonly version: number
  readonly policy: Policy
  readonly statuses: Readonly<Record<string, Status>>
  readonly queues: Readonly<Record<string, Queue>>
  readonly workstreams: Readonly<Record<string, Workstream>>
  readonly profiles: Readonly<Record<string, CapacityProfile>>
  /** Own version of each resource, by `kind:id`: the ETag (PO1). What is missing has version 0. */
  readonly versions: Readonly<Record<string, number>>
  /** Who made the last change that can touch a presence: whoever is judged by it later is changed by them (EX1). */
  readonly changedBy?: Actor
}
