// Reading work items: one, many, and whom one may be transferred to (TR5).

import type { Facts } from '../domain/facts.ts'
import { roomFor } from '../domain/room.ts'
import { sharesQueue } from '../domain/transfer.ts'
import type { WorkItem } from '../domain/work-record.ts'
import type { Storage } from '../storage/storage.ts'
import {
  found,
  isSelf,
  known,
  knownItem,
  reachRepresentative,
  reachWorkItem,
  seesAll,
  supervises,
} from './access.ts'
import type { PageRequest, WorkService } from './app.ts'
import { resourceOf } from './configuration/versions.ts'
import { pageOf } from './page.ts'
import type { Principal } from './principal.ts'
import type { Replicas } from './replica.ts'
import { toWorkItem } from './work-view.ts'

export type WorkQueries = Pick<WorkService, 'get' | 'list' | 'targets'>

type WorkQuery = Parameters<WorkService['list']>[1]

export function createWorkQueries(storage: Storage, replica: Replicas): WorkQueries {
  function reached(principal: Principal, id: string): WorkItem {
    const item = knownItem(storage.workItem(principal.tenant, id), id)
    reachWorkItem(principal, item)
    return item
  }

  function checkQuery(principal: Principal, { queue, workstream, representative }: WorkQuery): void {
    const configuration = storage.configuration(principal.tenant)
    if (queue !== undefined) {
      found(resourceOf(configuration, 'queues', queue), 'queue', queue)
      replica.checkWatch(principal, [queue])
    }
    if (workstream !== undefined) {
      found(resourceOf(configuration, 'workstreams', workstream), 'workstream', workstream)
    }
    if (representative !== undefined) {
      reachRepresentative(
        principal,
        known(storage.representative(principal.tenant, representative), representative),
      )
    }
  }

  return {
    get: (principal, id) => toWorkItem(reached(principal, id)),

    list(principal, query) {
      checkQuery(principal, query)
      const items: WorkItem[] = []
      for (const item of replica.picture(principal.tenant).workItems.values()) {
        if (matches(query, item) && (seesAll(principal) || supervises(principal, [item.queueId])))
          items.push(item)
      }
      return toResources(items, query)
    },

    targets(principal, workItemId) {
      const { tenant } = principal
      const item = reached(principal, workItemId)
      const picture = replica.picture(tenant)
      const holder = isSelf(principal, item.representativeId) && picture.facts.get(principal.sub)
      const targets = []
      for (const id of picture.membersOf(item.queueId)) {
        const facts = picture.facts.get(id)
        if (!facts || id === item.representativeId || isSelf(principal, id)) continue
        // TR3: what would be refused is no target.
        if (facts.link.kind !== 'present' || (holder && !sharesQueue(facts, holder))) continue
        targets.push(targetOf(facts, roomFor(facts, item.cost, storage.configuration(tenant), storage.now())))
      }
      return targets
    },
  }
}

function toResources(items: readonly WorkItem[], request: PageRequest) {
  const page = pageOf(items, item => item.workItemId, request)
  return { items: page.items.map(toWorkItem), next: page.next }
}

function matches({ queue, workstream, state, representative }: WorkQuery, item: WorkItem): boolean {
  return (
    (queue === undefined || item.queueId === queue) &&
    (workstream === undefined || item.workstreamId === workstream) &&
    (state === undefined || item.state === state) &&
    (representative === undefined ||
      item.representativeId === representative ||
      item.offeredTo === representative)
  )
}

function targetOf({ representativeId, profile, shown }: Facts, room: number | null) {
  return { representativeId, name: profile.name, base: shown.base, room }
}
