// The core, driven like the oracle: facts and items in two maps, replaced by what each decision answers, and asked
// the same questions. Watches on the way that a refusal changes nothing and that items and holders agree.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import { decide } from '../../server/src/domain/decide.ts'
import type { Event } from '../../server/src/domain/event.ts'
import type { Actor, Facts, Profile } from '../../server/src/domain/facts.ts'
import { newFacts } from '../../server/src/domain/new-facts.ts'
import type { Outcome } from '../../server/src/domain/outcome.ts'
import { presenceOf } from '../../server/src/domain/presence-of.ts'
import { decideWork } from '../../server/src/domain/work.ts'
import type { Report, WorkItem } from '../../server/src/domain/work-record.ts'
import type { Limits, NewPerson, Who } from './oracle-world.ts'

type Cost = { units: number; profiles: readonly string[] } | null
type Chosen = { statusId: string; by: Who; forMs: number | null; note: string | null }

export function createCore(config: Configuration, people: readonly NewPerson[], startedAt: number) {
  const facts = new Map<string, Facts>()
  const items = new Map<string, WorkItem>()
  let mistake: string | null = null
  const service: Actor = { kind: 'service', id: 'router', name: 'router' }
  for (const one of people) {
    const profile: Profile = {
      name: one.id,
      queues: one.queues,
      defaultStatusId: one.defaultStatusId,
      capacity: { units: one.units, profiles: one.profiles },
      attributes: {},
    }
    facts.set(one.id, newFacts('t', one.id, profile, config, startedAt, service))
  }

  return {
    connect: (id: string, connectionId: string, at: number) =>
      happens(
        id,
        { type: 'connected', connection: { connectionId, incarnation: 'n1', at }, by: self(id) },
        at,
      ),
    disconnect: (id: string, connectionId: string, at: number) =>
      happens(id, { type: 'disconnected', connectionId, reason: 'transport close' }, at),
    signOut: (id: string, at: number) => happens(id, { type: 'signed-out', by: self(id) }, at),
    choose: (id: string, choice: Chosen, when: 'now' | 'after-work', at: number) =>
      happens(
        id,
        {
          ...choice,
          type: 'presence-chosen',
          by: { ...choice.by, name: choice.by.id },
          when,
          expectedRevision: null,
        },
        at,
      ),
    reset: (id: string, at: number) =>
      happens(id, { type: 'presence-reset', by: self(id), expectedRevision: null }, at),
    cancelNext: (id: string, at: number) => happens(id, { type: 'next-cancelled', by: self(id) }, at),
    setLimits(id: string, limits: Limits, at: number) {
      const capacity = { units: limits.units, profiles: limits.profiles }
      const profile = { ...known(id).profile, capacity }
      return happens(id, { type: 'profile-changed', profile, by: service }, at)
    },
    accept: (id: string, workItemId: string, workstreamId: string, at: number) =>
      reported(
        { type: 'accept', workItemId, representativeId: id, workstreamId, attributes: null, ...by(id) },
        at,
      ),
    assign: (id: string, workItemId: string, workstreamId: string, cost: Cost, reopen: boolean, at: number) =>
      reported(
        {
          type: 'assign',
          workItemId,
          representativeId: id,
          workstreamId,
          cost,
          attributes: null,
          priority: null,
          force: false,
          reopen,
          ...by(null),
        },
        at,
      ),
    close: (id: string | null, workItemId: string, at: number) =>
      reported({ type: 'close', workItemId, ...by(id) }, at),
    transfer(id: string | null, workItemId: string, to: string, at: number) {
      const target = to.startsWith('queue:')
        ? ({ kind: 'queue', id: to.slice('queue:'.length) } as const)
        : ({ kind: 'representative', id: to } as const)
      return reported({ type: 'transfer', workItemId, to: target, offer: false, ...by(id) }, at)
    },
    /** What the sweep does: lets the clock speak to everybody. */
    sweep(at: number) {
      for (const id of facts.keys()) happens(id, { type: 'time-passed' }, at)
    },
    presence(id: string, at: number) {
      // What is shown needs no sweep; what is stored is asked for as a sweep at this very instant would leave it.
      const shown = presenceOf(known(id), config, at)
      const { link, next, work, shown: stored } = decide(known(id), { type: 'time-passed' }, config, at).facts
      return {
        statusId: shown.statusId,
        base: shown.base,
        origin: shown.origin,
        by: shown.by === null ? null : `${shown.by.kind}:${shown.by.id}`,
        since: stored.since,
        note: shown.note,
        expiresAt: shown.expiresAt,
        next: next === null ? null : next.statusId,
        signedIn: link.kind !== 'signed-out',
        connections: link.kind === 'present' ? link.connections.length : 0,
        work: work.map(item => item.workItemId).sort(),
      }
    },
    mistake: () => mistake,
  }

  function happens(id: string, event: Event, at: number): string {
    const before = known(id)
    const result = decide(before, event, config, at)
    const same = JSON.stringify(result.facts) === JSON.stringify(before)
    if (result.outcome.kind === 'done' && same) mistake = `${event.type} is done, but changed nothing`
    facts.set(id, result.facts)
    return words(result.outcome)
  }

  function reported(report: Report, at: number): string {
    const records = {
      workItem: (id: string) => items.get(id) ?? null,
      representative: (id: string) => facts.get(id) ?? null,
    }
    const result = decideWork(records, report, config, at)
    for (const item of result.workItems) items.set(item.workItemId, item)
    for (const she of result.representatives) facts.set(she.representativeId, she)
    for (const item of items.values()) checkHolder(item)
    return words(result.outcome)
  }

  /** WK2: an item is with one representative at a time, and hers says so too. */
  function checkHolder(item: WorkItem): void {
    const holders = [...facts.values()].filter(she =>
      she.work.some(one => one.workItemId === item.workItemId),
    )
    const expected = item.state === 'active' ? item.representativeId : null
    if (holders.map(she => she.representativeId).join() !== (expected ?? ''))
      mistake = `${item.workItemId} is ${item.state} with ${expected}, but carried by [${holders.map(she => she.representativeId)}]`
  }

  function by(id: string | null) {
    return id === null
      ? { by: service, doneBy: 'other' as const }
      : { by: self(id), doneBy: 'representative' as const }
  }

  function known(id: string): Facts {
    const she = facts.get(id)
    if (she === undefined) throw new Error(`no facts of ${id}`)
    return she
  }
}

function self(id: string): Actor {
  return { kind: 'representative', id, name: id }
}

function words(outcome: Outcome): string {
  return outcome.kind === 'refused' ? outcome.code : outcome.kind
}
