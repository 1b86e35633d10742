// Queues, workstreams and capacity profiles: kinds of resources that are put, read, listed and deleted alike.

import type { Configuration } from '../../domain/configuration.ts'
import type { Storage } from '../../storage/storage.ts'
import { found } from '../access.ts'
import type { Catalogue } from '../app.ts'
import type { Commit } from '../commit.ts'
import type { Draft } from '../draft.ts'
import { pageOf } from '../page.ts'
import type { Replicas } from '../replica.ts'
import { same } from '../same.ts'
import { configuring, setResource } from './configure.ts'
import { checkUnused, type Usage } from './usage.ts'
import {
  checkIfMatch,
  type MapKind,
  type ResourceOf,
  resourceOf,
  resourcesOf,
  versionOf,
} from './versions.ts'

export interface CollectionOptions {
  readonly storage: Storage
  readonly commit: Commit
  readonly replica: Replicas
}

export interface CollectionRules<Kind extends MapKind, Resource, Body> {
  readonly kind: Kind
  /** What one is called in messages. */
  readonly word: string
  resourceFrom(id: string, body: Body): ResourceOf<Kind>
  /** As the wire has it. */
  toWire(stored: ResourceOf<Kind>): Resource
  /** Refused: `not-found` for what it names and nobody configured. */
  check(resource: ResourceOf<Kind>, configuration: Configuration): void
  usage(id: string, configuration: Configuration, everything: Draft['everything']): Usage
}

export function createCollection<Kind extends MapKind, Resource extends { readonly id: string }, Body>(
  { storage, commit }: CollectionOptions,
  { kind, word, resourceFrom, toWire, check, usage }: CollectionRules<Kind, Resource, Body>,
): Catalogue<Resource, Body> {
  const stored = (configuration: Configuration, id: string) =>
    found(resourceOf(configuration, kind, id), word, id)

  const versioned = (tenant: string, id: string) => {
    const configuration = storage.configuration(tenant)
    return {
      resource: toWire(stored(configuration, id)),
      version: versionOf(configuration, kind, id),
    }
  }

  return {
    list(principal, page) {
      const resources = resourcesOf(storage.configuration(principal.tenant), kind).map(toWire)
      return pageOf(resources, resource => resource.id, page)
    },

    get: (principal, id) => versioned(principal.tenant, id),

    async put(caller, id, body, ifMatch) {
      const { tenant } = caller.principal
      const resource = resourceFrom(id, body)
      const { created, version } = await configuring(commit, caller, (draft, configuration) => {
        const before = resourceOf(configuration, kind, id)
        checkIfMatch(ifMatch, before ? versionOf(configuration, kind, id) : null)
        check(resource, configuration)
        if (!same(before, resource)) setResource(draft, caller, kind, id, resource)
        return { created: before === undefined, version: versionOf(draft.configuration(), kind, id) }
      })
      // A command that comes again after it was deleted answers with what it had put.
      const exists = resourceOf(storage.configuration(tenant), kind, id) !== undefined
      return { ...(exists ? versioned(tenant, id) : { resource: toWire(resource), version }), created }
    },

    async remove(caller, id, ifMatch) {
      await configuring(commit, caller, (draft, configuration) => {
        stored(configuration, id)
        checkIfMatch(ifMatch, versionOf(configuration, kind, id))
        checkUnused(word, id, usage(id, configuration, draft.everything))
        setResource(draft, caller, kind, id, null)
        return null
      })
    },
  }
}
