// The core, driven like the oracle: facts and items in two maps, replaced by what each decision answers, and asked
// the same questions. Watches on the way that items and holders agree.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import type { Event } from '../../server/src/domain/event.ts'
import type { Actor, Facts, HeldItem } from '../../server/src/domain/facts.ts'
import type { Outcome } from '../../server/src/domain/outcome.ts'
import type { WorkItem } from '../../server/src/domain/work-record.ts'
import { coreView } from './oracle-core-view.ts'
import type { Product } from './oracle-product.ts'
import { declinesInWords, type OracleView } from './oracle-view.ts'
import type { Report } from './oracle-work.ts'
import type { Choice, Limits, NewPerson, Who } from './oracle-world.ts'

const TIME_PASSED = { type: 'time-passed' } as const

export type Core = ReturnType<typeof createCore>

export function createCore(
  product: Product,
  startConfig: Configuration,
  people: readonly NewPerson[],
  startedAt: number,
) {
  let config = startConfig
  const facts = new Map<string, Facts>()
  const items = new Map<string, WorkItem>()
  const views = new Map<string, { facts: Facts; view: OracleView }>()
  const swept = new Map<string, { before: Facts; after: Facts; at: number; config: Configuration }>()
  let mistake: string | null = null
  const workItem = (id: string) => items.get(id) ?? null
  const representative = (id: string) => facts.get(id) ?? null
  for (const { id, queues, defaultStatusId, units, profiles } of people) {
    const profile = { name: id, queues, defaultStatusId, capacity: { units, profiles }, attributes: {} }
    facts.set(id, product.newFacts('t', id, profile, config, startedAt, actor('service', 'router')))
  }

  return {
    connect: (id: string, connectionId: string, at: number, life: string) =>
      happens(
        id,
        { type: 'connected', connection: { connectionId, incarnation: life, at }, by: self(id) },
        at,
      ),
    disconnect: (id: string, connectionId: string, at: number) =>
      happens(id, { type: 'disconnected', connectionId, reason: 'transport close' }, at),
    lifeEnded: (id: string, incarnation: string, restoreFrom: number, at: number) =>
      happens(id, { type: 'incarnation-ended', incarnation, reason: 'server-down', restoreFrom }, at),
    handOver: (id: string, incarnation: string, windowMs: number, at: number) =>
      happens(id, { type: 'handover-began', incarnation, windowMs }, at),
    signOut: (id: string, at: number) => happens(id, { type: 'signed-out', by: self(id) }, at),
    choose: (id: string, { by, ...choice }: Choice, when: 'now' | 'after-work', at: number) =>
      happens(
        id,
        { ...choice, type: 'presence-chosen', by: actor(by.kind, by.id), when, expectedRevision: null },
        at,
      ),
    reset: (id: string, by: Who, at: number) =>
      happens(id, { type: 'presence-reset', by: actor(by.kind, by.id), expectedRevision: null }, at),
    cancelNext: (id: string, by: Who, at: number) =>
      happens(id, { type: 'next-cancelled', by: actor(by.kind, by.id) }, at),
    seeNotice(id: string, at: number) {
      const [oldest] = sweptOf(id, at).notices
      return happens(id, { type: 'notice-seen', noticeId: oldest?.id ?? 'none', by: self(id) }, at)
    },
    setLimits(id: string, capacity: Limits, at: number) {
      const profile = { ...known(id).profile, capacity }
      return happens(id, { type: 'profile-changed', profile, by: actor('administrator', 'ivo') }, at)
    },
    configure(next: Configuration, at: number) {
      for (const id of facts.keys()) happens(id, TIME_PASSED, at)
      config = next
      views.clear()
      const by = actor('administrator', 'ivo')
      for (const id of facts.keys()) happens(id, { type: 'configuration-changed', by }, at)
    },
    report(what: Report, at: number): string {
      const result = product.decideWork({ workItem, representative }, reportOf(what), config, at)
      for (const item of result.workItems) items.set(item.workItemId, item)
      for (const she of result.representatives) facts.set(she.representativeId, she)
      return words(result.outcome)
    },
    /** What the sweep does: lets the clock speak. */
    sweep(ids: readonly string[], at: number) {
      for (const id of ids) happens(id, TIME_PASSED, at)
    },
    presence(id: string, at: number): OracleView {
      const now = sweptOf(id, at)
      const last = views.get(id)
      // What is seen changes with the facts or not at all; at a deadline they change.
      if (last?.facts === now) return last.view
      const view = coreView(product, now, product.presenceOf(now, config, at), config, at)
      views.set(id, { facts: now, view })
      return view
    },
    /** As it is once everybody's clock has spoken. */
    item(id: string, at: number): string | null {
      const stored = items.get(id)
      if (stored === undefined) return null
      const item = [stored.representativeId, stored.offeredTo].reduce(
        (one, who) => followed(one, who, at),
        stored,
      )
      const { state, representativeId, offeredTo, queueId, workstreamId, cost, declines } = item
      return `${state} ${representativeId} ${offeredTo} ${queueId} ${workstreamId} ${cost.units} ${cost.profiles} ${declinesInWords(declines)}`
    },
    /** WK2: an item is in exactly the hands that its record names. Ask after a sweep of everybody. */
    mistake(): string | null {
      for (const item of items.values()) checkHands(item)
      return mistake
    },
  }

  function followed(item: WorkItem, who: string | null, at: number): WorkItem {
    if (who === null) return item
    const before = known(who)
    const after = sweptOf(who, at)
    if (before.work === after.work) return item
    return product.leftItems(before, after, id => (id === item.workItemId ? item : null), at)[0] ?? item
  }

  /** As a sweep at this very instant would leave her. */
  function sweptOf(id: string, at: number): Facts {
    const before = known(id)
    const last = swept.get(id)
    if (last?.before === before && last.at === at && last.config === config) return last.after
    const after = product.decide(before, TIME_PASSED, config, at).facts
    swept.set(id, { before, after, at, config })
    return after
  }

  function happens(id: string, event: Event, at: number): string {
    const before = known(id)
    const result = product.decide(before, event, config, at)
    for (const item of product.leftItems(before, result.facts, workItem, at)) items.set(item.workItemId, item)
    if (result.outcome.kind === 'done' && result.facts === before)
      mistake = `${event.type} is done, but changed nothing`
    facts.set(id, result.facts)
    return words(result.outcome)
  }

  function checkHands(item: WorkItem): void {
    const { workItemId, state, representativeId, offeredTo } = item
    const open = state !== 'closed' && state !== 'queued'
    for (const [id, she] of facts) {
      const held: HeldItem | undefined = she.work.find(one => one.workItemId === workItemId)
      const expected = !open
        ? undefined
        : offeredTo === id
          ? 'offered'
          : representativeId === id
            ? state
            : undefined
      if (held?.state !== expected)
        mistake = `${workItemId} is ${state} with ${representativeId}, on offer to ${offeredTo}, but ${held?.state} with ${id}`
    }
  }

  function known(id: string): Facts {
    const she = facts.get(id)
    if (she === undefined) throw new Error(`no facts of ${id}`)
    return she
  }
}

function reportOf({ by, ...what }: Report) {
  const more = { workItemId: what.itemId, by: actor(by.kind, by.id), doneBy: what.doneBy }
  switch (what.type) {
    case 'offer':
    case 'assign': {
      const { type, to, workstreamId, cost, force, reopen } = what
      const described = { workstreamId, cost, force, reopen, attributes: null, priority: null }
      return { ...more, ...described, type, representativeId: to }
    }
    case 'accept': {
      const { type, to, workstreamId } = what
      return { ...more, type, representativeId: to, workstreamId, attributes: null }
    }
    case 'transfer': {
      const { type, to, toQueue, offer } = what
      const target = { kind: toQueue ? 'queue' : 'representative', id: to } as const
      return { ...more, type, to: target, offer }
    }
    default:
      return { ...more, type: what.type }
  }
}

function actor(kind: Actor['kind'], id: string): Actor {
  return { kind, id, name: id }
}

function self(id: string): Actor {
  return actor('representative', id)
}

function words(outcome: Outcome): string {
  return outcome.kind === 'refused' ? outcome.code : outcome.kind
}
