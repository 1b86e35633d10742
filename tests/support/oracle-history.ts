// Random histories for oracle and core, and the comparison after every step. A history is numbers: what happens is
// drawn from them while it is played, so that what is interesting at that moment happens often.

import { createOracle } from './oracle.ts'
import { POLICIES } from './oracle-changes.ts'
import { createCore } from './oracle-core.ts'
import { difference } from './oracle-difference.ts'
import { DEFAULTS, FLOOR, LIMITS, PEOPLE, QUEUES_OF, ROOMY } from './oracle-floor.ts'
import type { Coverage } from './oracle-marks.ts'
import type { Product } from './oracle-product.ts'
import { drawGap, drawStep, type Scene } from './oracle-steps.ts'
import { createRandom, pickFrom } from './random.ts'

export type History = { readonly setUp: number; readonly steps: readonly number[] }

/** Hours before clocks change in Berlin, and one without. */
const STARTS = [Date.UTC(2027, 2, 27, 20), Date.UTC(2027, 9, 30, 20), Date.UTC(2027, 0, 15, 9)]
const STEPS = 40

/** The history of that number in the run of that seed. */
export function historyOf(seed: number, number: number): History {
  const random = createRandom(seed * 1_000_003 + number)
  const next = () => Math.floor(random() * 4_294_967_296)
  return { setUp: next(), steps: Array.from({ length: STEPS }, next) }
}

/** Plays a history through both; the first disagreement in words, or null. */
export function playBoth(history: History, product: Product, coverage: Coverage): string | null {
  const random = createRandom(history.setUp)
  const some = () => (random() < 0.5 ? pickFrom(random, POLICIES) : {})
  const own = {
    staleWorkAfterMs: random() < 0.4 ? 240_000 : null,
    releaseWorkAfterMs: random() < 0.4 ? pickFrom(random, [20_000, 100_000]) : null,
    rejectedSetsDoNotDisturb: random() < 0.75,
  }
  const chat = FLOOR.profiles['chat']
  const daily =
    chat !== undefined && random() < 0.4 ? { chat: { ...chat, reset: 'end-of-day' as const } } : {}
  const policy = { ...FLOOR.policy, ...own, ...some(), ...some() }
  const config = { ...FLOOR, policy, profiles: { ...FLOOR.profiles, ...daily } }
  const startedAt = pickFrom(random, STARTS)
  const people = PEOPLE.map(id => ({
    id,
    queues: QUEUES_OF[id],
    defaultStatusId: random() < 0.4 ? null : pickFrom(random, DEFAULTS),
    // Half of them with room for anything.
    ...pickFrom(random, random() < 0.5 ? ROOMY : LIMITS),
  }))
  const oracle = createOracle(config, people, startedAt, coverage)
  const core = createCore(product, config, people, startedAt)
  const told: (() => string)[] = []
  const scene: Scene = {
    oracle,
    core,
    config,
    coverage,
    at: startedAt,
    people: PEOPLE,
    items: new Set(),
    itemCount: 8,
    full: random() < 0.015,
  }
  const where = () =>
    `${JSON.stringify(people)}\n${JSON.stringify(config.policy)}\n${told.map(words => words()).join('\n')}\n`

  for (const seed of history.steps) {
    const dice = createRandom(seed)
    scene.at += drawGap(scene, dice)
    const { at } = scene
    const swept = dice() < 0.4 ? PEOPLE.filter(() => dice() < 0.7) : []
    core.sweep(swept, at)
    const { words, expected, got } = drawStep(scene, dice)
    const sweep = () => (swept.length > 0 ? `(${swept} swept) ` : '')
    told.push(() => `${new Date(at).toISOString()} ${sweep()}${words()} -> ${got}`)
    if (!expected.includes('any') && !expected.includes(got))
      return `${where()}oracle: ${expected.join(' or ')}, core: ${got}`
    const found = difference(scene)
    if (found !== null) return `${where()}${found}`
  }
  core.sweep(PEOPLE, scene.at)
  const mistake = core.mistake()
  return mistake === null ? null : `${where()}${mistake}`
}

/** The shortest history still found to fail, by leaving out ever smaller parts; and what it says. */
export function shortest(history: History, fails: (history: History) => string | null): string {
  let { steps } = history
  let words = fails(history) ?? 'it did not fail again'
  for (let size = steps.length >> 1; size > 0; size = size === 1 ? 0 : size >> 1) {
    let again = true
    while (again) {
      again = false
      for (let from = 0; from < steps.length; from += size) {
        const fewer = [...steps.slice(0, from), ...steps.slice(from + size)]
        const failure = fails({ ...history, steps: fewer })
        if (failure === null) continue
        steps = fewer
        words = failure
        again = true
        from -= size
      }
    }
  }
  return words
}
