// What the naive oracle knows, as mutable objects. See oracle.ts.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import { type Coverage, createCoverage } from './oracle-marks.ts'

export type Who = {
  kind: 'representative' | 'supervisor' | 'service' | 'system' | 'administrator'
  id: string
}
export type Choice = { statusId: string; by: Who; forMs: number | null; note: string | null }
export type Hold = 'missed' | 'rejected' | 'session-limit'
export type Stance =
  | { kind: 'none' }
  | { kind: 'default'; statusId: string }
  | { kind: 'choice'; statusId: string; by: Who; until: number | null; note: string | null }
  | { kind: 'hold'; why: Hold }
export type Seen = { statusId: string; origin: string; by: string | null; since: number }
export type Notice = {
  at: number
  kind: string
  statusId: string
  by: string | null
  workItemId: string | null
}
export type Item = {
  id: string
  workstreamId: string
  queueId: string
  units: number
  profiles: readonly string[]
  state: 'queued' | 'offered' | 'active' | 'waiting' | 'wrap-up' | 'closed'
  holder: string | null
  offeredTo: string | null
  declines: Record<string, number>
  routed: boolean
  closedAt: number
  /** CA6: by whom, and on which day of which profile, it is counted as closed. */
  counted: Record<string, Record<string, string>>
  // With its holder:
  heldSince: number
  holdsCapacity: boolean
  capacityUntil: number | null
  overReset: boolean
  stale: boolean
  staleAt: number | null
  // With whom it is offered to:
  offeredAt: number
  offerEndsAt: number
  offerNumber: number
}
/** A day of an end-of-day profile (CA6); `endsAt`: null once it is over. */
export type Day = { closed: number; endsAt: number | null; date: string }
export type Person = {
  id: string
  queues: readonly string[]
  defaultStatusId: string | null
  units: number | null
  profiles: Record<string, number | null>
  connections: { id: string; life: string }[]
  link: 'signed-out' | 'present' | 'absent' | 'handover'
  absentSince: number
  absentUntil: number
  signedOutHerself: boolean
  handoverUntil: number
  releaseAt: number | null
  stance: Stance
  next: Choice | null
  days: Record<string, Day>
  /** CA5: what her limits were when they were last looked at. */
  limits: string
  notices: Notice[]
  seen: Seen
  seenBeforeAbsence: Seen | null
}

/** What a step did: `done`, `nothing`, the code of a refusal, or `any` where the rules leave it open. */
export type Did = 'done' | 'nothing' | 'any' | (string & {})
export type Limits = { units: number | null; profiles: Record<string, number | null> }
export type NewPerson = { id: string; queues: readonly string[]; defaultStatusId: string | null } & Limits
export type World = {
  config: Configuration
  people: Record<string, Person>
  everybody: readonly Person[]
  items: Record<string, Item>
  allItems: Item[]
  mark: Coverage['mark']
  offers: number
}

export function newWorld(
  config: Configuration,
  newPeople: readonly NewPerson[],
  startedAt: number,
  coverage: Coverage = createCoverage(),
): World {
  const everybody = newPeople.map(
    (one): Person => ({
      ...one,
      connections: [],
      link: 'signed-out',
      absentSince: 0,
      absentUntil: 0,
      signedOutHerself: false,
      handoverUntil: 0,
      releaseAt: null,
      stance: { kind: 'none' },
      next: null,
      days: {},
      limits: '',
      notices: [],
      seen: { statusId: 'offline', origin: 'signed-out', by: null, since: startedAt },
      seenBeforeAbsence: null,
    }),
  )
  const people = Object.fromEntries(everybody.map(she => [she.id, she]))
  return { config, people, everybody, items: {}, allItems: [], mark: coverage.mark, offers: 0 }
}

export function person(world: World, id: string): Person {
  const she = world.people[id]
  if (she === undefined) throw new Error(`the oracle was given an unknown representative, ${id}`)
  return she
}

export function workstream(world: World, item: { workstreamId: string }) {
  const found = world.config.workstreams[item.workstreamId]
  if (found === undefined) throw new Error(`the oracle was given an unknown workstream, ${item.workstreamId}`)
  return found
}

/** ST4 */
export function baseOf(world: World, statusId: string): string {
  const status = world.config.statuses[statusId]
  if (status === undefined) throw new Error(`the oracle was given an unknown status, ${statusId}`)
  return status.base
}
