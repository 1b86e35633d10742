// The use cases, as the two transports (gateway, http) call them. Roles and shapes are checked before; existence,
// reach and state are checked here, in that order. Every method may reject with `Refused`.

import type {
  ChoiceReply,
  Explanation,
  NoticeView,
  OfferView,
  PolicyResource,
  PresenceOption,
  PresencePatch,
  PresenceView,
  ProfileResource,
  QueueResource,
  Representative,
  Revocation,
  SelfView,
  StatusResource,
  WorkItemResource,
  WorkstreamResource,
  WorkTarget,
} from '@rollcall/shared'
import type { Base, WorkState } from '@rollcall/shared/vocabulary'
import type { FeedPosition } from '../storage/storage.ts'
import type { Principal } from './principal.ts'

/** Who asks, and the key under which a repeated command changes nothing. */
export interface Caller {
  readonly principal: Principal
  /** `fingerprint` is a hash of the command's name and body. */
  readonly commandKey?: { readonly key: string; readonly fingerprint: string }
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string
}

export interface Choice {
  readonly representativeId: string
  readonly statusId: string
  readonly when: 'now' | 'after-work'
  readonly forMs: number | null
  readonly note: string | null
  readonly expectedRevision: number | null
}

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
  cancelNext(caller: Caller, representativeId: string): Promise<PresenceView>
  explain(principal: Principal, representativeId: string, workstreamId: string | null): Explanation
  noticeSeen(caller: Caller, noticeId: string): Promise<void>
}

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
    input: { workItemId: string; by: 'representative' | 'other' },
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

/** A configuration resource with the version that its ETag carries. */
export interface Versioned<Resource> {
  readonly resource: Resource
  readonly version: number
}

export interface Written<Resource> extends Versioned<Resource> {
  readonly created: boolean
}

/** `ifMatch`: the version that must still stand (`*`: any, but it must exist); null: not asked for. */
export type IfMatch = number | '*' | null

export interface Catalogue<Resource, Body> {
  list(principal: Principal, page: PageRequest): Page<Resource>
  get(principal: Principal, id: string): Versioned<Resource>
  put(caller: Caller, id: string, body: Body, ifMatch: IfMatch): Promise<Written<Resource>>
  remove(caller: Caller, id: string, ifMatch: IfMatch): Promise<void>
}

type BodyOf<Resource> = Omit<Resource, 'id' | 'name'> & { readonly name?: string | undefined }

export interface StatusCatalogue {
  list(principal: Principal, page: PageRequest): Page<StatusResource>
  get(principal: Principal, id: string): Versioned<StatusResource>
  /** `warnings`: ST5. */
  create(
    caller: Caller,
    body: Omit<StatusResource, 'standard' | 'archived'>,
  ): Promise<Versioned<StatusResource> & { warnings: readonly string[] }>
  patch(
    caller: Caller,
    id: string,
    body: Partial<Omit<StatusResource, 'id' | 'standard' | 'archived'>>,
    ifMatch: IfMatch,
  ): Promise<Versioned<StatusResource> & { warnings: readonly string[] }>
  /** ST6: archives. */
  remove(caller: Caller, id: string, ifMatch: IfMatch): Promise<void>
}

export interface RepresentativeCatalogue
  extends Catalogue<
    Representative,
    Omit<Representative, 'id' | 'name'> & { readonly name?: string | undefined }
  > {
  patch(
    caller: Caller,
    id: string,
    body: Partial<Omit<Representative, 'id'>>,
    ifMatch: IfMatch,
  ): Promise<Versioned<Representative>>
}

export interface PolicyDocument {
  get(principal: Principal): Versioned<PolicyResource>
  patch(caller: Caller, body: PolicyPatch, ifMatch: IfMatch): Promise<Versioned<PolicyResource>>
}
export type PolicyPatch = Partial<Omit<PolicyResource, 'attentionAfterMs'>> & {
  readonly attentionAfterMs?: Partial<PolicyResource['attentionAfterMs']> | undefined
}

export interface ConfigurationService {
  readonly statuses: StatusCatalogue
  readonly queues: Catalogue<QueueResource, BodyOf<QueueResource>>
  readonly workstreams: Catalogue<WorkstreamResource, BodyOf<WorkstreamResource>>
  readonly profiles: Catalogue<ProfileResource, BodyOf<ProfileResource>>
  readonly representatives: RepresentativeCatalogue
  readonly policy: PolicyDocument
}

export interface RevocationService {
  revoke(caller: Caller, revocation: Revocation): Promise<void>
  /** True if a token of this bearer was revoked (SU1). */
  isRevoked(principal: Principal): boolean
}

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

export interface App {
  readonly presence: PresenceService
  readonly work: WorkService
  readonly configuration: ConfigurationService
  readonly revocations: RevocationService
  readonly replica: Replica
  /** Returns its undo. */
  onSignal(listener: (signal: Signal) => void): () => void
  /** False while the store does not answer or the first load has not ended: /readyz, `unavailable`. */
  ready(): boolean
  /** Ends sweeps and subscriptions; the store is closed by whoever opened it. */
  stop(): Promise<void>
}
