// The naive oracle's work items: taken without an offer, assigned, closed, transferred. See oracle.ts.

import type { Did, Item, World } from './oracle-world.ts'

type Cost = { units: number; profiles: readonly string[] } | null

export function createWork(world: World) {
  const { config, people, items, person, tick, workBeganOrEnded } = world

  return {
    /** She takes an item that nobody offered her (WK9). */
    accept(id: string, itemId: string, workstreamId: string, at: number): Did {
      tick(at)
      const she = person(id)
      const item = items[itemId]
      if (item?.state === 'closed') return 'work-item-closed'
      if (item?.state === 'active') return item.holder === id ? 'nothing' : 'work-item-conflict'
      if (!config.workstreams[workstreamId]?.selfAssign) return 'forbidden'
      if (item?.state === 'queued') {
        if (item.workstreamId !== workstreamId || !she.queues.includes(item.queueId)) return 'forbidden'
        give(item, id)
      } else items[itemId] = newItem(itemId, workstreamId, null, id)
      workBeganOrEnded(she, at)
      return 'done'
    },
    assign(id: string, itemId: string, workstreamId: string, cost: Cost, reopen: boolean, at: number): Did {
      tick(at)
      const item = items[itemId]
      if (item?.state === 'closed' && !reopen) return 'work-item-closed'
      if (item?.state === 'active') return item.holder === id ? 'nothing' : 'work-item-conflict'
      if (item?.state === 'queued') {
        give(item, id)
        // CA5 keeps what it started with; a service that names a cost starts it anew.
        if (cost !== null) Object.assign(item, cost)
      } else items[itemId] = newItem(itemId, workstreamId, cost, id)
      workBeganOrEnded(person(id), at)
      return 'done'
    },
    /** By its holder, or by a service (`null`). */
    close(by: string | null, itemId: string, at: number): Did {
      tick(at)
      const item = items[itemId]
      if (item === undefined) return by === null ? 'nothing' : 'any'
      if (item.state === 'closed') return by === null || item.holder === by ? 'nothing' : 'any'
      if (by !== null && item.holder !== by)
        return item.state === 'queued' ? 'forbidden' : 'work-item-conflict'
      const wasActive = item.state === 'active'
      item.state = 'closed'
      if (wasActive && item.holder !== null) workBeganOrEnded(person(item.holder), at) // CA4: closing a queued item ends nothing
      return 'done'
    },
    /** By its holder, or by a service (`null`). `to`: another representative, or `queue:<id>` (TR2). */
    transfer(by: string | null, itemId: string, to: string, at: number): Did {
      tick(at)
      const item = items[itemId]
      if (item === undefined) return by === null ? 'work-item-unknown' : 'any'
      if (item.state === 'closed') return by === null || item.holder === by ? 'work-item-closed' : 'any'
      if (by !== null && item.holder !== by) return 'any-refusal'
      if (item.state === 'queued') return 'transition-not-allowed'
      const first = person(item.holder ?? '')
      if (to.startsWith('queue:')) {
        item.state = 'queued'
        item.holder = null
        item.queueId = to.slice('queue:'.length)
        workBeganOrEnded(first, at)
        return 'done'
      }
      const second = people[to]
      if (second === undefined) return 'representative-unknown'
      if (first === second) return 'any'
      if (by !== null && !second.queues.some(queue => first.queues.includes(queue))) return 'forbidden'
      if (by !== null && second.link !== 'present') return 'not-signed-in'
      give(item, to)
      workBeganOrEnded(first, at)
      workBeganOrEnded(second, at)
      return 'done'
    },
    item: (itemId: string) => items[itemId],
  }

  function newItem(id: string, workstreamId: string, cost: Cost, holder: string): Item {
    const workstream = config.workstreams[workstreamId]
    if (workstream === undefined)
      throw new Error(`the oracle was given an unknown workstream, ${workstreamId}`)
    const units = cost === null ? (workstream.cost.units ?? 0) : cost.units
    const profiles = cost === null ? (workstream.cost.profiles ?? []) : cost.profiles
    return { id, workstreamId, queueId: workstream.queueId, units, profiles, state: 'active', holder }
  }

  function give(item: Item, id: string): void {
    item.state = 'active'
    item.holder = id
  }
}
