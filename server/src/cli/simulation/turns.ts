// What one person does when it is her turn: the dice of the script.

import type { Act } from './acts.ts'
import { type Floor, type Item, newWork, queueOf, type Scene, without } from './floor.ts'
import { answerLater, type Fate } from './offers.ts'

export function nextAct(floor: Floor, scene: Scene, here: readonly Scene[]): Act | null {
  const dice = floor.random.next()
  if (scene.leaving) return close(floor, scene)
  if (scene.onBreak && dice < 0.35) return endBreak(floor, scene)
  if (dice < 0.05) return leave(floor, scene)
  if (dice < 0.17) return choose(floor, scene)
  if (dice < 0.22) return transfer(floor, scene, here)
  if (dice < 0.27) return assign(floor, scene)
  if (dice < 0.45) return offer(floor, scene)
  if (scene.items.length > 0 && dice < 0.57) return move(floor, scene)
  if (scene.items.length > 0 && dice < 0.58 + 0.12 * scene.items.length) return close(floor, scene)
  // On a break nobody takes new work, but conversations that are open come to an end.
  if (scene.onBreak) return close(floor, scene)
  return pick(floor, scene)
}

function pick(floor: Floor, scene: Scene): Act | null {
  const waiting = floor.queued.find(
    ({ item, queueId }) => scene.player.queues.includes(queueId) && takes(scene, item.workstreamId),
  )
  if (waiting) {
    floor.queued = floor.queued.filter(other => other !== waiting)
    waiting.item.state = 'active'
    return begin(scene, waiting.item, 'pick')
  }
  const item = newWork(floor, scene)
  return item ? begin(scene, item, 'pick') : close(floor, scene)
}

/** Some on a break too: a choice that lasts must outlive it (MA3). */
function assign(floor: Floor, scene: Scene): Act | null {
  const item = newWork(floor, scene)
  return item && begin(scene, item, 'assign')
}

function begin(scene: Scene, item: Item, kind: 'pick' | 'assign'): Act {
  scene.items.push(item)
  return { kind, workItemId: item.id, workstreamId: item.workstreamId, attributes: item.attributes }
}

function offer(floor: Floor, scene: Scene): Act | null {
  const item = scene.onBreak ? null : newWork(floor, scene)
  if (!item) return null
  const { id: workItemId, workstreamId, attributes } = item
  const declined = () => floor.queued.push({ item, queueId: queueOf(floor, item) })
  answerLater(floor, scene, { item, handedOver: false, taken: () => {}, declined })
  return { kind: 'offer', force: floor.random.chance(0.1), workItemId, workstreamId, attributes }
}

/** Parks an item, takes it up again, or ends the conversation but not its paperwork. */
function move({ random }: Floor, scene: Scene): Act {
  const item = random.pick(scene.items)
  const next = item.state === 'active' ? (random.chance(0.5) ? 'waiting' : 'wrap-up') : 'active'
  item.state = next
  const kind = next === 'active' ? 'resume' : next === 'waiting' ? 'wait' : 'wrap-up'
  return { kind, workItemId: item.id }
}

function close({ random }: Floor, scene: Scene): Act | null {
  if (scene.items.length === 0) return null
  const item = random.pick(scene.items)
  without(scene, item)
  return { kind: 'close', workItemId: item.id }
}

/** To a colleague of a shared queue, straight or as an offer, or to a queue. */
function transfer(floor: Floor, scene: Scene, here: readonly Scene[]): Act | null {
  const { random } = floor
  const colleagues = colleaguesOf(scene, here)
  if (scene.items.length === 0 || colleagues.length === 0) return null
  const item = random.pick(scene.items)
  const act = { kind: 'transfer', workItemId: item.id } as const
  const how = random.next()
  if (how < 0.25) {
    const queueId = random.pick(scene.player.queues)
    without(scene, item)
    floor.queued.push({ item, queueId })
    return { ...act, to: { queueId }, offer: false }
  }
  const colleague = random.pick(colleagues)
  if (how < 0.6 && item.state === 'active') return handOver(floor, scene, item, colleague)
  const to = { representativeId: colleague.player.id }
  without(scene, item)
  item.state = 'active'
  colleague.items.push(item)
  return { ...act, to, offer: false }
}

/** TR4: she keeps it until it is taken. */
export function handOver(floor: Floor, scene: Scene, item: Item, colleague: Scene, fate?: Fate): Act {
  const taken = () => without(scene, item)
  answerLater(floor, colleague, { item, handedOver: true, taken, declined: () => {}, ...(fate && { fate }) })
  const to = { representativeId: colleague.player.id }
  return { kind: 'transfer', workItemId: item.id, to, offer: true }
}

export function colleaguesOf(scene: Scene, here: readonly Scene[]): readonly Scene[] {
  return here.filter(
    other =>
      other !== scene &&
      !other.leaving &&
      other.player.queues.some(queue => scene.player.queues.includes(queue)),
  )
}

function choose({ cast, random }: Floor, scene: Scene): Act {
  if (random.chance(0.05)) return { kind: 'cancel-next' }
  const isBreak = random.chance(0.6)
  const statusId = random.pick(isBreak ? cast.breaks : cast.atWork)
  const afterWork = isBreak && scene.items.length > 0 && random.chance(0.5)
  scene.onBreak = isBreak
  return {
    kind: 'choose',
    statusId,
    when: afterWork ? 'after-work' : 'now',
    forMs: statusId === 'short-break' ? random.between(30, 90) * 1_000 : null,
    note: random.chance(0.2)
      ? random.pick(['back in ten', 'with Priya', 'room 4', 'call me if it burns'])
      : null,
    bySupervisor: random.chance(0.15),
  }
}

function endBreak({ random }: Floor, scene: Scene): Act {
  scene.onBreak = false
  if (random.chance(0.5)) return { kind: 'reset', bySupervisor: random.chance(0.2) }
  return { kind: 'choose', statusId: 'available', when: 'now', forMs: null, note: null, bySupervisor: false }
}

/** Who still has work, and every other who has none, loses the network; most come back within the restore window. The rest sign out. */
function leave({ random, day, atMs }: Floor, scene: Scene): Act {
  scene.tabs = 0
  if (scene.items.length > 0 || random.chance(0.5)) {
    const within = random.chance(0.8)
    const awayMs = within
      ? random.between(2_000, Math.max(2_000, day.windowMs * 0.4))
      : random.between(day.windowMs + 5_000, day.windowMs * 1.4 + 5_000)
    if (!within) scene.onBreak = false
    scene.where = 'gone'
    scene.backAtMs = atMs + awayMs
    return { kind: 'drop' }
  }
  scene.where = 'out'
  scene.onBreak = false
  scene.backAtMs = atMs + random.between(day.windowMs * 0.4, day.windowMs * 1.8)
  return { kind: 'sign-out' }
}

function takes(scene: Scene, workstreamId: string): boolean {
  return scene.player.takes.some(one => one.workstreamId === workstreamId && scene.items.length < one.atOnce)
}
