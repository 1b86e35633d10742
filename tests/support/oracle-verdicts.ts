// What the naive oracle makes of an item that is offered, assigned, picked, refused or handed over. See oracle.ts.

import { atSessionLimit, hasRoom, held, offers } from './oracle-capacity.ts'
import { change } from './oracle-hands.ts'
import { beginHold, endOffer, look } from './oracle-presence.ts'
import type { Report } from './oracle-work.ts'
import { type Did, type Item, type World, workstream } from './oracle-world.ts'

type Of<Type extends Report['type']> = Extract<Report, { type: Type }>

/** NO1, RO7; of an item in somebody's hands TR4. */
export function offer(world: World, item: Item, what: Of<'offer' | 'assign'>, at: number): Did {
  if (world.config.workstreams[what.workstreamId] === undefined) return 'not-found'
  if (item.workstreamId !== what.workstreamId) return 'work-item-conflict'
  const she = world.people[what.to]
  if (she === undefined) return 'representative-unknown'
  if (she.link !== 'present') {
    world.mark('RO7 not connected')
    return 'not-signed-in'
  }
  if (isFull(world, what.to)) return 'no-capacity'
  // CA5: what somebody has at work already keeps the cost it started with.
  const cost = item.state === 'active' ? item : (what.cost ?? item)
  if (what.force) world.mark('RO7 forced')
  else {
    if (workstream(world, item).opensSession && atSessionLimit(world, she)) {
      world.mark('SE2 refused, and held')
      // The item that she does not get is no business of hers: the notice names none.
      beginHold(world, she, 'session-limit', null, at)
      look(world, she, at)
      return 'session-limit'
    }
    if (she.next !== null) {
      world.mark('RO7 a next choice')
      return 'no-capacity'
    }
    if (!hasRoom(world, she, cost)) {
      world.mark('RO7 no room')
      return 'no-capacity'
    }
  }
  if (item.state === 'active') {
    world.mark('TR4 offered on')
    return become(world, item, what, { offeredTo: what.to }, at)
  }
  describe(item, what)
  return become(world, item, what, { state: 'offered', offeredTo: what.to }, at)
}

/** RO7: checks nothing but that it can be kept. */
export function assign(world: World, item: Item, what: Of<'offer' | 'assign'>, at: number): Did {
  if (world.config.workstreams[what.workstreamId] === undefined) return 'not-found'
  if (item.workstreamId !== what.workstreamId) return 'work-item-conflict'
  const hers = what.to === item.holder || what.to === item.offeredTo
  if (!hers) {
    if (world.people[what.to] === undefined) return 'representative-unknown'
    if (isFull(world, what.to)) return 'no-capacity'
  }
  if (item.holder === null) describe(item, what)
  return become(world, item, what, { state: 'active', holder: what.to, offeredTo: null }, at)
}

/** WK9 */
export function pick(world: World, item: Item | null, what: Of<'accept'>, at: number): Did {
  if (what.workstreamId === null) return 'offer-gone'
  const picked = world.config.workstreams[what.workstreamId]
  if (picked === undefined) return 'not-found'
  const she = world.people[what.to]
  if (she === undefined) return 'representative-unknown'
  const reachable =
    item === null || (item.workstreamId === what.workstreamId && she.queues.includes(item.queueId))
  if (!picked.selfAssign || !reachable) {
    world.mark('WK9 not to pick')
    return 'forbidden'
  }
  if (isFull(world, what.to)) return 'no-capacity'
  world.mark(item === null ? 'WK9 picked' : 'WK9 picked from a queue')
  const taken = item ?? newItem(world, what.itemId, what.workstreamId)
  return become(world, taken, what, { state: 'active', holder: what.to, offeredTo: null }, at)
}

/** NO2, NO3, NO5; a withdrawal is somebody else's idea, and no decline. */
export function decline(world: World, item: Item, what: Report, at: number): Did {
  if (what.type === 'reject' && !workstream(world, item).rejectable) {
    world.mark('NO5 not rejectable')
    return 'offer-not-rejectable'
  }
  if (item.state !== 'offered') world.mark('TR4 declined')
  return change(world, item, what, () => endOffer(item, what.type !== 'withdraw'), at)
}

/** TR1-TR4 */
export function transfer(world: World, item: Item, what: Of<'transfer'>, at: number): Did {
  if (what.toQueue) {
    if (world.config.queues[what.to] === undefined) return 'not-found'
    world.mark('TR2 to a queue')
    return become(world, item, what, { state: 'queued', queueId: what.to, holder: null, offeredTo: null }, at)
  }
  if (what.to === item.holder) return 'nothing'
  if (what.offer && what.to === item.offeredTo) return 'nothing'
  const second = world.people[what.to]
  if (second === undefined) return 'representative-unknown'
  const herself = what.by.kind === 'representative'
  const first = world.people[what.by.id]
  if (herself && !second.queues.some(queue => first?.queues.includes(queue))) {
    world.mark('TR3 no shared queue')
    return 'forbidden'
  }
  if ((herself || what.offer) && second.link !== 'present') {
    world.mark('TR3 not connected')
    return 'not-signed-in'
  }
  if (isFull(world, what.to)) return 'no-capacity'
  world.mark(what.offer ? 'TR4 offered on' : 'TR1 to a colleague')
  return become(
    world,
    item,
    what,
    what.offer ? { offeredTo: what.to } : { state: 'active', holder: what.to, offeredTo: null },
    at,
  )
}

export function become(world: World, item: Item, what: Report, changes: Partial<Item>, at: number): Did {
  return change(world, item, what, () => Object.assign(item, changes), at)
}

/** What a report says of an item that nobody has. */
function describe(item: Item, what: Of<'offer' | 'assign'>): void {
  if (what.cost !== null) Object.assign(item, what.cost)
  if (what.by.kind === 'system') item.routed = true
}

/** WK9: the items on offer to her are counted. */
function isFull(world: World, id: string): boolean {
  const she = world.people[id]
  if (she === undefined) return false
  const full = held(world, she).length + offers(world, she).length >= 50
  if (full) world.mark('WK9 fifty open items')
  return full
}

export function newItem(world: World, id: string, workstreamId: string): Item {
  const { cost, queueId } = workstream(world, { workstreamId })
  return {
    id,
    workstreamId,
    queueId,
    units: cost.units ?? 0,
    profiles: cost.profiles ?? [],
    state: 'queued',
    holder: null,
    offeredTo: null,
    declines: {},
    routed: false,
    closedAt: 0,
    counted: {},
    heldSince: 0,
    holdsCapacity: false,
    capacityUntil: null,
    overReset: false,
    stale: false,
    staleAt: null,
    offeredAt: 0,
    offerEndsAt: 0,
    offerNumber: 0,
  }
}
