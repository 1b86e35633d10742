// What happens in the demo, and when: an endless day, pure and repeatable by its seed. The script keeps its own
// simple picture of everybody, so that most of what it asks for makes sense; the server decides.

import type { Cast, Player } from './cast.ts'
import { createRandom, type Random } from './random.ts'

export type Act =
  | { readonly kind: 'sign-in' }
  /** The network goes; how it comes back is another act. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'return' }
  | { readonly kind: 'sign-out' }
  | {
      readonly kind: 'accept'
      readonly workItemId: string
      readonly workstreamId: string
      readonly attributes: { readonly title: string; readonly customer: string }
    }
  | { readonly kind: 'close'; readonly workItemId: string }
  | { readonly kind: 'transfer'; readonly workItemId: string; readonly to: string }
  | {
      readonly kind: 'choose'
      readonly statusId: string
      readonly when: 'now' | 'after-work'
      readonly forMs: number | null
      readonly note: string | null
      /** The supervisor chose it for her. */
      readonly bySupervisor: boolean
    }
  | { readonly kind: 'reset' }

export interface Step {
  /** Milliseconds since the beginning of the script; never falls. */
  readonly atMs: number
  readonly playerId: string
  readonly act: Act
}

interface Scene {
  readonly player: Player
  where: 'out' | 'here' | 'gone'
  /** When somebody who is out or gone comes back. */
  backAtMs: number
  items: string[]
  onBreak: boolean
}

/** One sign-in after another in the first 20 s; then somebody does something about once a second. */
const SIGN_IN_GAP_MS = 400
const GAP_MS = { least: 350, most: 1_400 }
/** The restore window of the default policy (DI2), which some come back within and some after. */
const WINDOW_MS = 150_000

export function* script(cast: Cast, seed: number): Generator<Step, never> {
  const random = createRandom(seed)
  const scenes: Scene[] = cast.players.map((player, index) => ({
    player,
    where: 'out',
    backAtMs: index * SIGN_IN_GAP_MS,
    items: [],
    onBreak: false,
  }))
  const items = { count: 0 }
  let atMs = 0

  while (true) {
    const due = scenes.find(scene => scene.where !== 'here' && scene.backAtMs <= atMs)
    if (due) {
      const act: Act = { kind: due.where === 'out' ? 'sign-in' : 'return' }
      due.where = 'here'
      yield { atMs, playerId: due.player.id, act }
    } else {
      const here = scenes.filter(scene => scene.where === 'here')
      if (here.length > cast.players.length / 5) {
        const scene = random.pick(here)
        const act = nextAct(scene, here, cast, random, atMs, items)
        if (act) yield { atMs, playerId: scene.player.id, act }
      }
    }
    const starting = atMs < cast.players.length * SIGN_IN_GAP_MS
    atMs += starting ? SIGN_IN_GAP_MS : random.between(GAP_MS.least, GAP_MS.most)
  }
}

function nextAct(
  scene: Scene,
  here: readonly Scene[],
  cast: Cast,
  random: Random,
  atMs: number,
  items: { count: number },
): Act | null {
  const dice = random.next()
  if (scene.onBreak && dice < 0.35) return endBreak(scene, random)
  if (dice < 0.05) return leave(scene, random, atMs)
  if (dice < 0.18) return choose(scene, cast, random)
  if (dice < 0.22) return transfer(scene, here, random)
  if (scene.items.length > 0 && dice < 0.3 + 0.2 * scene.items.length) return close(scene, random)
  // On a break nobody takes new work, but conversations that are open come to an end.
  if (scene.onBreak) return close(scene, random)
  return accept(scene, cast, random, items)
}

function accept(scene: Scene, cast: Cast, random: Random, items: { count: number }): Act | null {
  const { workstreamId, atOnce } = random.pick(scene.player.takes)
  if (scene.items.length >= atOnce) return close(scene, random)
  items.count += 1
  const workItemId = `${workstreamId}-${items.count}`
  scene.items.push(workItemId)
  const title = random.pick(cast.topics[workstreamId] ?? ['A question'])
  return {
    kind: 'accept',
    workItemId,
    workstreamId,
    attributes: { title, customer: random.pick(cast.customers) },
  }
}

function close(scene: Scene, random: Random): Act | null {
  if (scene.items.length === 0) return null
  const workItemId = random.pick(scene.items)
  scene.items = scene.items.filter(item => item !== workItemId)
  return { kind: 'close', workItemId }
}

function transfer(scene: Scene, here: readonly Scene[], random: Random): Act | null {
  const colleagues = here.filter(
    other => other !== scene && other.player.queues.some(queue => scene.player.queues.includes(queue)),
  )
  if (scene.items.length === 0 || colleagues.length === 0) return null
  const workItemId = random.pick(scene.items)
  const colleague = random.pick(colleagues)
  scene.items = scene.items.filter(item => item !== workItemId)
  colleague.items.push(workItemId)
  return { kind: 'transfer', workItemId, to: colleague.player.id }
}

function choose(scene: Scene, cast: Cast, random: Random): Act {
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

function endBreak(scene: Scene, random: Random): Act {
  scene.onBreak = false
  if (random.chance(0.5)) return { kind: 'reset' }
  return { kind: 'choose', statusId: 'available', when: 'now', forMs: null, note: null, bySupervisor: false }
}

/** Who still has work, and every other who has none, loses the network; most come back within the restore window. The rest sign out. */
function leave(scene: Scene, random: Random, atMs: number): Act {
  if (scene.items.length > 0 || random.chance(0.5)) {
    const within = random.chance(0.8)
    const awayMs = within
      ? random.between(2_000, 60_000)
      : random.between(WINDOW_MS + 5_000, WINDOW_MS + 60_000)
    if (!within) scene.onBreak = false
    scene.where = 'gone'
    scene.backAtMs = atMs + awayMs
    return { kind: 'drop' }
  }
  scene.where = 'out'
  scene.onBreak = false
  scene.backAtMs = atMs + random.between(60_000, WINDOW_MS + 120_000)
  return { kind: 'sign-out' }
}
