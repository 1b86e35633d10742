// The use cases of presence: connections, choices, and reading what is shown.

import type {
  ChoiceReply,
  Explanation,
  NoticeView,
  OfferView,
  PresenceOption,
  PresenceView,
  SelfView,
} from '@rollcall/shared'
import type { Base } from '@rollcall/shared/vocabulary'
import type { Principal } from '../principal.ts'
import type { Caller, Page, PageRequest, RefusedItem } from './caller.ts'

export interface Choice {
  readonly representativeId: string
  readonly statusId: string
  readonly when: 'now' | 'after-work'
  readonly forMs: number | null
  readonly note: string | null
  readonly expectedRevision: number | null
}

/** What became of one representative of many; `refused` as an error of that one alone. */
export type OutcomeOfOne =
  | { readonly representativeId: string; readonly outcome: 'updated' | 'queued' | 'reset' }
  | { readonly representativeId: string; readonly refused: RefusedItem }

export interface PresenceQuery extends PageRequest {
  readonly queue?: string
  readonly base?: Base
  readonly status?: string
  readonly ids?: readonly string[]
}

export interface PresenceService {
  /** SI. Creates an unknown representative if the policy says so. `ageMs`: how long ago the socket came, for queued events. */
  connect(
    principal: Principal,
    connectionId: string,
    ageMs: number,
  ): Promise<{ presence: PresenceView; offers: readonly OfferView[]; notices: readonly NoticeView[] }>
  /** DI1. Never refused. */
  disconnect(
    tenant: string,
    representativeId: string,
    connectionId: string,
    reason: string,
    ageMs: number,
  ): Promise<void>
  /** DI8. The transport closes the sockets when the feed shows the sign-out. */
  signOut(caller: Caller): Promise<void>
  self(principal: Principal): SelfView
  /** One view with the details of her work; self, supervisors of her queues, services. */
  get(principal: Principal, representativeId: string): PresenceView
  list(principal: Principal, query: PresenceQuery): Page<PresenceView>
  options(principal: Principal, representativeId: string): Page<PresenceOption>
  choose(caller: Caller, choice: Choice): Promise<ChoiceReply>
  reset(caller: Caller, representativeId: string, expectedRevision: number | null): Promise<PresenceView>
  /** SU7. In the order named, each once; not all or nothing. A key that comes again answers the first outcomes. */
  chooseForMany(
    caller: Caller,
    representativeIds: readonly string[],
    choice: Omit<Choice, 'representativeId' | 'expectedRevision'>,
  ): Promise<readonly OutcomeOfOne[]>
  resetMany(caller: Caller, representativeIds: readonly string[]): Promise<readonly OutcomeOfOne[]>
  cancelNext(caller: Caller, representativeId: string): Promise<PresenceView>
  explain(principal: Principal, representativeId: string, workstreamId: string | null): Promise<Explanation>
  noticeSeen(caller: Caller, noticeId: string): Promise<void>
}
