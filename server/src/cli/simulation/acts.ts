// What the script can ask for: the acts of a contact center's day, each of one person at one moment.

export type Attributes = { readonly title: string; readonly customer: string }

type NewWork = {
  readonly workItemId: string
  readonly workstreamId: string
  readonly attributes: Attributes
}

export type Act =
  | { readonly kind: 'sign-in' }
  /** The network goes; how it comes back is another act. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'return' }
  | { readonly kind: 'sign-out' }
  /** She takes work by herself: new, or queued. */
  | ({ readonly kind: 'pick' } & NewWork)
  /** A service asks her; `force` without asking for room. */
  | ({ readonly kind: 'offer'; readonly force: boolean } & NewWork)
  | ({ readonly kind: 'assign' } & NewWork)
  /** Her answers to an offer. An offer without one is missed. */
  | { readonly kind: 'answer' | 'reject'; readonly workItemId: string }
  | { readonly kind: 'wait' | 'resume' | 'wrap-up' | 'close'; readonly workItemId: string }
  | {
      readonly kind: 'transfer'
      readonly workItemId: string
      readonly to: { readonly representativeId: string } | { readonly queueId: string }
      readonly offer: boolean
    }
  | {
      readonly kind: 'choose'
      readonly statusId: string
      readonly when: 'now' | 'after-work'
      readonly forMs: number | null
      readonly note: string | null
      /** The supervisor chose it for her. */
      readonly bySupervisor: boolean
    }
  | { readonly kind: 'reset' | 'cancel-next' }

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
