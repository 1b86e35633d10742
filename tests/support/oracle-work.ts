// The naive oracle's work items: the table of WK3 and what stands around it, told in the order of the prose.

import { assign, become, decline, newItem, offer, pick, transfer } from './oracle-verdicts.ts'
import type { Did, Item, Who, World } from './oracle-world.ts'

type Cost = { units: number; profiles: readonly string[] }
export type Report = { itemId: string; by: Who; doneBy: 'representative' | 'other' } & (
  | {
      type: 'offer' | 'assign'
      to: string
      workstreamId: string
      cost: Cost | null
      force: boolean
      reopen: boolean
    }
  | { type: 'accept'; to: string; workstreamId: string | null }
  | { type: 'reject' | 'miss' | 'withdraw' | 'wait' | 'resume' | 'wrap-up' | 'close' | 'release' }
  | { type: 'transfer'; to: string; toQueue: boolean; offer: boolean }
)

const OF_REPRESENTATIVES = ['accept', 'reject', 'wait', 'resume', 'wrap-up', 'close', 'transfer']
const OF_SUPERVISORS = ['close', 'withdraw', 'release', 'transfer']
const DAY_MS = 86_400_000

export function report(world: World, what: Report, at: number): Did {
  const stored = world.items[what.itemId]
  const forgotten = stored?.state === 'closed' && at >= stored.closedAt + DAY_MS
  if (forgotten) world.mark('WK3 forgotten after a day')
  const item = forgotten ? undefined : stored
  const did = judge(world, item, what, at)
  if (did === 'nothing' && item !== undefined && item.holder !== null && item.state !== 'closed')
    touch(world, item, at)
  return did
}

/** WK8: a report that changes nothing says that work goes on. */
function touch(world: World, item: Item, at: number): void {
  const { staleWorkAfterMs } = world.config.policy
  if (item.stale) world.mark('WK8 touched')
  item.stale = false
  item.staleAt = staleWorkAfterMs === null ? null : at + staleWorkAfterMs
}

function judge(world: World, item: Item | undefined, what: Report, at: number): Did {
  const { type, by } = what
  const herself = by.kind === 'representative'
  if (herself && !OF_REPRESENTATIVES.includes(type)) return 'forbidden'
  if (by.kind === 'supervisor' && !OF_SUPERVISORS.includes(type)) return 'forbidden'
  if (item === undefined || item.state === 'closed') return none(world, item, what, at)
  if (item.state === 'queued') return queued(world, item, what, at)

  // WK3, WK4: an item that another holds or is offered is somebody else's.
  const whose = herself ? by.id : type === 'offer' || type === 'assign' || type === 'accept' ? what.to : null
  const pending = item.offeredTo !== null && item.state !== 'offered'
  const answers = type === 'accept' || type === 'reject' || type === 'offer'
  const hers = whose === item.holder || (whose === item.offeredTo && (item.state === 'offered' || answers))
  const takesOver =
    (type === 'assign' && item.state === 'offered') ||
    (type === 'offer' && item.state === 'active' && item.offeredTo === null)
  if (whose !== null && !hers && !takesOver) {
    world.mark('WK4 not hers to report')
    return 'work-item-conflict'
  }
  // TR4: somebody holds it and another is offered it.
  if (pending && (whose === null || whose === item.offeredTo)) {
    if (type === 'offer') return 'nothing'
    if (type === 'accept') {
      world.mark('TR4 accepted')
      return become(world, item, what, { state: 'active', holder: what.to, offeredTo: null }, at)
    }
    if (type === 'reject' || type === 'miss' || type === 'withdraw') return decline(world, item, what, at)
  }
  if (item.state === 'offered') return offered(world, item, what, at)
  return inHands(world, item, what, at)
}

/** The first and the last line of the table. */
function none(world: World, closed: Item | undefined, what: Report, at: number): Did {
  const { type } = what
  if (closed !== undefined) {
    if (type === 'close') return 'nothing'
    if ((type !== 'offer' && type !== 'assign') || !what.reopen) {
      world.mark('WK3 gone')
      return 'work-item-closed'
    }
    world.mark('WK3 reopened')
  }
  switch (type) {
    case 'offer':
    case 'assign': {
      if (world.config.workstreams[what.workstreamId] === undefined) return 'not-found'
      const item = newItem(world, what.itemId, what.workstreamId)
      item.counted = closed?.counted ?? {}
      return type === 'offer' ? offer(world, item, what, at) : assign(world, item, what, at)
    }
    case 'accept':
      return pick(world, null, what, at)
    case 'reject':
    case 'miss':
    case 'withdraw':
      return 'offer-gone'
    case 'close':
      return 'nothing'
    default:
      return 'work-item-unknown'
  }
}

function queued(world: World, item: Item, what: Report, at: number): Did {
  const { type } = what
  // WK9: what she reports about an item that is nobody's.
  if (what.by.kind === 'representative' && type !== 'accept' && type !== 'reject') return 'forbidden'
  switch (type) {
    case 'offer':
      return offer(world, item, what, at)
    case 'assign':
      return assign(world, item, what, at)
    case 'accept':
      return pick(world, item, what, at)
    case 'reject':
    case 'miss':
    case 'withdraw':
      return 'offer-gone'
    case 'close':
      return become(world, item, what, { state: 'closed' }, at)
    case 'release':
      return 'nothing'
    default:
      return 'transition-not-allowed'
  }
}

function offered(world: World, item: Item, what: Report, at: number): Did {
  switch (what.type) {
    case 'offer':
      return 'nothing'
    case 'assign': {
      if (what.to !== item.offeredTo) world.mark('WK3 an offered item assigned')
      return assign(world, item, what, at)
    }
    case 'accept':
      return become(world, item, what, { state: 'active', holder: what.to, offeredTo: null }, at)
    case 'reject':
    case 'miss':
    case 'withdraw':
      return decline(world, item, what, at)
    case 'close':
      return become(world, item, what, { state: 'closed', offeredTo: null }, at)
    default:
      return 'transition-not-allowed'
  }
}

/** Active, waiting and in wrap-up. */
function inHands(world: World, item: Item, what: Report, at: number): Did {
  const { state } = item
  switch (what.type) {
    case 'offer':
      if (state !== 'active') return 'transition-not-allowed'
      return what.to === item.holder ? 'nothing' : offer(world, item, what, at)
    case 'assign':
      return state === 'active' ? 'nothing' : assign(world, item, what, at)
    case 'accept':
      return state === 'active' ? 'nothing' : 'transition-not-allowed'
    case 'reject':
    case 'miss':
    case 'withdraw':
      return 'transition-not-allowed'
    case 'wait':
      return state === 'waiting' ? 'nothing' : become(world, item, what, { state: 'waiting' }, at)
    case 'resume':
      return state === 'active' ? 'nothing' : become(world, item, what, { state: 'active' }, at)
    case 'wrap-up':
      if (state === 'waiting') return 'transition-not-allowed'
      return state === 'wrap-up' ? 'nothing' : become(world, item, what, { state: 'wrap-up' }, at)
    case 'close':
      return become(world, item, what, { state: 'closed', offeredTo: null }, at)
    case 'release':
      return become(world, item, what, { state: 'queued', holder: null, offeredTo: null }, at)
    case 'transfer':
      return transfer(world, item, what, at)
  }
}
