// What the naive oracle knows and how it looks at it: people and items as mutable objects, and what is shown of
// somebody, by if-statements in the order of the rules' prose. See oracle.ts.

import type { Configuration } from '../../server/src/domain/configuration.ts'

export type Who = { kind: 'representative' | 'supervisor' | 'service'; id: string }
export type Choice = { statusId: string; by: Who; forMs: number | null; note: string | null }
export type Stance =
  | { kind: 'none' }
  | { kind: 'default'; statusId: string }
  | { kind: 'choice'; statusId: string; by: Who; until: number | null; note: string | null }
export type Seen = { statusId: string; origin: string; by: string | null; since: number }
export type Item = {
  id: string
  workstreamId: string
  queueId: string
  units: number
  profiles: readonly string[]
  state: 'active' | 'queued' | 'closed'
  holder: string | null
}
export type Person = {
  id: string
  queues: readonly string[]
  defaultStatusId: string | null
  units: number | null
  profiles: Record<string, number | null>
  connections: string[]
  link: 'signed-out' | 'present' | 'absent'
  absentUntil: number
  stance: Stance
  next: Choice | null
  seen: Seen
  seenBeforeAbsence: Seen | null
}

/** What a step did: `done`, `nothing`, the code of a refusal, or `any` where the rules leave it open. */
export type Did = 'done' | 'nothing' | 'any' | (string & {})
export type Limits = { units: number | null; profiles: Record<string, number | null> }
export type NewPerson = { id: string; queues: readonly string[]; defaultStatusId: string | null } & Limits
export type World = ReturnType<typeof createWorld>

export function createWorld(config: Configuration, newPeople: readonly NewPerson[], startedAt: number) {
  const people: Record<string, Person> = {}
  const items: Record<string, Item> = {}
  for (const one of newPeople) {
    people[one.id] = {
      ...one,
      connections: [],
      link: 'signed-out',
      absentUntil: 0,
      stance: { kind: 'none' },
      next: null,
      seen: { statusId: 'offline', origin: 'signed-out', by: null, since: startedAt },
      seenBeforeAbsence: null,
    }
  }

  return {
    config,
    people,
    items,
    person,
    tick,
    look,
    begin,
    beginAbsence,
    endAbsence,
    workBeganOrEnded,
    held,
    activeWork,
    capacityResult,
    defaultOf,
    mayChoose,
    isSticky,
    isStickyBase,
    baseOf,
  }

  /** Everything that only time brings about, in the order in which it falls due. */
  function tick(at: number): void {
    for (const she of Object.values(people)) {
      const expiry = () =>
        she.stance.kind === 'choice' && she.stance.until !== null ? she.stance.until : null
      const endsAt = expiry()
      // DI2: exactly the end of the window is still within it. MA6: at its end a choice has ended.
      if (she.link === 'absent' && at > she.absentUntil) {
        endAbsence(she, she.absentUntil + 1)
      } else if (endsAt !== null && at >= endsAt) {
        she.stance = { kind: 'none' }
        look(she, endsAt)
      }
    }
  }

  function beginAbsence(she: Person, at: number): void {
    she.link = 'absent'
    she.absentUntil = at + config.policy.restoreWindowMs
    she.seenBeforeAbsence = she.seen
    look(she, at)
  }

  /** DI4: signed out; choice and next choice are forgotten, work is kept. */
  function endAbsence(she: Person, at: number): void {
    she.link = 'signed-out'
    she.stance = { kind: 'none' }
    she.next = null
    she.seenBeforeAbsence = null
    look(she, at)
  }

  function begin(she: Person, choice: Choice, at: number): void {
    const until = choice.forMs === null ? null : at + choice.forMs
    she.stance = { kind: 'choice', statusId: choice.statusId, by: choice.by, until, note: choice.note }
  }

  /** CA4, and MA7: a next choice applies once no active work is left. */
  function workBeganOrEnded(she: Person, at: number): void {
    if (she.stance.kind === 'default') she.stance = { kind: 'none' }
    if (she.stance.kind === 'choice' && !isSticky(she.stance)) she.stance = { kind: 'none' }
    if (she.next !== null && activeWork(she) === 0) {
      begin(she, she.next, at)
      she.next = null
    }
    look(she, at)
  }

  /** What is shown now; `since` stays while status, origin and by do (MA10, SI4). */
  function look(she: Person, at: number): void {
    let statusId: string
    let origin: string
    let by: string | null = null
    if (she.link === 'signed-out') {
      statusId = 'offline'
      origin = 'signed-out'
    } else if (she.link === 'absent') {
      statusId = 'offline'
      origin = 'disconnected'
    } else if (she.stance.kind === 'default') {
      statusId = she.stance.statusId
      origin = 'default'
    } else if (she.stance.kind === 'choice') {
      statusId = she.stance.statusId
      origin = she.stance.by.kind
      if (she.stance.by.kind !== 'representative') by = `${she.stance.by.kind}:${she.stance.by.id}`
    } else {
      statusId = capacityResult(she)
      origin = 'capacity'
    }
    const same = she.seen.statusId === statusId && she.seen.origin === origin && she.seen.by === by
    if (!same) she.seen = { statusId, origin, by, since: at }
  }

  /** CA2, line by line. */
  function capacityResult(she: Person): string {
    const left: number[] = []
    let blockingUsedUp = false
    if (she.units !== null) left.push(she.units - sum(held(she).map(item => item.units)))
    for (const [profileId, own] of Object.entries(she.profiles)) {
      const limit = own ?? config.profiles[profileId]?.limit ?? 0
      const available = limit - held(she).filter(item => item.profiles.includes(profileId)).length
      left.push(available)
      if (config.profiles[profileId]?.blocking && available <= 0) blockingUsedUp = true
    }
    if (left.some(available => available < 0)) return 'do-not-disturb'
    if (blockingUsedUp) return 'do-not-disturb'
    if (left.length > 0 && left.every(available => available <= 0)) return 'do-not-disturb'
    if (activeWork(she) > 0) return 'busy'
    return 'available'
  }

  function held(she: Person): Item[] {
    return Object.values(items).filter(item => item.state === 'active' && item.holder === she.id)
  }

  /** SI7, CA9 */
  function activeWork(she: Person): number {
    return held(she).filter(item => config.workstreams[item.workstreamId]?.affectsPresence).length
  }

  /** SI2, ST6 */
  function defaultOf(she: Person): string {
    for (const statusId of [she.defaultStatusId, config.policy.defaultStatusId]) {
      if (statusId !== null && config.statuses[statusId]?.archived === false) return statusId
    }
    return 'available'
  }

  /** MA1, MA5, ST2 */
  function mayChoose(by: Who, statusId: string): boolean {
    const status = config.statuses[statusId]
    if (status === undefined || status.archived || statusId === 'inactive') return false
    return by.kind === 'representative'
      ? status.selectableBy.representatives
      : status.selectableBy.supervisors
  }

  function isSticky(stance: Stance): boolean {
    return stance.kind === 'choice' && isStickyBase(stance.statusId)
  }

  function isStickyBase(statusId: string): boolean {
    return ['do-not-disturb', 'away', 'offline'].includes(baseOf(statusId))
  }

  function baseOf(statusId: string): string {
    const status = config.statuses[statusId]
    if (status === undefined) throw new Error(`the oracle was given an unknown status, ${statusId}`)
    return status.base
  }

  function person(id: string): Person {
    const she = people[id]
    if (she === undefined) throw new Error(`the oracle was given an unknown representative, ${id}`)
    return she
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
