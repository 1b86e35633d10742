// The live counts of one tenant's queues. What the feed says is only noted; it is counted when somebody asks, each
// representative once however often she changed meanwhile, and in slices, so that ten thousand hold up nobody.

import type { LiveCounts } from '@rollcall/shared'
import type { Configuration, Workstream } from '../../domain/configuration.ts'
import { failedConditions, standingOf } from '../../domain/eligibility.ts'
import type { Facts } from '../../domain/facts.ts'
import type { WorkItem } from '../../domain/work-record.ts'
import type { FeedEntry } from '../../storage/storage.ts'
import type { Picture } from '../picture.ts'
import { iso } from '../time.ts'
import { createItemsTally, type QueueItems } from './items-tally.ts'
import { createPeopleTally, type Share } from './people-tally.ts'

export interface TenantCounts {
  note(entries: readonly FeedEntry[]): void
  /** Counts what was noted. Resolves with the queues whose counts may differ since the last time. */
  refresh(): Promise<ReadonlySet<string>>
  /** As of the last refresh. */
  of(queueId: string): LiveCounts
}

export interface Sources {
  readonly picture: Picture
  readonly configuration: () => Configuration
  /** The store's time in ms. */
  readonly now: () => number
}

/** Representatives of one turn: judging one against ten workstreams takes some 15 us. */
const SLICE = 200

export function createTenantCounts({ picture, configuration, now }: Sources): TenantCounts {
  const people = createPeopleTally()
  const items = createItemsTally()
  const dirtyPeople = new Set<string>(picture.facts.keys())
  let dirtyItems = new Set<string>()
  // Closed ones, which are kept for a day, count nowhere.
  for (const [id, { state }] of picture.workItems) if (state !== 'closed') dirtyItems.add(id)
  /** Workstreams by queue, as of the configuration that is counted by. */
  let catalogue = catalogueOf(configuration())
  let running: Promise<ReadonlySet<string>> | null = null

  async function run(): Promise<ReadonlySet<string>> {
    const changed = new Set<string>()
    while (dirtyPeople.size > 0 || dirtyItems.size > 0 || catalogue.configuration !== configuration()) {
      if (catalogue.configuration !== configuration()) {
        catalogue = catalogueOf(configuration())
        // Any of it may decide about anybody.
        for (const id of picture.facts.keys()) dirtyPeople.add(id)
        for (const queue of Object.keys(catalogue.configuration.queues)) changed.add(queue)
      }
      countItems()
      countPeople()
      if (dirtyPeople.size > 0) await new Promise(setImmediate)
    }
    for (const queue of [...people.takeChanged(), ...items.takeChanged()]) changed.add(queue)
    return changed
  }

  function countItems(): void {
    for (const id of dirtyItems) items.set(id, picture.workItems.get(id) ?? null)
    dirtyItems = new Set()
  }

  function countPeople(): void {
    const at = now()
    let left = SLICE
    for (const id of dirtyPeople) {
      if (left-- === 0) return
      const facts = picture.facts.get(id)
      people.set(id, facts ? shareOf(facts, catalogue, at) : null)
      dirtyPeople.delete(id)
    }
  }

  return {
    note(entries) {
      for (const entry of entries) {
        if (entry.kind === 'representative') dirtyPeople.add(entry.id)
        if (entry.kind === 'work-item') dirtyItems.add(entry.id)
      }
    },
    refresh() {
      running ??= run().finally(() => {
        running = null
      })
      return running
    },
    of(queueId) {
      const { byBase, byStatus, signedIn, routable } = people.of(queueId)
      const work = items.of(queueId)
      const workstreams = new Set((catalogue.byQueue.get(queueId) ?? []).map(({ id }) => id))
      // Of a workstream that has another queue by now, earlier items still wait here.
      for (const item of work.queued.values()) workstreams.add(item.workstreamId)
      return {
        queueId,
        at: iso(now()),
        byBase: Object.fromEntries(byBase),
        byStatus: Object.fromEntries(byStatus),
        signedIn,
        routable,
        queued: work.queued.size,
        oldestQueuedAt: oldest(work),
        ringing: work.ringing,
        wrapUp: work.wrapUp,
        declinedByAll: countDeclined(work, people.routableFor, catalogue.configuration),
        workstreams: [...workstreams].map(id => ({
          workstreamId: id,
          routable: people.routableFor(id).size,
          queued: countQueued(work, id),
        })),
      }
    },
  }
}

interface Catalogue {
  readonly configuration: Configuration
  readonly byQueue: ReadonlyMap<string, readonly Workstream[]>
}

function catalogueOf(configuration: Configuration): Catalogue {
  const byQueue = new Map<string, Workstream[]>()
  for (const workstream of Object.values(configuration.workstreams)) {
    const there = byQueue.get(workstream.queueId)
    if (there) there.push(workstream)
    else byQueue.set(workstream.queueId, [workstream])
  }
  return { configuration, byQueue }
}

const NOTHING: Share['open'] = new Map()

function shareOf(facts: Facts, { configuration, byQueue }: Catalogue, at: number): Share {
  const { queues } = facts.profile
  const { link, shown } = facts
  if (link.kind === 'signed-out') return { queues, shown: null, open: NOTHING }
  const standing = standingOf(facts, configuration, at)
  const open = new Map<string, readonly string[]>()
  for (const queue of queues) {
    const able = (byQueue.get(queue) ?? []).filter(
      workstream => failedConditions(standing, workstream, configuration).length === 0,
    )
    if (able.length > 0)
      open.set(
        queue,
        able.map(({ id }) => id),
      )
  }
  return { queues, shown: { base: shown.base, statusId: shown.statusId }, open }
}

function countQueued({ queued }: QueueItems, workstreamId: string): number {
  let count = 0
  for (const item of queued.values()) if (item.workstreamId === workstreamId) count += 1
  return count
}

function oldest({ queued }: QueueItems): string | null {
  let first: number | null = null
  for (const { queuedAt } of queued.values()) {
    if (queuedAt !== null && (first === null || queuedAt < first)) first = queuedAt
  }
  return first === null ? null : iso(first)
}

/** With nobody there to be offered it, an item waits for somebody; it is declined by all only where somebody is. */
function countDeclined(
  { queued }: QueueItems,
  routableFor: (workstreamId: string) => ReadonlySet<string>,
  { policy }: Configuration,
): number {
  const isDeclined = ({ workstreamId, declines }: WorkItem) => {
    const able = routableFor(workstreamId)
    // Ends at the first who could be asked: of ten thousand few have declined anything.
    for (const id of able) if ((declines[id] ?? 0) < policy.maxDeclines) return false
    return able.size > 0
  }
  let count = 0
  for (const item of queued.values()) {
    if (Object.keys(item.declines).length > 0 && isDeclined(item)) count += 1
  }
  return count
}
