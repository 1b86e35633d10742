// What the script can ask for: the acts of a contact center's day, each of one person at one moment.

export type Attributes = { readonly title: string; readonly customer: string }

type NewWork = {
  readonly workItemId: string
  readonly workstreamId: string
  readonly attributes: Attributes
}

export type Act =
  | { readonly kind: 'sign-in' }
  /** Her browser is closed, with all its tabs; how she comes back is another act. */
  | { readonly kind: 'drop' }
  /** Her network goes without a word: no socket is closed, nothing arrives any more. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'return' }
  | { readonly kind: 'sign-out' | 'reload' | 'open-tab' | 'close-tab' }
  /** She takes work by herself: new, or queued. */
  | ({ readonly kind: 'pick' } & NewWork)
  /** A service asks her; `force` without asking for room. */
  | ({ readonly kind: 'offer'; readonly force: boolean } & NewWork)
  | ({ readonly kind: 'assign' } & NewWork)
  /** Her answers to an offer, of a service or (`handedOver`) of a colleague. An offer without one is missed. */
  | { readonly kind: 'answer' | 'reject'; readonly workItemId: string; readonly handedOver: boolean }
  | { readonly kind: 'wait' | 'resume' | 'wrap-up' | 'close'; readonly workItemId: string }
  | {
      readonly kind: 'transfer'
      readonly workItemId: string
      readonly to: { readonly representativeId: string } | { readonly queueId: string }
      readonly offer: boolean
    }
  /** The customer hangs up. */
  | { readonly kind: 'hang-up'; readonly workItemId: string }
  /** The supervisor ends what is stuck: an offer, or work that somebody has. */
  | { readonly kind: 'withdraw' | 'release' | 'take-away'; readonly workItemId: string }
  | {
      readonly kind: 'choose'
      readonly statusId: string
      readonly when: 'now' | 'after-work'
      readonly forMs: number | null
      readonly note: string | null
      /** The supervisor chose it for her. */
      readonly bySupervisor: boolean
    }
  | { readonly kind: 'reset'; readonly bySupervisor: boolean }
  | { readonly kind: 'cancel-next' }
  /** The supervisor, for several in one request (SU7). */
  | { readonly kind: 'choose-many'; readonly ids: readonly string[]; readonly statusId: string }
  | { readonly kind: 'reset-many'; readonly ids: readonly string[] }
  /** The administrator changes something in the middle of the day (PO1). */
  | { readonly kind: 'configure'; readonly change: Change }

export type Change =
  | { readonly what: 'profile'; readonly id: string; readonly limit: number }
  | { readonly what: 'policy'; readonly patch: { readonly sessionLimit: number } }
  /** How many units those who have some may use. */
  | { readonly what: 'units'; readonly ids: readonly string[]; readonly units: number }

export interface Step {
  /** Milliseconds since the beginning of the script; never falls. */
  readonly atMs: number
  readonly playerId: string
  readonly act: Act
}

/** The work item that an act is about, or null. */
export function itemOf(act: Act): string | null {
  return 'workItemId' in act ? act.workItemId : null
}

/** Everybody whose presence the act may change by somebody's decision. */
export function peopleOf({ playerId, act }: Step): readonly string[] {
  return 'ids' in act ? act.ids : [playerId]
}
