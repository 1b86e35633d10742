// The durable state in memory: what reads answer from, what a checkpoint holds, and what replaying commits yields.

import type { Configuration } from '../../domain/configuration.ts'
import type { Facts } from '../../domain/facts.ts'
import type { WorkItem } from '../../domain/work-record.ts'
import type { RecordWrite, Revocation } from '../storage.ts'
import { type CommandKeys, createCommandKeys } from './command-keys.ts'
import type { Commit } from './commit.ts'
import { createDeadlines, type Deadlines } from './deadlines.ts'

export interface TenantImage {
  readonly representatives: Map<string, Facts>
  readonly workItems: Map<string, WorkItem>
  /** By `sub`: the latest one says it all. */
  readonly revocations: Map<string, Revocation>
  /** null: this tenant never changed anything. */
  configuration: Configuration | null
}

export interface Image {
  readonly tenants: Map<string, TenantImage>
  readonly deadlines: Deadlines
  readonly commands: CommandKeys
  /** Earlier incarnations and the instant at which each was last known to live. */
  readonly incarnations: Map<string, number>
  /** Time of the last commit: the store's time never falls below it. */
  lastAt: number
}

export function createImage(): Image {
  return {
    tenants: new Map(),
    deadlines: createDeadlines(),
    commands: createCommandKeys(),
    incarnations: new Map(),
    lastAt: 0,
  }
}

/** Brings a commit into the image. The command key is remembered apart: a running store does so earlier. */
export function applyCommit(image: Image, commit: Commit): void {
  const tenant = tenantOf(image, commit.tenant)
  for (const write of commit.writes) applyWrite(image, commit.tenant, tenant, write)
  if (commit.configuration) tenant.configuration = commit.configuration
  if (commit.revocation) applyRevocation(tenant, commit.revocation)
  image.lastAt = Math.max(image.lastAt, commit.at)
}

export function tenantOf(image: Image, name: string): TenantImage {
  const known = image.tenants.get(name)
  if (known) return known
  const tenant: TenantImage = {
    representatives: new Map(),
    workItems: new Map(),
    revocations: new Map(),
    configuration: null,
  }
  image.tenants.set(name, tenant)
  return tenant
}

/** An earlier revocation never takes back a later one. */
export function applyRevocation(tenant: TenantImage, revocation: Revocation): void {
  const known = tenant.revocations.get(revocation.sub)
  if (known && known.issuedBefore >= revocation.issuedBefore) return
  tenant.revocations.set(revocation.sub, revocation)
}

export function applyWrite(image: Image, tenantName: string, tenant: TenantImage, write: RecordWrite): void {
  if (write.kind === 'representative') put(tenant.representatives, write.id, write.record)
  else put(tenant.workItems, write.id, write.record)
  const deadline = write.record === null ? null : write.deadline
  image.deadlines.set(tenantName, write.kind, write.id, deadline)
}

function put<Kept>(records: Map<string, Kept>, id: string, record: Kept | null): void {
  if (record === null) records.delete(id)
  else records.set(id, record)
}
