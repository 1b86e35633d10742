// RO1: which conditions of a workstream a representative does not meet, each with its numbers.

import type { LinkKind } from '@rollcall/shared/vocabulary'
import { namesPresence, takesFrom } from './allowed-presence.ts'
import { capacityOf, opensSession } from './capacity.ts'
import type { Configuration, Status, Workstream } from './configuration.ts'
import type { Capacity, Cost, Facts } from './facts.ts'
import { own } from './own.ts'
import { absent, presenceOf, signedOut } from './presence-of.ts'
import { statusOf } from './statuses.ts'
import { costOf } from './work-context.ts'

/**
 * `code`: `queue` `connection` `handover` `next` `presence` `status-workstreams` `units` `profile:<id>`
 * `blocking:<id>` `sessions` `declined`. Of room: how much is needed, and how much there is; of a profile that she
 * doesn't hold there is null. `declined`: below how many declines, and how many there are.
 */
export interface FailedCondition {
  readonly code: string
  readonly need: Value
  readonly have: Value
}
type Value = number | string | readonly string[] | null

/** What all workstreams ask of her, answered once. */
export interface Standing {
  readonly queues: readonly string[]
  readonly link: LinkKind
  readonly status: Status
  readonly nextStatusId: string | null
  readonly capacity: Capacity
  /** What every workstream finds wanting then, whatever its work costs. */
  readonly blocked: readonly FailedCondition[]
}

export function standingOf(facts: Facts, config: Configuration, at: number): Standing {
  const capacity = capacityOf(facts, config, at)
  return {
    queues: facts.profile.queues,
    link: linkNow(facts, config, at),
    status: statusOf(config, presenceOf(facts, config, at).statusId),
    nextStatusId: facts.next?.statusId ?? null,
    capacity,
    blocked: ofBlocking(capacity),
  }
}

/**
 * Empty: she is eligible. `item`: of one item, which may have a cost of its own and was declined by her that often (RO6);
 * null: of work as the workstream describes it.
 */
export function failedConditions(
  standing: Standing,
  workstream: Workstream,
  config: Configuration,
  item: { readonly cost: Cost; readonly declines: number } | null = null,
): readonly FailedCondition[] {
  return [
    ...unless(standing.queues.includes(workstream.queueId), 'queue', workstream.queueId, standing.queues),
    ...ofLink(standing.link),
    ...unless(standing.nextStatusId === null, 'next', null, standing.nextStatusId),
    ...ofPresence(standing.status, workstream),
    ...ofRoom(standing.capacity, item?.cost ?? costOf(workstream)),
    ...standing.blocked,
    ...ofSessions(standing.capacity, workstream, config),
    ...ofDeclines(item?.declines ?? 0, config.policy.maxDeclines),
  ]
}

const MET: readonly FailedCondition[] = []

function unless(met: boolean, code: string, need: Value, have: Value): readonly FailedCondition[] {
  return met ? MET : [{ code, need, have }]
}

/** DI7: whoever is in a handover has her presence, and no tab that could show an offer. */
function ofLink(link: LinkKind): readonly FailedCondition[] {
  return unless(link === 'present', link === 'handover' ? 'handover' : 'connection', 'present', link)
}

/** RO2, ST7. */
function ofPresence(status: Status, workstream: Workstream): readonly FailedCondition[] {
  return [
    ...unless(namesPresence(workstream, status), 'presence', workstream.allowedPresences, status.id),
    ...unless(takesFrom(status, workstream.id), 'status-workstreams', workstream.id, status.workstreams),
  ]
}

/** Reservations count. What the work doesn't cost is not asked; units that are not configured are unlimited. */
function ofRoom({ units, profiles }: Capacity, cost: Cost): readonly FailedCondition[] {
  const free = units === null ? null : units.total - units.used - units.reserved
  const enough = cost.units === 0 || free === null || free >= cost.units
  return [
    ...unless(enough, 'units', cost.units, free),
    ...[...new Set(cost.profiles)].flatMap(id => {
      const room = roomIn(own(profiles, id))
      return unless(room !== null && room >= 1, `profile:${id}`, 1, room)
    }),
  ]
}

/** Also one that the work doesn't cost: used up, it makes her Do not disturb by itself (CA2). */
function ofBlocking({ profiles }: Capacity): readonly FailedCondition[] {
  return Object.entries(profiles).flatMap(([id, profile]) => {
    const room = roomIn(profile) ?? 0
    return unless(!profile.blocking || room >= 1, `blocking:${id}`, 1, room)
  })
}

function roomIn(profile: Capacity['profiles'][string] | null): number | null {
  return profile && profile.limit - profile.used - profile.reserved
}

/** SE1. Work that opens no session is not asked. */
function ofSessions(
  { sessions }: Capacity,
  workstream: Workstream,
  config: Configuration,
): readonly FailedCondition[] {
  const free = sessions.limit - sessions.open - sessions.reserved
  return unless(free >= 1 || !opensSession({ workstreamId: workstream.id }, config), 'sessions', 1, free)
}

/** RO6. */
function ofDeclines(declines: number, maxDeclines: number): readonly FailedCondition[] {
  return unless(declines < maxDeclines, 'declined', maxDeclines, declines)
}

function linkNow(facts: Facts, config: Configuration, at: number): LinkKind {
  if (signedOut(facts, config, at)) return 'signed-out'
  return absent(facts, config, at) ? 'absent' : facts.link.kind
}
