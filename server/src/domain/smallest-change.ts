// EX2, RO8: the fewest changes that make somebody eligible for a workstream, or Available. Found by trying them on the
// pure core: what is said to open has been seen open.

import type { Workstream } from './configuration.ts'
import { type FailedCondition, failedConditions, type Standing, standingOf } from './eligibility.ts'
import type { Actor } from './facts.ts'
import { type PossibleChange, possibleChanges, rankOf } from './possible-changes.ts'
import { type Supposed, suppose } from './what-if.ts'

/** Made after those before it: it opens these workstreams, and then shows this status. */
export interface NamedChange {
  readonly change: PossibleChange
  readonly opens: readonly string[]
  readonly shows: string
}

export interface Question {
  readonly now: Supposed
  /** Those whose opening is told. */
  readonly workstreams: readonly Workstream[]
  /** The one that is to open; null: any that is closed, or, if there is none to open, she is to become Available. */
  readonly target: Workstream | null
  readonly by: Actor
  readonly at: number
}

/** In the order in which they are to be made; empty: nothing is to be changed, or no change of these kinds helps. */
export function smallestChange(question: Question): readonly NamedChange[] {
  const start = placeOf(question.now, [], question)
  const opened =
    fewest(start, priced(question, TRIES), opensFrom(start, question)) ??
    stepByStep(start, priced(question, TRIES))
  if (opened) return opened.steps
  const alone = priced({ ...question, workstreams: [] }, TRIES)
  return question.target === null && !isAvailable(start)
    ? (fewest(start, alone, isAvailable)?.steps ?? [])
    : []
}

/** A question with what may still be spent on its answer. */
interface Priced extends Question {
  readonly purse: { left: number }
}

/**
 * What one search may cost: a change tried on somebody without work for one workstream costs 1, some 25 us. However much
 * she has and is configured, an answer takes some 30 ms at the very most; without it, it took 300 and a burst of
 * them stopped the server for 17 s.
 */
const TRIES = 400

function priced(question: Question, left: number): Priced {
  return { ...question, purse: { left } }
}

function pay({ now, workstreams, purse }: Priced): boolean {
  purse.left -= 1 + workstreams.length / 20 + now.facts.work.length / 10
  return purse.left >= 0
}

/** Where a row of changes has led. */
interface Place {
  readonly supposed: Supposed
  readonly standing: Standing
  /** By workstream, in the order of the question. */
  readonly failed: readonly (readonly FailedCondition[])[]
  readonly steps: readonly NamedChange[]
}

/** All rows of up to this length are tried, as far as the purse reaches: enough for connect, make room, choose. */
const MOST_TRIED = 3
/** Beyond, a row is sought step by step, and need not be the shortest. */
const MOST_STEPS = 12

/** null: there is nothing to reach, or no such row. */
function fewest(start: Place, question: Priced, isReached: ((place: Place) => boolean) | null): Place | null {
  if (isReached === null) return null
  let places: readonly Place[] = [start]
  for (let length = 1; length <= MOST_TRIED; length++) {
    places = places.flatMap(place => placesAfter(place, question))
    const [best] = places.filter(isReached).sort(byWorth(start))
    if (best) return best
  }
  return null
}

/** To the workstream that wants least, each step the one after which the fewest of its conditions fail. */
function stepByStep(start: Place, question: Priced): Place | null {
  const goal = nearest(start, question)
  if (goal === null) return null
  // Only the one is asked on the way; the row that leads there is then told of all.
  const narrow = { ...question, workstreams: [goal], target: goal }
  let place = placeOf(question.now, [], narrow)
  for (let step = 0; step < MOST_STEPS && wantedAt(place) > 0; step++) {
    const [best] = [...placesAfter(place, narrow)].sort((one, other) => wantedAt(one) - wantedAt(other))
    if (best === undefined || wantedAt(best) >= wantedAt(place)) return null
    place = best
  }
  return wantedAt(place) > 0 ? null : placeAlong(start, place.steps, question)
}

function wantedAt({ failed }: Place): number {
  return failed[0]?.length ?? 0
}

function placeAlong(start: Place, steps: readonly NamedChange[], question: Question): Place {
  return steps.reduce((place, { change }) => placeAfter(place, change, question) ?? place, start)
}

function nearest(start: Place, { workstreams, target }: Question): Workstream | null {
  const closed = workstreams
    .map((workstream, index) => ({ workstream, left: start.failed[index]?.length ?? 0 }))
    .filter(({ workstream, left }) => left > 0 && (target === null || workstream.id === target.id))
    .sort((one, other) => one.left - other.left)
  return closed[0]?.workstream ?? null
}

function placesAfter(place: Place, question: Priced): readonly Place[] {
  const { workstreams, target, by } = question
  const { facts, config } = place.supposed
  const last = place.steps.at(-1)
  const failing = workstreams.flatMap((workstream, index) => {
    const failed = place.failed[index] ?? []
    return failed.length > 0 && (target === null || target.id === workstream.id)
      ? [{ workstream, failed }]
      : []
  })
  return possibleChanges(facts, config, place.standing, failing, by)
    .filter(change => last === undefined || rankOf(change) >= rankOf(last.change))
    .flatMap(change => (pay(question) ? (placeAfter(place, change, question) ?? []) : []))
}

/** null: the change would be refused, or change nothing. */
function placeAfter(before: Place, change: PossibleChange, question: Question): Place | null {
  const supposed = suppose(before.supposed, change, question.by, question.at)
  if (supposed === null) return null
  const place = placeOf(supposed, before.steps, question)
  const opens = question.workstreams
    .filter((_, index) => isOpen(place, index) && !isOpen(before, index))
    .map(({ id }) => id)
  return { ...place, steps: [...before.steps, { change, opens, shows: place.standing.status.id }] }
}

function placeOf(supposed: Supposed, steps: readonly NamedChange[], { workstreams, at }: Question): Place {
  const { facts, config } = supposed
  const standing = standingOf(facts, config, at)
  return {
    supposed,
    standing,
    failed: workstreams.map(workstream => failedConditions(standing, workstream, config)),
    steps,
  }
}

/** null: what is to open is open. */
function opensFrom(start: Place, { workstreams, target }: Question): ((place: Place) => boolean) | null {
  const closed = workstreams.flatMap(({ id }, index) =>
    !isOpen(start, index) && (target === null || target.id === id) ? [index] : [],
  )
  return closed.length === 0 ? null : place => closed.some(index => isOpen(place, index))
}

function isOpen({ failed }: Place, index: number): boolean {
  return failed[index]?.length === 0
}

function isAvailable({ standing }: Place): boolean {
  return standing.status.base === 'available'
}

/** Of equally many changes those that open most; then those that ask least; then those that leave her Available. */
function byWorth(start: Place): (one: Place, other: Place) => number {
  const opened = ({ failed }: Place) =>
    failed.filter((each, index) => each.length === 0 && !isOpen(start, index)).length
  const asked = ({ steps }: Place) => steps.reduce((sum, { change }) => sum + effortOf(change), 0)
  return (one, other) =>
    opened(other) - opened(one) ||
    asked(one) - asked(other) ||
    Number(isAvailable(other)) - Number(isAvailable(one))
}

const BY_EFFORT: readonly PossibleChange['kind'][] = [
  'reset',
  'cancel-next',
  'set',
  'connect',
  'close-work',
  'raise-limit',
]

function effortOf({ kind }: PossibleChange): number {
  return BY_EFFORT.indexOf(kind)
}
