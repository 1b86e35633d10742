// Connections: sign-in, return, loss, sign-out, and the planned stop of a node (SI, DI).

import { activeWork } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Event } from './event.ts'
import { type AbsenceReason, type Connection, type Facts, type Link, SYSTEM } from './facts.ts'
import { type Applied, type Move, move, NOTHING } from './move.ts'
import { NO_STANCE } from './stance.ts'
import { defaultStatusOf, isStickyBase } from './statuses.ts'

type Of<Type extends Event['type']> = Extract<Event, { type: Type }>

export function connected(facts: Facts, event: Of<'connected'>, config: Configuration, at: number): Applied {
  const { link } = facts
  const { connection, by } = event
  const connections = [...connectionsOf(link), connection]
  const present: Facts = { ...facts, link: { kind: 'present', connections }, releaseAt: null }
  switch (link.kind) {
    case 'signed-out':
      return signedIn(present, event, config, at)
    case 'absent': {
      const inputs = { absentSince: link.since, restoreUntil: link.until }
      return { ...move(present, 'reconnected', by, 'SI4', inputs), continues: link.before }
    }
    default: {
      if (link.connections.some(({ connectionId }) => connectionId === connection.connectionId))
        return NOTHING
      const handedOver = link.kind === 'handover'
      const inputs = { connections: connections.length }
      return move(present, handedOver ? 'reconnected' : 'connected', by, handedOver ? 'DI7' : 'SI3', inputs)
    }
  }
}

export function disconnected(
  facts: Facts,
  event: Of<'disconnected'>,
  config: Configuration,
  at: number,
): Applied {
  const keep = ({ connectionId }: Connection) => connectionId !== event.connectionId
  const absence = { reason: 'disconnected', rule: 'DI1', restoreFrom: at } as const
  return connectionsEnded(facts, keep, absence, { reason: event.reason }, config, at)
}

export function incarnationEnded(
  facts: Facts,
  event: Of<'incarnation-ended'>,
  config: Configuration,
  at: number,
): Applied {
  const { incarnation, reason } = event
  const keep = (connection: Connection) => connection.incarnation !== incarnation
  const absence = { reason, rule: 'DI6', restoreFrom: event.restoreFrom ?? at } as const
  return connectionsEnded(facts, keep, absence, { incarnation }, config, at)
}

/** DI8. */
export function signedOut(facts: Facts, event: Of<'signed-out'>, config: Configuration, at: number): Applied {
  const { link } = facts
  if (link.kind === 'signed-out') return NOTHING
  const restores = config.policy.signOutRestores
  const left = restores
    ? leftBySignOut(facts, link, config, at)
    : departed({ ...facts, releaseAt: releaseAtOf(facts, config, at) }, config)
  return left === null ? NOTHING : move(left, 'signed-out', event.by, 'DI8', { restores })
}

/** DI7: only whoever has no connection elsewhere is in the handover. */
export function handoverBegan(
  facts: Facts,
  event: Of<'handover-began'>,
  config: Configuration,
  at: number,
): Applied {
  const { link } = facts
  const { incarnation, windowMs } = event
  if (link.kind !== 'present' || link.connections.some(other => other.incarnation !== incarnation))
    return NOTHING
  const until = at + windowMs
  const restoreUntil = at + config.policy.restoreWindowMs
  const handover: Link = { ...link, kind: 'handover', since: at, until, restoreUntil }
  return move({ ...facts, link: handover }, 'handover-began', SYSTEM, 'DI7', { incarnation, until })
}

/** DI7: nobody came back. The restore window counts from the stop. */
export function handoverEnded(
  facts: Facts,
  link: Extract<Link, { kind: 'handover' }>,
  config: Configuration,
  at: number,
): Move {
  const { since, restoreUntil } = link
  const releaseAt = releaseAtOf(facts, config, at)
  const left = { ...facts, releaseAt, link: absent(facts, 'disconnected', at, restoreUntil) }
  return move(left, 'handover-ended', SYSTEM, 'DI7', { since })
}

/** DI4, and NO8, WK7: all that is forgotten at the end of a sign-in. Work that others gave her is kept. */
export function departed(facts: Facts, config: Configuration): Facts {
  const releases = config.policy.releaseRoutedWork
  const work = facts.work.filter(item => item.state !== 'offered' && !(releases && item.routed))
  return { ...facts, link: { kind: 'signed-out' }, stance: NO_STANCE, next: null, work }
}

/** SI1, SI6: the default, unless work is there that a default available or busy would belie. */
function signedIn(facts: Facts, event: Of<'connected'>, config: Configuration, at: number): Move {
  const status = defaultStatusOf(facts.profile, config)
  const activeItems = activeWork(facts, config, at).length
  const takesDefault = activeItems === 0 || isStickyBase(status.base)
  const stance = takesDefault ? ({ kind: 'default', statusId: status.id, at } as const) : NO_STANCE
  const inputs = { defaultStatusId: status.id, activeItems }
  return move({ ...facts, stance }, 'signed-in', event.by, 'SI1', inputs)
}

/** DI9: a connection's end ends that connection; the last one's begins the absence (DI1). */
function connectionsEnded(
  facts: Facts,
  keep: (connection: Connection) => boolean,
  absence: {
    readonly reason: Exclude<AbsenceReason, 'signed-out'>
    readonly rule: string
    readonly restoreFrom: number
  },
  inputs: Readonly<Record<string, unknown>>,
  config: Configuration,
  at: number,
): Applied {
  const { link } = facts
  const before = connectionsOf(link)
  const connections = before.filter(keep)
  if (connections.length === before.length) return NOTHING
  // In a handover the list may run empty: presence stays until its end (DI7).
  const stays = link.kind === 'handover' || connections.length > 0
  const after =
    stays && link.kind !== 'signed-out' && link.kind !== 'absent' ? { ...link, connections } : null
  const { reason, rule, restoreFrom } = absence
  if (after) return move({ ...facts, link: after }, reason, SYSTEM, 'DI9', inputs)
  const left = {
    ...facts,
    releaseAt: releaseAtOf(facts, config, restoreFrom),
    link: absent(facts, reason, at, restoreFrom + config.policy.restoreWindowMs),
  }
  return move(left, reason, SYSTEM, rule, inputs)
}

/** null: absent after a sign-out already. An absence that has begun keeps its window. */
function leftBySignOut(
  facts: Facts,
  link: Exclude<Link, { kind: 'signed-out' }>,
  config: Configuration,
  at: number,
): Facts | null {
  if (link.kind === 'absent' && link.reason === 'signed-out') return null
  const absence: Link =
    link.kind === 'absent'
      ? { ...link, reason: 'signed-out' }
      : absent(facts, 'signed-out', at, at + config.policy.restoreWindowMs)
  // NO8: a sign-out withdraws pending offers at once.
  const work = facts.work.filter(item => item.state !== 'offered')
  return { ...facts, link: absence, releaseAt: releaseAtOf(facts, config, at), work }
}

/** WK7. An absence that has begun keeps its end (PO3). `from`: when it begins, or from when she could come back. */
function releaseAtOf({ link, releaseAt }: Facts, { policy }: Configuration, from: number): number | null {
  if (link.kind === 'absent') return releaseAt
  return policy.releaseWorkAfterMs === null ? null : from + policy.releaseWorkAfterMs
}

function absent(facts: Facts, reason: AbsenceReason, at: number, until: number): Link {
  return { kind: 'absent', since: at, until, reason, before: facts.shown }
}

function connectionsOf(link: Link): readonly Connection[] {
  return link.kind === 'present' || link.kind === 'handover' ? link.connections : []
}
