// The use cases of configuration: versioned resources of a tenant, and revocations of tokens.

import type {
  PolicyResource,
  ProfileResource,
  QueueResource,
  Representative,
  Revocation,
  StatusResource,
  WorkstreamResource,
} from '@rollcall/shared'
import type { Principal } from '../principal.ts'
import type { Caller, Page, PageRequest, RefusedItem } from './caller.ts'

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

type RepresentativeBody = Omit<BodyOf<Representative>, 'capacity'> & {
  readonly capacity?: Representative['capacity'] | undefined
}

/** One of many to be put; `refused`: its line was no representative. */
export type ImportLine =
  | { readonly line: number; readonly id: string; readonly body: RepresentativeBody }
  | { readonly line: number; readonly id: string | null; readonly refused: RefusedItem }

export type ImportOutcome =
  | { readonly line: number; readonly id: string | null; readonly outcome: 'created' | 'updated' }
  | { readonly line: number; readonly id: string | null; readonly refused: RefusedItem }

export interface RepresentativeCatalogue extends Catalogue<Representative, RepresentativeBody> {
  patch(
    caller: Caller,
    id: string,
    body: Partial<Omit<Representative, 'id'>>,
    ifMatch: IfMatch,
  ): Promise<Versioned<Representative>>
  /** Puts many, in their order; not all or nothing. Each outcome comes when it is durable. */
  putMany(caller: Caller, lines: Iterable<ImportLine>): AsyncIterable<ImportOutcome>
  /** PO4. `eraseHistory`: her history goes with her, in the same commit. */
  remove(
    caller: Caller,
    id: string,
    ifMatch: IfMatch,
    options?: { readonly eraseHistory?: boolean },
  ): Promise<void>
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
