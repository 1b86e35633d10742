// PO1: every resource of the configuration has a version of its own, the ETag; a write may name the one it read.

import { createHash } from 'node:crypto'
import type { Configuration } from '../../domain/configuration.ts'
import type { Profile } from '../../domain/facts.ts'
import { dictionary } from '../../domain/own.ts'
import type { ConfigurationChange } from '../../storage/storage.ts'
import type { IfMatch } from '../app.ts'
import { Refused } from '../refused.ts'

type ResourceKind = ConfigurationChange['resource']
/** The policy is one document; its id says so. */
export const POLICY_ID = 'policy'

const FIELDS = {
  statuses: 'statuses',
  queues: 'queues',
  workstreams: 'workstreams',
  'capacity-profiles': 'profiles',
} as const

export type MapKind = keyof typeof FIELDS
export type ResourceOf<Kind extends MapKind> = Configuration[(typeof FIELDS)[Kind]][string]

/** The resource of that id; undefined: none. */
export function resourceOf<Kind extends MapKind>(
  configuration: Configuration,
  kind: Kind,
  id: string,
): ResourceOf<Kind> | undefined {
  const resources = mapOf(configuration, kind)
  return Object.hasOwn(resources, id) ? resources[id] : undefined
}

export function resourcesOf<Kind extends MapKind>(
  configuration: Configuration,
  kind: Kind,
): readonly ResourceOf<Kind>[] {
  const resources = mapOf(configuration, kind)
  return Object.values(resources)
}

/** 0 for what is built in and was never changed. */
export function versionOf(configuration: Configuration, kind: ResourceKind, id: string): number {
  return configuration.versions[`${kind}:${id}`] ?? 0
}

/** With the resource set (null: removed) and its version raised. The whole's version is the commit's to raise. */
export function withResource<Kind extends MapKind>(
  configuration: Configuration,
  kind: Kind,
  id: string,
  resource: ResourceOf<Kind> | null,
): Configuration {
  const field = FIELDS[kind]
  const rest = Object.entries(configuration[field]).filter(([other]) => other !== id)
  const entries = resource ? [...rest, [id, resource] as const] : rest
  return {
    ...configuration,
    [field]: dictionary(Object.fromEntries(entries)),
    versions: raised(configuration, kind, id),
  }
}

/** `configuration.versions` after one more change of this resource. A removed one keeps its number: no ETag comes twice. */
export function raised(
  configuration: Configuration,
  kind: ResourceKind,
  id: string,
): Configuration['versions'] {
  return { ...configuration.versions, [`${kind}:${id}`]: versionOf(configuration, kind, id) + 1 }
}

/** A representative's version counts changes of what administrators write, not of her presence: it is made of the content. */
export function profileVersion(profile: Profile): number {
  const text = JSON.stringify([
    profile.name,
    profile.queues,
    profile.defaultStatusId,
    profile.capacity.units,
    Object.entries(profile.capacity.profiles).sort(),
    Object.entries(profile.attributes).sort(),
  ])
  return Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 12), 16)
}

/** Refused: `revision-mismatch`. `version` null: the resource does not exist. */
export function checkIfMatch(ifMatch: IfMatch, version: number | null): void {
  if (ifMatch === null || ifMatch === version || (ifMatch === '*' && version !== null)) return
  throw new Refused(
    'revision-mismatch',
    'The resource is not in the version that If-Match names. Read it again and repeat your change on top.',
    { expected: ifMatch, version },
  )
}

function mapOf<Kind extends MapKind>(configuration: Configuration, kind: Kind) {
  return configuration[FIELDS[kind]] as Readonly<Record<string, ResourceOf<Kind>>>
}
