// What happens too seldom to be left to the dice, each in its turn: so that a whole shift holds every kind of event.

import type { Act } from './acts.ts'
import { configure, cut, flood } from './drills.ts'
import { type Floor, newItem, plan, queueOf, type Scene, without } from './floor.ts'
import { type Happening, withOne } from './happening.ts'
import { colleaguesOf, handOver } from './turns.ts'

type Occasion = (floor: Floor, here: readonly Scene[]) => Happening | null

/** One of so many turns is an occasion. */
const EVERY = 10
/** Beyond what she takes herself, so that some are open at the end of every day. */
const LONG_CASES = 20
const SEVERAL = 4

const ANY_DAY: readonly Occasion[] = [
  (floor, here) =>
    withOne(
      floor,
      here,
      () => true,
      () => ({ kind: 'reload' }),
    ),
  openTab,
  longCase,
  (floor, here) => withItem(floor, here, 'hang-up', () => {}),
  offerAndWithdraw,
  (floor, here) =>
    withItem(floor, here, 'release', item => floor.queued.push({ item, queueId: queueOf(floor, item) })),
  (floor, here) => withItem(floor, here, 'take-away', () => {}),
  (floor, here) => offered(floor, here, 'answer'),
  meeting,
  longCase,
  (floor, here) => offered(floor, here, 'reject'),
  (floor, here) => withOne(floor, here, idle, scene => resetOf(scene)),
  lunchAfterWork,
  paperwork,
  longCase,
]
const DRILLS: readonly Occasion[] = [flood, configure]
const CUTS: readonly Occasion[] = [cut]

/** Null: this turn is nobody's but the dice's. One that can't be had now is tried again next time. */
export function occasion(floor: Floor, here: readonly Scene[]): Happening | null {
  floor.turns += 1
  if (floor.turns % EVERY !== 0) return null
  const { drills, cuts } = floor.day
  const all = [...ANY_DAY, ...(drills ? DRILLS : []), ...(cuts ? CUTS : [])]
  for (let tried = 0; tried < all.length; tried += 1) {
    const next = all[floor.nextOccasion % all.length]
    floor.nextOccasion += 1
    const happening =
      next?.(
        floor,
        here.filter(scene => !scene.leaving),
      ) ?? null
    if (happening) return happening
  }
  return null
}

function idle({ items, onBreak }: Scene): boolean {
  return items.length === 0 && onBreak
}

function resetOf(scene: Scene): Act {
  scene.onBreak = false
  return { kind: 'reset', bySupervisor: true }
}

/** It is hers no longer. */
function withItem(
  floor: Floor,
  here: readonly Scene[],
  kind: 'hang-up' | 'release' | 'take-away',
  after: (item: Scene['items'][number]) => unknown,
): Happening | null {
  return withOne(floor, here, has('active'), scene => {
    const item = floor.random.pick(scene.items.filter(({ state }) => state === 'active'))
    without(scene, item)
    after(item)
    return { kind, workItemId: item.id }
  })
}

function has(state: Scene['items'][number]['state']): (scene: Scene) => boolean {
  return ({ items }) => items.some(item => item.state === state)
}

function openTab(floor: Floor, here: readonly Scene[]): Happening | null {
  return withOne(
    floor,
    here,
    ({ tabs }) => tabs === 1,
    scene => {
      scene.tabs = 2
      plan(floor, floor.random.between(20_000, 120_000), scene, () => {
        if (scene.where !== 'here' || scene.tabs !== 2) return null
        scene.tabs = 1
        return { kind: 'close-tab' }
      })
      return { kind: 'open-tab' }
    },
  )
}

/** A customer who changes her mind before anybody answers. */
function offerAndWithdraw(floor: Floor, here: readonly Scene[]): Happening | null {
  return withOne(floor, here, free, scene => {
    const { workstreamId } = floor.random.pick(scene.player.takes)
    const { id: workItemId, attributes } = newItem(floor, scene, workstreamId)
    plan(floor, 5_000, scene, () => ({ kind: 'withdraw', workItemId }))
    return { kind: 'offer', force: true, workItemId, workstreamId, attributes }
  })
}

function free({ items, onBreak }: Scene): boolean {
  return items.length === 0 && !onBreak
}

/** A transfer as an offer (TR4), with its end. */
function offered(floor: Floor, here: readonly Scene[], fate: 'answer' | 'reject'): Happening | null {
  const givers = here.filter(scene => has('active')(scene) && colleaguesOf(scene, here).some(free))
  return withOne(
    floor,
    givers,
    () => true,
    scene => {
      const item = floor.random.pick(scene.items.filter(({ state }) => state === 'active'))
      const colleague = floor.random.pick(colleaguesOf(scene, here).filter(free))
      return handOver(floor, scene, item, colleague, fate)
    },
  )
}

/** The supervisor calls several of a queue together (SU7), and lets them go again. */
function meeting(floor: Floor, here: readonly Scene[]): Happening | null {
  const queue = floor.random.pick(floor.cast.queues).id
  const team = here.filter(({ player }) => player.queues.includes(queue)).slice(0, SEVERAL)
  const [first] = team
  if (!first || team.length < 2) return null
  const ids = team.map(({ player }) => player.id)
  for (const scene of team) scene.onBreak = true
  plan(floor, floor.random.between(20_000, 40_000), first, () => {
    for (const scene of team) scene.onBreak = false
    return { kind: 'reset-many', ids }
  })
  return [first, { kind: 'choose-many', ids, statusId: 'team-meeting' }]
}

function lunchAfterWork(floor: Floor, here: readonly Scene[]): Happening | null {
  const few = (scene: Scene) => !scene.onBreak && has('active')(scene) && scene.items.length === 1
  return withOne(floor, here, few, scene => {
    scene.onBreak = true
    const [item] = scene.items
    if (item) {
      plan(floor, 10_000, scene, () => {
        if (scene.where !== 'here' || !scene.items.includes(item)) return null
        without(scene, item)
        return { kind: 'close', workItemId: item.id }
      })
    }
    return {
      kind: 'choose',
      statusId: 'lunch',
      when: 'after-work',
      forMs: null,
      note: null,
      bySupervisor: false,
    }
  })
}

/** The call is over, and there is something to write: capacity is held for a moment only (CA8). */
function paperwork(floor: Floor, here: readonly Scene[]): Happening | null {
  const call = ({ items }: Scene) =>
    items.find(({ workstreamId, state }) => workstreamId === 'phone' && state === 'active')
  return withOne(
    floor,
    here,
    scene => call(scene) !== undefined,
    scene => {
      const item = call(scene)
      if (!item) throw new Error('no call')
      without(scene, item)
      plan(floor, 40_000, scene, () =>
        scene.where === 'here' ? { kind: 'close', workItemId: item.id } : null,
      )
      return { kind: 'wrap-up', workItemId: item.id }
    },
  )
}

/** One that stays open for a while, over the end of the day and that of her shift; a colleague closes it then. */
function longCase(floor: Floor, here: readonly Scene[]): Happening | null {
  return withOne(floor, here, takesCases, scene => {
    const { id: workItemId, workstreamId, attributes } = newItem(floor, scene, 'case')
    plan(floor, floor.random.between(200_000, 500_000), scene, () => ({ kind: 'take-away', workItemId }))
    return { kind: 'assign', workItemId, workstreamId, attributes }
  })
}

function takesCases({ player, casesLeft, onBreak }: Scene): boolean {
  return (
    !onBreak && casesLeft > -LONG_CASES && player.takes.some(({ workstreamId }) => workstreamId === 'case')
  )
}
