// The use cases of work: offers, assignments, reports and transfers.

import type { PresenceView, WorkItemResource, WorkTarget } from '@rollcall/shared'
import type { Base, WorkState } from '@rollcall/shared/vocabulary'
import type { Principal } from '../principal.ts'
import type { Caller, Page, PageRequest } from './caller.ts'

export interface WorkOffer {
  readonly workItemId: string
  readonly workstreamId: string
  readonly representativeId: string
  readonly state: 'offered' | 'active'
  readonly cost?: { readonly units?: number | undefined; readonly profiles?: readonly string[] | undefined }
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly priority?: number
  readonly force: boolean
  readonly reopen: boolean
  readonly by: 'representative' | 'other'
}

export type WorkReport = 'reject' | 'miss' | 'withdraw' | 'wait' | 'resume' | 'wrap-up' | 'close' | 'release'

/** After a report: the item (null: closed but never heard of), and the view of the representative it was about (null: nobody). */
export interface WorkOutcome {
  readonly item: WorkItemResource | null
  readonly presence: PresenceView | null
}

export interface WorkService {
  /** A service offers or assigns (PUT /work-items/{id}). */
  put(caller: Caller, offer: WorkOffer): Promise<WorkOutcome>
  /** `representativeId` is whose accept it is: the caller's own, or whom a service names by the item's offer. */
  accept(
    caller: Caller,
    input: {
      workItemId: string
      workstreamId: string | null
      attributes: Readonly<Record<string, unknown>> | null
      by: 'representative' | 'other'
    },
  ): Promise<WorkOutcome>
  report(
    caller: Caller,
    report: WorkReport,
    /** `reason`: of a rejection, up to 200 characters. */
    input: { workItemId: string; by: 'representative' | 'other'; reason?: string },
  ): Promise<WorkOutcome>
  transfer(
    caller: Caller,
    input: { workItemId: string; to: WorkTarget; offer: boolean; by: 'representative' | 'other' },
  ): Promise<WorkOutcome>
  targets(
    principal: Principal,
    workItemId: string,
  ): readonly { representativeId: string; name: string; base: Base; room: number | null }[]
  get(principal: Principal, workItemId: string): WorkItemResource
  list(
    principal: Principal,
    query: PageRequest & { queue?: string; workstream?: string; state?: WorkState; representative?: string },
  ): Page<WorkItemResource>
}
