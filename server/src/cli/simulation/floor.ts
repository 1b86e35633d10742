// The script's own simple picture of the contact center: who is here, what they hold, what will happen by itself.

import type { Act, Attributes } from './acts.ts'
import type { Cast, Player } from './cast.ts'
import type { Random } from './random.ts'

/** How long things take in a day. All in ms of the script, which a player may run faster. */
export interface Day {
  /** The server's restore window (DI2), which some come back within and some after. */
  readonly windowMs: number
  /** After which the server counts an offer as missed. */
  readonly offerTimeoutMs: number
  /** When most of the day's people go home and the night's come; null: never. */
  readonly nightFromMs: number | null
  /** Floods of work, changes of the configuration, and what a proof wants and a demo spares its viewers. */
  readonly drills: boolean
  /** Networks may go without a word. */
  readonly cuts: boolean
}

/** The defaults of the policy and of the demo's workstreams, and no night. */
export const DEMO_DAY: Day = {
  windowMs: 150_000,
  offerTimeoutMs: 20_000,
  nightFromMs: null,
  drills: false,
  cuts: false,
}

export interface Item {
  readonly id: string
  readonly workstreamId: string
  readonly attributes: Attributes
  state: 'active' | 'waiting' | 'wrap-up'
}

export interface Scene {
  readonly player: Player
  where: 'out' | 'here' | 'gone'
  /** When somebody who is out or gone comes back. */
  backAtMs: number
  items: Item[]
  onBreak: boolean
  tabs: number
  /** Of the limit of her day: the script stays below it. */
  casesLeft: number
  /** Goes home: takes no new work. */
  leaving: boolean
}

/** Something that will happen unless it has become impossible: then it answers null. */
export interface Plan {
  readonly atMs: number
  readonly scene: Scene
  readonly act: () => Act | null
}

export interface Floor {
  readonly cast: Cast
  readonly day: Day
  readonly random: Random
  readonly scenes: readonly Scene[]
  plans: Plan[]
  /** Nobody's, with the queue where it waits. */
  queued: { readonly item: Item; readonly queueId: string }[]
  items: number
  /** Turns so far, and which occasion comes next. */
  turns: number
  nextOccasion: number
  /** Changes of the configuration so far. */
  changes: number
  atMs: number
}

export const CASES_IN_HALF_A_DAY = 15

export function plan(floor: Floor, afterMs: number, scene: Scene, act: () => Act | null): void {
  floor.plans.push({ atMs: floor.atMs + afterMs, scene, act })
}

export function without(scene: Scene, item: Item): void {
  scene.items = scene.items.filter(other => other !== item)
}

/** New work that she has hands for, or null. */
export function newWork(floor: Floor, scene: Scene): Item | null {
  const { workstreamId, atOnce } = floor.random.pick(scene.player.takes)
  if (scene.items.length >= atOnce || (workstreamId === 'case' && scene.casesLeft <= 0)) return null
  return newItem(floor, scene, workstreamId)
}

export function newItem(floor: Floor, scene: Scene, workstreamId: string): Item {
  const { cast, random } = floor
  floor.items += 1
  if (workstreamId === 'case') scene.casesLeft -= 1
  return {
    id: `${workstreamId}-${floor.items}`,
    workstreamId,
    attributes: {
      title: random.pick(cast.topics[workstreamId] ?? ['A question']),
      customer: random.pick(cast.customers),
    },
    state: 'active',
  }
}

/** An offer that nobody took waits in its workstream's queue. */
export function queueOf({ cast }: Floor, { workstreamId }: Item): string {
  return cast.workstreams.find(one => one.id === workstreamId)?.queueId ?? 'default'
}
