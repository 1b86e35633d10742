// What only time brings about, each thing at its own instant, for the naive oracle (DI10). Running deadlines keep
// their length whatever is configured meanwhile (PO3), because instants are kept, not lengths.

import { consumes, held, offers } from './oracle-capacity.ts'
import { beginHold, endOffer, isPassing, look } from './oracle-presence.ts'
import { type Item, type Person, type World, workstream } from './oracle-world.ts'

/** NO8: how long an offer outlives the last connection. */
const GRACE_MS = 10_000

type Due = { at: number; happen: () => void }

/** Everything that is due by now, of everybody, in the order in which it falls due. */
export function tick(world: World, at: number): void {
  for (;;) {
    let first: Due | null = null
    for (const she of world.everybody) {
      const due = firstDue(world, she)
      if (due !== null && (first === null || due.at < first.at)) first = due
    }
    if (first === null || first.at > at) return
    first.happen()
  }
}

/** Instants at which something falls due, for histories that want to be there, just before, or just after. */
export function instants(world: World): number[] {
  const all = world.everybody.flatMap(she => {
    const found: number[] = []
    dues(world, she, at => found.push(at))
    return found
  })
  return [...new Set(all)].sort((one, other) => one - other)
}

/** NO8, WK7: how she goes; DI4: choice, next choice and hold are forgotten. */
export function depart(world: World, she: Person, at: number): void {
  withdrawOffers(world, she)
  for (const item of held(world, she)) {
    if (!item.routed || !world.config.policy.releaseRoutedWork) continue
    world.mark('WK7 routed work released')
    release(item)
  }
  she.link = 'signed-out'
  she.stance = { kind: 'none' }
  she.next = null
  she.seenBeforeAbsence = null
  look(world, she, at)
}

/** NO8: at once on a sign-out. */
export function withdrawOffers(world: World, she: Person): void {
  for (const item of offers(world, she)) {
    world.mark('NO8 withdrawn at a sign-out')
    endOffer(item, true)
  }
}

/** `window`: from when the restore window counts, if not from the beginning of the absence (DI6). */
export function beginAbsence(world: World, she: Person, at: number, window = at): void {
  const { restoreWindowMs, releaseWorkAfterMs } = world.config.policy
  she.link = 'absent'
  she.absentSince = at
  she.absentUntil = window + restoreWindowMs
  she.signedOutHerself = false
  she.releaseAt = releaseWorkAfterMs === null ? null : window + releaseWorkAfterMs
  she.seenBeforeAbsence = she.seen
  look(world, she, at)
}

function firstDue(world: World, she: Person): Due | null {
  let first: Due | null = null
  dues(world, she, (at, happen) => {
    if (first === null || at < first.at) first = { at, happen }
  })
  return first
}

/** Of one instant, what is listed first happens first. */
function dues(world: World, she: Person, due: (at: number, happen: () => void) => void): void {
  // SI4: what is shown before an absence is what was shown until it.
  if (she.link === 'handover') {
    const end = she.handoverUntil + 1
    due(end, () => {
      world.mark('DI7 nobody came back')
      const until = she.absentUntil
      beginAbsence(world, she, end)
      she.absentUntil = until
      she.connections = []
    })
  }
  const { stance } = she
  if (stance.kind === 'choice' && stance.until !== null) {
    const { until } = stance
    due(until, () => {
      world.mark('MA6 expired')
      she.stance = { kind: 'none' }
      look(world, she, until)
    })
  }
  for (const [profileId, day] of Object.entries(she.days)) {
    const { endsAt } = day
    if (endsAt !== null) due(endsAt, () => endDay(world, she, profileId, endsAt))
  }
  const mine = held(world, she)
  for (const item of mine) {
    const { capacityUntil } = item
    if (capacityUntil !== null) due(capacityUntil, () => endWrapUp(world, she, item, capacityUntil))
  }
  for (const item of offers(world, she)) {
    const gone =
      she.link === 'absent' ? she.absentSince : she.link === 'handover' ? she.handoverUntil + 1 : Infinity
    const end = Math.min(item.offerEndsAt, gone + GRACE_MS)
    due(end, () => endOfferByTime(world, she, item, end))
  }
  for (const item of mine) {
    const { staleAt } = item
    if (staleAt === null) continue
    due(staleAt, () => {
      world.mark('WK8 stale')
      item.stale = true
      item.staleAt = null
    })
  }
  const { releaseAt } = she
  if (releaseAt !== null && mine.some(item => item.heldSince < releaseAt))
    due(releaseAt, () => releaseLeft(world, she, releaseAt))
  if (she.link === 'absent') {
    // DI2: exactly the end of the window is still within it.
    const end = Math.max(she.absentUntil + 1, she.absentSince)
    due(end, () => {
      world.mark('DI4 signed out')
      depart(world, she, end)
    })
  }
}

function endDay(world: World, she: Person, profileId: string, at: number): void {
  world.mark('CA6 a reset')
  for (const item of held(world, she)) {
    if (item.state === 'waiting' || !item.profiles.includes(profileId)) continue
    world.mark('CA6 open over a reset')
    item.overReset = true
  }
  const day = she.days[profileId]
  if (day !== undefined) she.days[profileId] = { closed: 0, endsAt: null, date: day.date }
  look(world, she, at)
}

/** CA8, CA4: nobody did that, so it ends no hold. */
function endWrapUp(world: World, she: Person, item: Item, at: number): void {
  world.mark('CA8 a time is over')
  item.holdsCapacity = false
  item.capacityUntil = null
  if (isPassing(world, she.stance)) she.stance = { kind: 'none' }
  look(world, she, at)
}

/** NO2; NO8: of somebody absent it is withdrawn, which is no miss. */
function endOfferByTime(world: World, she: Person, item: Item, at: number): void {
  endOffer(item, true)
  if (she.link === 'absent') world.mark('NO8 withdrawn from somebody absent')
  else missed(world, she, item, at)
  look(world, she, at)
}

/** NO2, NO5 */
export function missed(world: World, she: Person, item: Item, at: number): void {
  if (!workstream(world, item).missedCounts) {
    world.mark('NO5 a miss that does not count')
    return
  }
  if (!world.config.policy.missedSetsInactive) {
    world.mark('NO2 missed, no hold by policy')
    return
  }
  world.mark('NO2 missed')
  beginHold(world, she, 'missed', item.id, at)
}

/** WK7: whatever she has in her hands by then. */
function releaseLeft(world: World, she: Person, at: number): void {
  const mine = held(world, she)
  if (mine.some(consumes) && isPassing(world, she.stance)) she.stance = { kind: 'none' }
  for (const item of mine) {
    world.mark(item.offeredTo === null ? 'WK7 left lying' : 'WK7 left lying, on offer to another')
    release(item)
  }
  she.releaseAt = null
  look(world, she, at)
}

/** If it is on offer to somebody, that goes on. */
function release(item: Item): void {
  item.state = item.offeredTo === null ? 'queued' : 'offered'
  item.holder = null
}
