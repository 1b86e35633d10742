// What steps see: the durable image, and above it the commits that are on their way to the disk. Steps build on those
// because they will be durable first; nobody else may see them, since a kill would take them back.

import type { Configuration } from '../../domain/configuration.ts'
import type { Facts } from '../../domain/facts.ts'
import type { WorkItem } from '../../domain/work-record.ts'
import type { Snapshot } from '../storage.ts'
import type { Commit } from './commit.ts'
import type { Image } from './image.ts'

export interface Head {
  snapshot(tenant: string, now: number): Snapshot
  /** The commit was handed to the journal: steps see it from now on. */
  add(commit: Commit): void
  /** The commit is in the image: what it laid above it can go, unless a later commit laid something there. */
  settle(commit: Commit): void
}

interface Pending<Kept> {
  readonly commit: Commit
  readonly kept: Kept
}

interface Layer {
  readonly representatives: Map<string, Pending<Facts | null>>
  readonly workItems: Map<string, Pending<WorkItem | null>>
  configuration: Pending<Configuration> | null
}

export function createHead(image: Image, initialConfiguration: Configuration): Head {
  const layers = new Map<string, Layer>()

  function layerOf(tenant: string): Layer {
    const known = layers.get(tenant)
    if (known) return known
    const layer: Layer = { representatives: new Map(), workItems: new Map(), configuration: null }
    layers.set(tenant, layer)
    return layer
  }

  return {
    snapshot(tenant, now) {
      const layer = layerOf(tenant)
      const durable = image.tenants.get(tenant)
      return {
        tenant,
        now,
        configuration: layer.configuration?.kept ?? durable?.configuration ?? initialConfiguration,
        representative: id => look(layer.representatives, durable?.representatives, id),
        workItem: id => look(layer.workItems, durable?.workItems, id),
        representatives: () => all(layer.representatives, durable?.representatives),
        workItems: () => all(layer.workItems, durable?.workItems),
      }
    },

    add(commit) {
      const layer = layerOf(commit.tenant)
      for (const write of commit.writes) {
        if (write.kind === 'representative') {
          layer.representatives.set(write.id, { commit, kept: write.record })
        } else layer.workItems.set(write.id, { commit, kept: write.record })
      }
      if (commit.configuration) layer.configuration = { commit, kept: commit.configuration }
    },

    settle(commit) {
      const layer = layerOf(commit.tenant)
      for (const write of commit.writes) {
        const records = write.kind === 'representative' ? layer.representatives : layer.workItems
        if (records.get(write.id)?.commit === commit) records.delete(write.id)
      }
      if (layer.configuration?.commit === commit) layer.configuration = null
    },
  }
}

function look<Kept>(
  above: ReadonlyMap<string, Pending<Kept | null>>,
  beneath: ReadonlyMap<string, Kept> | undefined,
  id: string,
): Kept | null {
  const pending = above.get(id)
  return pending ? pending.kept : (beneath?.get(id) ?? null)
}

function* all<Kept>(
  above: ReadonlyMap<string, Pending<Kept | null>>,
  beneath: ReadonlyMap<string, Kept> | undefined,
): Iterable<Kept> {
  for (const { kept } of above.values()) {
    if (kept !== null) yield kept
  }
  for (const [id, kept] of beneath ?? []) {
    if (!above.has(id)) yield kept
  }
}
