// Somebody to whom something happens now.

import type { Act } from './acts.ts'
import type { Floor, Scene } from './floor.ts'

export type Happening = readonly [Scene, Act]

/** One of those here who are so, by the dice; null if nobody is. */
export function withOne(
  { random }: Floor,
  here: readonly Scene[],
  is: (scene: Scene) => boolean,
  act: (scene: Scene) => Act,
): Happening | null {
  const fitting = here.filter(is)
  if (fitting.length === 0) return null
  const scene = random.pick(fitting)
  return [scene, act(scene)]
}
