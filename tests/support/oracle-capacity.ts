// The naive oracle's arithmetic: what a representative holds, what that takes, and the capacity result (CA, SE1).

import type { Item, Person, World } from './oracle-world.ts'
import { workstream } from './oracle-world.ts'

/** In her own hands, offers apart. */
export function held(world: World, she: Person): Item[] {
  return world.allItems.filter(
    item =>
      item.holder === she.id &&
      (item.state === 'active' || item.state === 'waiting' || item.state === 'wrap-up'),
  )
}

/** On offer to her, what came first first. */
export function offers(world: World, she: Person): Item[] {
  const found = world.allItems.filter(item => item.offeredTo === she.id)
  return found.length < 2 ? found : found.sort((one, other) => one.offerNumber - other.offerNumber)
}

/** CA1, CA8 */
export function consumes(item: Item): boolean {
  return item.state === 'active' || (item.state === 'wrap-up' && item.holdsCapacity)
}

export function isOpen(item: Item): boolean {
  return item.state === 'active' || item.state === 'wrap-up'
}

/** SI7, CA9, CA6 */
export function activeWork(world: World, she: Person): number {
  let count = 0
  for (const item of held(world, she)) {
    if (!consumes(item) || item.overReset) continue
    if (workstream(world, item).affectsPresence) count++
    else world.mark('CA9 overlooked')
  }
  return count
}

export function untilReset(world: World, profileId: string): boolean {
  return world.config.profiles[profileId]?.reset === 'end-of-day'
}

/** CA5: of the profiles that she holds and that exist. */
export function limitOf(
  world: World,
  she: Person,
  profileId: string,
): { limit: number; blocking: boolean } | null {
  const profile = world.config.profiles[profileId]
  if (profile === undefined) return null
  return { limit: she.profiles[profileId] ?? profile.limit, blocking: profile.blocking }
}

export function limitsInWords(world: World, she: Person): string {
  const ids = Object.keys(she.profiles).sort()
  return `${she.units} ${ids.map(id => `${id} ${JSON.stringify(limitOf(world, she, id))}`).join()}`
}

/** `forPresence`: without what is open since before a reset (CA6), which takes room only. */
export function usedUnits(mine: readonly Item[], forPresence: boolean): number {
  let used = 0
  for (const item of mine) if (consumes(item) && !(forPresence && item.overReset)) used += item.units
  return used
}

export function usedOf(
  world: World,
  she: Person,
  mine: readonly Item[],
  profileId: string,
  forPresence: boolean,
): number {
  const counts = untilReset(world, profileId)
  let used = counts ? (she.days[profileId]?.closed ?? 0) : 0
  for (const item of mine) {
    if (!item.profiles.includes(profileId) || (forPresence && item.overReset)) continue
    if (consumes(item)) used++
    else if (counts && item.state === 'wrap-up') {
      used++
      world.mark('CA6 a wrap-up counts until the reset')
    }
  }
  return used
}

/** CA2, line by line. */
export function capacityResult(world: World, she: Person): string {
  const mine = held(world, she)
  const left: number[] = []
  let blockingUsedUp = false
  if (she.units !== null) left.push(she.units - usedUnits(mine, true))
  for (const profileId of Object.keys(she.profiles)) {
    const limits = limitOf(world, she, profileId)
    if (limits === null) continue
    const available = limits.limit - usedOf(world, she, mine, profileId, true)
    left.push(available)
    if (limits.blocking && available <= 0) blockingUsedUp = true
  }
  if (left.some(available => available < 0)) {
    world.mark('CA2.1 overdrawn')
    return 'do-not-disturb'
  }
  if (blockingUsedUp) {
    world.mark('CA2.2 blocked')
    return 'do-not-disturb'
  }
  if (left.length > 0 && left.every(available => available <= 0)) {
    world.mark('CA2.3 all used up')
    return 'do-not-disturb'
  }
  if (activeWork(world, she) > 0) {
    world.mark('CA2.4 busy')
    return 'busy'
  }
  world.mark('CA2.5 available')
  return 'available'
}

/** SE1. `without`: an item that is not counted. */
export function sessions(world: World, she: Person, without: Item | null = null) {
  const opens = (item: Item) => item !== without && workstream(world, item).opensSession
  return {
    open: held(world, she).filter(item => isOpen(item) && opens(item)).length,
    reserved: offers(world, she).filter(opens).length,
    limit: world.config.policy.sessionLimit,
  }
}

export function atSessionLimit(world: World, she: Person, without: Item | null = null): boolean {
  const { open, reserved, limit } = sessions(world, she, without)
  return open + reserved >= limit
}

/** RO1: room in everything that it costs, reservations counted. */
export function hasRoom(world: World, she: Person, cost: { units: number; profiles: readonly string[] }) {
  const mine = held(world, she)
  const pending = offers(world, she)
  if (she.units !== null && cost.units > 0) {
    const reserved = pending.reduce((sum, item) => sum + item.units, 0)
    if (she.units - usedUnits(mine, false) - reserved < cost.units) return false
  }
  for (const profileId of cost.profiles) {
    const limits = profileId in she.profiles ? limitOf(world, she, profileId) : null
    if (limits === null) return false
    const reserved = pending.filter(item => item.profiles.includes(profileId)).length
    if (limits.limit - usedOf(world, she, mine, profileId, false) - reserved < 1) return false
  }
  return true
}
