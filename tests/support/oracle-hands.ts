// What a change of an item means in the hands that it leaves and comes to: capacity that begins or ends (CA4), holds
// (NO2, NO3, SE2), tallies (CA6), timers (NO1, CA8, WK8). See oracle.ts.

import { atSessionLimit, consumes, untilReset } from './oracle-capacity.ts'
import { nextReset } from './oracle-days.ts'
import { beginHold, isPassing, look } from './oracle-presence.ts'
import { missed } from './oracle-time.ts'
import type { Report } from './oracle-work.ts'
import { type Did, type Item, type Person, person, type World, workstream } from './oracle-world.ts'

const IN_HANDS = ['active', 'waiting', 'wrap-up']

/** `happen` changes state, holder, offer or queue of the item; the rest follows here. */
export function change(world: World, item: Item, what: Report, happen: () => void, at: number): Did {
  const was = { ...item }
  happen()
  store(world, item)
  if (item.state === 'closed' && was.state !== 'closed') item.closedAt = at
  renew(world, item, was, at)
  const involved = new Set([was.holder, was.offeredTo, item.holder, item.offeredTo])
  for (const id of involved) if (id !== null) concern(world, person(world, id), item, was, what, at)
  return 'done'
}

/** The item's timers, in the hands it is in now. */
function renew(world: World, item: Item, was: Item, at: number): void {
  const { policy } = world.config
  const { wrapUp, offerTimeoutMs } = workstream(world, item)
  if (item.offeredTo !== null && item.offeredTo !== was.offeredTo) {
    item.offeredAt = at
    item.offerEndsAt = at + offerTimeoutMs
    item.offerNumber = ++world.offers
  }
  if (item.holder === null || !IN_HANDS.includes(item.state)) {
    item.capacityUntil = null
    return
  }
  if (item.holder !== was.holder || item.state !== was.state) {
    item.heldSince = at
    // Somebody else, or whoever comes to it anew, has not had it over a reset.
    if (item.holder !== was.holder) item.overReset = false
    item.capacityUntil = null
    item.holdsCapacity = false
    if (item.state === 'wrap-up') {
      item.holdsCapacity = wrapUp !== 'none'
      if (typeof wrapUp === 'object') item.capacityUntil = at + wrapUp.seconds * 1_000
      world.mark(
        wrapUp === 'always'
          ? 'CA8 wrap-up that holds'
          : wrapUp === 'none'
            ? 'CA8 wrap-up that holds nothing'
            : 'CA8 wrap-up for a time',
      )
    }
  }
  item.stale = false
  item.staleAt = policy.staleWorkAfterMs === null ? null : at + policy.staleWorkAfterMs
}

/** What it means to one of those who had, have, were or are offered it. */
function concern(world: World, she: Person, item: Item, was: Item, what: Report, at: number): void {
  const held = was.holder === she.id && IN_HANDS.includes(was.state)
  const holds = item.holder === she.id && IN_HANDS.includes(item.state)
  const wasOffered = was.offeredTo === she.id
  const isOffered = item.offeredTo === she.id
  const consumed = held && consumes(was)
  const consumesNow = holds && consumes(item)
  const closed = held && what.type === 'close'
  if (holds && !held) uncount(world, she, item)
  if (closed && was.state !== 'waiting' && !was.overReset) count(world, she, item, at)
  if (closed && was.state === 'wrap-up' && !consumed) world.mark('CA4 closing a wrap-up that holds nothing')
  if (consumed !== consumesNow || (closed && was.state === 'wrap-up')) {
    const began = holds && (what.type === 'accept' || what.type === 'assign')
    work(world, she, what.doneBy === 'representative' && (began || closed))
  }
  const offerEnded = wasOffered && !isOffered && !holds
  if (offerEnded && what.type === 'miss') missed(world, she, item, at)
  if (offerEnded && what.type === 'reject') {
    if (world.config.policy.rejectedSetsDoNotDisturb) {
      world.mark('NO3 rejected')
      beginHold(world, she, 'rejected', item.id, at)
    } else world.mark('NO3 rejected, no hold by policy')
  }
  // SE2; resuming at the limit is allowed (SE1).
  const isNew = holds && !held && item.state === 'active'
  if (isNew && workstream(world, item).opensSession && atSessionLimit(world, she, item)) {
    world.mark('SE2 taken, and held')
    beginHold(world, she, 'session-limit', item.id, at)
  }
  look(world, she, at)
}

/** CA4. `hers`: an accept or a close that she did herself. */
function work(world: World, she: Person, hers: boolean): void {
  const { stance } = she
  if (isPassing(world, stance)) {
    world.mark(stance.kind === 'default' ? 'CA4 work ends a default' : 'CA4 work ends a choice')
    she.stance = { kind: 'none' }
  } else if (stance.kind === 'hold' && stance.why !== 'session-limit') {
    world.mark(hers ? 'CA4 her own work ends a hold' : 'CA4 work of others leaves a hold')
    if (hers) she.stance = { kind: 'none' }
  }
}

/** CA6: closed items of an end-of-day profile go on consuming. */
function count(world: World, she: Person, closed: Item, at: number): void {
  const dates: Record<string, string> = {}
  for (const profileId of closed.profiles) {
    if (!untilReset(world, profileId)) continue
    world.mark('CA6 closed work is counted')
    const day = she.days[profileId]
    if (day !== undefined && day.endsAt !== null) {
      day.closed++
      dates[profileId] = day.date
    } else {
      const end = nextReset(world.config, profileId, at, day?.date ?? '')
      dates[profileId] = end.date
      she.days[profileId] = { closed: 1, endsAt: end.at, date: end.date }
    }
  }
  closed.counted[she.id] = dates
}

/** CA6: what is taken up again by who closed it is closed no longer. */
function uncount(world: World, she: Person, item: Item): void {
  for (const [profileId, date] of Object.entries(item.counted[she.id] ?? {})) {
    const day = she.days[profileId]
    if (day === undefined || day.endsAt === null || day.date !== date) continue
    world.mark('CA6 counted once')
    day.closed = Math.max(0, day.closed - 1)
  }
  delete item.counted[she.id]
}

function store(world: World, item: Item): void {
  const before = world.items[item.id]
  if (before === item) return
  world.items[item.id] = item
  world.allItems = [...world.allItems.filter(other => other !== before), item]
}
