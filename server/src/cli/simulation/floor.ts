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
}

/** The defaults of the policy and of the demo's workstreams, and no night. */
export const DEMO_DAY: Day = { windowMs: 150_000, offerTimeoutMs: 20_000, nightFromMs: null }

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
  atMs: number
}

export function plan(floor: Floor, afterMs: number, scene: Scene, act: () => Act | null): void {
  floor.plans.push({ atMs: floor.atMs + afterMs, scene, act })
}

export function without(scene: Scene, item: Item): void {
  scene.items = scene.items.filter(other => other !== item)
}

export function newItem({ cast, random, items }: Floor, workstreamId: string): Item {
  return {
    id: `${workstreamId}-${items}`,
    workstreamId,
    attributes: {
      title: random.pick(cast.topics[workstreamId] ?? ['A question']),
      customer: random.pick(cast.customers),
    },
    state: 'active',
  }
}
