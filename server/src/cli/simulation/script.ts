// What happens in a contact center, and when: an endless day, pure and repeatable by its seed. The script keeps its
// own simple picture of everybody, so that most of what it asks for makes sense; the server decides.

import type { Act, Step } from './acts.ts'
import type { Cast } from './cast.ts'
import { CASES_IN_HALF_A_DAY, type Day, DEMO_DAY, type Floor, plan, type Scene } from './floor.ts'
import { occasion } from './occasions.ts'
import { createRandom } from './random.ts'
import { nextAct } from './turns.ts'

/** One sign-in after another, in the first 20 s of fifty people; then somebody does something about once a second. */
const SIGN_IN_GAP_MS = 400
const GAP_MS = { least: 350, most: 1_400 }
/** Within this time after the night began everybody has gone or come. */
const CHANGE_OF_SHIFTS_MS = 20_000

export function* script(cast: Cast, seed: number, day: Day = DEMO_DAY): Generator<Step, never> {
  const floor: Floor = {
    cast,
    day,
    random: createRandom(seed),
    scenes: cast.players.map((player, index) => ({
      player,
      where: 'out',
      backAtMs: day.nightFromMs !== null && isOfTheNight(index) ? Infinity : index * SIGN_IN_GAP_MS,
      items: [],
      onBreak: false,
      tabs: 0,
      casesLeft: CASES_IN_HALF_A_DAY,
      leaving: false,
    })),
    plans: [],
    queued: [],
    items: 0,
    turns: 0,
    nextOccasion: 0,
    changes: 0,
    atMs: 0,
  }
  let night = false

  while (true) {
    const { atMs, random } = floor
    if (!night && day.nightFromMs !== null && atMs >= day.nightFromMs) {
      night = true
      changeShifts(floor)
    }
    for (const [scene, act] of duePlans(floor)) yield { atMs, playerId: scene.player.id, act }
    const [scene, act] = arrival(floor) ?? turn(floor)
    if (scene && act) yield { atMs, playerId: scene.player.id, act }
    const starting = atMs < cast.players.length * SIGN_IN_GAP_MS
    floor.atMs += starting ? SIGN_IN_GAP_MS : random.between(GAP_MS.least, GAP_MS.most)
  }
}

function* duePlans(floor: Floor): Generator<readonly [Scene, Act]> {
  const due = floor.plans.filter(({ atMs }) => atMs <= floor.atMs)
  floor.plans = floor.plans.filter(({ atMs }) => atMs > floor.atMs)
  for (const { scene, act: decide } of due) {
    const act = decide()
    if (act) yield [scene, act]
  }
}

function arrival({ scenes, atMs }: Floor): readonly [Scene, Act] | null {
  const scene = scenes.find(one => one.where !== 'here' && one.backAtMs <= atMs)
  if (!scene) return null
  const kind = scene.where === 'out' ? 'sign-in' : 'return'
  scene.where = 'here'
  scene.tabs = 1
  return [scene, { kind }]
}

function turn(floor: Floor): readonly [Scene | null, Act | null] {
  const here = floor.scenes.filter(scene => scene.where === 'here')
  if (here.length <= floor.scenes.length / 5) return [null, null]
  const happening = occasion(floor, here)
  if (happening) return happening
  const scene = floor.random.pick(here)
  return [scene, nextAct(floor, scene, here)]
}

function isOfTheNight(index: number): boolean {
  return index % 5 === 4
}

/** Two of three of the day close what they have and sign out; the night's people sign in. */
function changeShifts(floor: Floor): void {
  for (const [index, scene] of floor.scenes.entries()) {
    scene.casesLeft = CASES_IN_HALF_A_DAY
    const inMs = floor.random.between(0, CHANGE_OF_SHIFTS_MS)
    if (isOfTheNight(index)) scene.backAtMs = floor.atMs + inMs
    else if (index % 3 !== 0) goHome(floor, scene, inMs)
  }
}

function goHome(floor: Floor, scene: Scene, inMs: number): void {
  scene.leaving = true
  if (scene.where !== 'here') {
    scene.backAtMs = Infinity
    return
  }
  for (const item of scene.items) {
    plan(floor, inMs, scene, () => (scene.where === 'here' ? { kind: 'close', workItemId: item.id } : null))
  }
  scene.items = []
  plan(floor, inMs, scene, () => {
    if (scene.where !== 'here') return null
    scene.where = 'out'
    scene.tabs = 0
    scene.backAtMs = Infinity
    return { kind: 'sign-out' }
  })
}
