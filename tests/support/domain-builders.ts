// Small builders for tests of the pure core, and a floor: representatives and items in memory, with a clock that
// only the test moves.

import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import type {
  CapacityProfile,
  Configuration,
  Policy,
  Status,
  Workstream,
} from '../../server/src/domain/configuration.ts'
import { decide } from '../../server/src/domain/decide.ts'
import type { Event } from '../../server/src/domain/event.ts'
import type { Actor, Facts, HeldItem, Profile } from '../../server/src/domain/facts.ts'
import { leftItems } from '../../server/src/domain/left-items.ts'
import { newFacts } from '../../server/src/domain/new-facts.ts'
import type { Outcome } from '../../server/src/domain/outcome.ts'
import { defaultCapacityProfile, defaultWorkstream } from '../../server/src/domain/policy.ts'
import { decideWork } from '../../server/src/domain/work.ts'
import type { Report, WorkItem } from '../../server/src/domain/work-record.ts'

/** Monday, 2 November 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 10, 2, 9)
export const SECOND = 1_000
export const MINUTE = 60_000

export const person = (id: string): Actor => ({ kind: 'representative', id, name: id })
export const SUPERVISOR: Actor = { kind: 'supervisor', id: 'sam', name: 'Sam' }
export const SERVICE: Actor = { kind: 'service', id: 'router', name: 'router' }
export const ADMINISTRATOR: Actor = { kind: 'administrator', id: 'root', name: 'root' }

export const profileOf = (changes: Partial<Profile> = {}): Profile => ({
  name: 'Ada',
  queues: ['default'],
  defaultStatusId: null,
  capacity: { units: null, profiles: {} },
  attributes: {},
  ...changes,
})

export const heldOf = (changes: Partial<HeldItem> = {}): HeldItem => ({
  workItemId: 'w1',
  workstreamId: 'default',
  queueId: 'default',
  state: 'active',
  cost: { units: 0, profiles: [] },
  attributes: {},
  since: START,
  holdsCapacity: false,
  capacityUntil: null,
  expiresAt: null,
  routed: false,
  overReset: false,
  stale: false,
  staleAt: null,
  ...changes,
})

export interface ConfigurationChanges {
  readonly policy?: Partial<Policy>
  readonly statuses?: readonly (Pick<Status, 'id' | 'base'> & Partial<Status>)[]
  readonly workstreams?: readonly (Pick<Workstream, 'id'> & Partial<Workstream>)[]
  readonly profiles?: readonly (Pick<CapacityProfile, 'id'> & Partial<CapacityProfile>)[]
  readonly queues?: readonly string[]
}

export function configurationOf(
  changes: ConfigurationChanges = {},
  base: Configuration = builtInConfiguration(),
): Configuration {
  const { policy, statuses = [], workstreams = [], profiles = [], queues = [] } = changes
  return {
    ...base,
    version: base.version + 1,
    policy: { ...base.policy, ...policy },
    statuses: { ...base.statuses, ...byId(statuses, statusOf) },
    workstreams: { ...base.workstreams, ...byId(workstreams, ({ id }) => defaultWorkstream(id)) },
    profiles: { ...base.profiles, ...byId(profiles, ({ id }) => defaultCapacityProfile(id)) },
    queues: { ...base.queues, ...Object.fromEntries(queues.map(id => [id, { id, name: id }])) },
  }
}

function byId<T extends { readonly id: string }, Whole>(
  changes: readonly T[],
  whole: (change: T) => Whole,
): Record<string, Whole> {
  return Object.fromEntries(changes.map(change => [change.id, { ...whole(change), ...change }]))
}

const statusOf = ({ id, base }: Pick<Status, 'id' | 'base'>): Status => ({
  id,
  text: id,
  base,
  description: null,
  selectableBy: { representatives: true, supervisors: true },
  workstreams: null,
  expectedMs: null,
  standard: false,
  archived: false,
})

export type Floor = ReturnType<typeof createFloor>

/** Decides as the application does: stores whatever comes back, and lets items follow. */
export function createFloor(changes: ConfigurationChanges = {}) {
  const people = new Map<string, Facts>()
  const items = new Map<string, WorkItem>()
  let config = configurationOf(changes)
  let now = START

  const facts = (id = 'ada'): Facts => {
    const found = people.get(id)
    if (!found) throw new Error(`nobody called ${id}`)
    return found
  }
  const on = (event: Event, id = 'ada'): Outcome => {
    const before = facts(id)
    const decided = decide(before, event, config, now)
    for (const item of leftItems(before, decided.facts, key => items.get(key) ?? null, now))
      items.set(item.workItemId, item)
    people.set(id, decided.facts)
    return decided.outcome
  }
  const report = (made: Report): Outcome => {
    const lookup = {
      workItem: (id: string) => items.get(id) ?? null,
      representative: (id: string) => people.get(id) ?? null,
    }
    const decided = decideWork(lookup, made, config, now)
    for (const item of decided.workItems) items.set(item.workItemId, item)
    for (const person of decided.representatives) people.set(person.representativeId, person)
    return decided.outcome
  }
  const put = (type: 'offer' | 'assign', workItemId: string, more: Partial<Report> = {}): Outcome =>
    report({
      type,
      workItemId,
      by: SERVICE,
      doneBy: 'other',
      representativeId: 'ada',
      workstreamId: 'default',
      cost: null,
      attributes: null,
      priority: null,
      force: false,
      reopen: false,
      ...more,
    } as Report)

  return {
    facts,
    on,
    report,
    item: (id: string) => items.get(id) ?? null,
    config: () => config,
    now: () => now,
    wait(ms: number) {
      now += ms
    },
    configure(more: ConfigurationChanges) {
      config = configurationOf(more, config)
    },
    hire(id = 'ada', profile: Partial<Profile> = {}) {
      const made = newFacts('default', id, profileOf({ name: id, ...profile }), config, now, ADMINISTRATOR)
      people.set(id, decide(made, { type: 'created', by: ADMINISTRATOR }, config, now).facts)
    },
    connect: (id = 'ada', connectionId = `${id}-1`, incarnation = 'n1') =>
      on({ type: 'connected', connection: { connectionId, incarnation, at: now }, by: person(id) }, id),
    drop: (id = 'ada', connectionId = `${id}-1`) =>
      on({ type: 'disconnected', connectionId, reason: 'transport close' }, id),
    signOut: (id = 'ada') => on({ type: 'signed-out', by: person(id) }, id),
    choose: (statusId: string, more: Partial<Extract<Event, { type: 'presence-chosen' }>> = {}, id = 'ada') =>
      on(
        {
          type: 'presence-chosen',
          statusId,
          by: person(id),
          when: 'now',
          forMs: null,
          note: null,
          expectedRevision: null,
          ...more,
        },
        id,
      ),
    reset: (by: Actor = person('ada'), expectedRevision: number | null = null) =>
      on({ type: 'presence-reset', by, expectedRevision }),
    pass: (id = 'ada') => on({ type: 'time-passed' }, id),
    offer: (workItemId: string, more: Partial<Report> = {}) => put('offer', workItemId, more),
    assign: (workItemId: string, more: Partial<Report> = {}) => put('assign', workItemId, more),
    /** By her own SDK; a pick unless `workstreamId` is null. */
    accept: (workItemId: string, id = 'ada', workstreamId: string | null = 'default') =>
      report({
        type: 'accept',
        workItemId,
        by: person(id),
        doneBy: 'representative',
        representativeId: id,
        workstreamId,
        attributes: null,
      }),
    does: (type: Report['type'], workItemId: string, id = 'ada') =>
      report({ type, workItemId, by: person(id), doneBy: 'representative' } as Report),
    /** A service says so, and it was not she. */
    happens: (type: Report['type'], workItemId: string) =>
      report({ type, workItemId, by: SERVICE, doneBy: 'other' } as Report),
    transfer: (workItemId: string, to: string, by: Actor = person('ada'), offer = false) =>
      report({
        type: 'transfer',
        workItemId,
        by,
        doneBy: by.kind === 'representative' ? 'representative' : 'other',
        to: { kind: 'representative', id: to },
        offer,
      }),
  }
}

/** A floor on which ada is hired and connected. */
export function openFloor(changes: ConfigurationChanges = {}, profile: Partial<Profile> = {}): Floor {
  const floor = createFloor(changes)
  floor.hire('ada', profile)
  floor.connect()
  return floor
}

/** `refused` with its code, else the kind: what most tests ask of an outcome. */
export const codeOf = (outcome: Outcome): string => (outcome.kind === 'refused' ? outcome.code : outcome.kind)

/** Ada and Bob, both connected and with room for 100 units. */
export function twoPeople(changes: ConfigurationChanges = {}): Floor {
  const floor = createFloor({ queues: ['billing'], ...changes })
  for (const id of ['ada', 'bob']) {
    floor.hire(id, { capacity: { units: 100, profiles: {} } })
    floor.connect(id)
  }
  return floor
}

/** Her items, each with its state. */
export const workOf = (floor: Floor, id = 'ada'): readonly string[] =>
  floor.facts(id).work.map(({ workItemId, state }) => `${workItemId} ${state}`)
