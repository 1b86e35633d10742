// Work (WK, TR): who may report what about which item; the table of WK3 decides the rest.

import type { Actor, Cost } from '../domain/facts.ts'
import type { Report, TransferTarget, WorkItem } from '../domain/work-record.ts'
import type { Storage } from '../storage/storage.ts'
import { actorAs, found, known, knownItem, reachQueue, reachRepresentative } from './access.ts'
import type { Caller, WorkOffer, WorkOutcome, WorkService } from './app.ts'
import { callerOfCommand } from './command-fingerprint.ts'
import type { Commit } from './commit.ts'
import { checkProfiles } from './configuration/references.ts'
import { resourceOf } from './configuration/versions.ts'
import { judgeReport } from './decide-work.ts'
import { defined } from './defined.ts'
import type { Draft } from './draft.ts'
import { Refused } from './refused.ts'
import type { Replicas } from './replica.ts'
import { toView } from './view.ts'
import { createWorkQueries } from './work-queries.ts'
import { reporterOf } from './work-reach.ts'
import { toWorkItem } from './work-view.ts'

export interface WorkServiceOptions {
  readonly storage: Storage
  readonly commit: Commit
  readonly replica: Replicas
}

export function createWorkService({ storage, commit, replica }: WorkServiceOptions): WorkService {
  /** Commits a report that `reportFrom` makes after its checks of existence and reach. */
  async function report(
    caller: Caller,
    workItemId: string,
    reportFrom: (draft: Draft, item: WorkItem | null) => Report,
  ): Promise<WorkOutcome> {
    const { principal } = caller
    const { about } = await commit<{ about: string | null }>({
      tenant: principal.tenant,
      event: 'work-reported',
      caller,
      run(draft) {
        const reported = reportFrom(draft, draft.workItem(workItemId))
        const { outcome, about } = judgeReport(draft, reported)
        if (outcome.kind === 'refused') return outcome
        return { about: reported.by.kind === 'representative' ? reported.by.id : about }
      },
    })
    return outcomeFor(caller, workItemId, about)
  }

  function outcomeFor({ principal }: Caller, workItemId: string, about: string | null): WorkOutcome {
    const { tenant, sub } = principal
    const item = storage.workItem(tenant, workItemId)
    const facts = about === null ? null : storage.representative(tenant, about)
    const detail = about === sub ? 'detailed' : 'public'
    return {
      item: item && toWorkItem(item),
      presence: facts && toView(facts, storage.configuration(tenant), storage.now(), detail),
    }
  }

  return {
    ...createWorkQueries(storage, replica),

    put: (caller, offer) =>
      report(caller, offer.workItemId, draft =>
        offerReport(draft, offer, actorAs(caller.principal, 'service')),
      ),

    accept: (caller, input) =>
      report(commandOf(caller, 'work:accept', input), input.workItemId, (draft, item) => {
        const { workItemId, workstreamId, attributes } = input
        if (workstreamId !== null) checkWorkstream(draft, workstreamId)
        const by = reporterOf(caller.principal, 'accept', item)
        const representativeId = by.kind === 'representative' ? by.id : offeredTo(item, workItemId)
        return {
          type: 'accept',
          workItemId,
          representativeId,
          workstreamId,
          attributes,
          by,
          doneBy: doneBy(by, input.by),
        }
      }),

    report: (caller, type, input) =>
      report(commandOf(caller, `work:${type}`, input), input.workItemId, (_, item) => {
        const { workItemId, reason } = input
        const by = reporterOf(caller.principal, type, item)
        const reported = { workItemId, by, doneBy: doneBy(by, input.by) }
        return type === 'reject' ? { ...reported, type, ...defined({ reason }) } : { ...reported, type }
      }),

    transfer: (caller, input) =>
      report(commandOf(caller, 'work:transfer', input), input.workItemId, (draft, stored) => {
        const { workItemId, offer } = input
        const item = knownItem(stored, workItemId)
        const to = targetOf(draft, input.to)
        const by = reporterOf(caller.principal, 'transfer', item)
        if (by.kind === 'supervisor') checkTargetReach(draft, caller, to)
        return { type: 'transfer', workItemId, to, offer, by, doneBy: doneBy(by, input.by) }
      }),
  }
}

/** Who did it is a service's to say; of others it is no part of what they ask (CA4). */
function commandOf(caller: Caller, name: string, { by, ...asked }: { readonly by: string }): Caller {
  const saysWho = caller.principal.roles.includes('service')
  return callerOfCommand(caller, name, saysWho ? { ...asked, by } : asked)
}

function offerReport(draft: Draft, offer: WorkOffer, by: Actor): Report {
  const { workItemId, workstreamId, representativeId, force, reopen } = offer
  checkWorkstream(draft, workstreamId)
  checkProfiles(offer.cost?.profiles ?? [], draft.configuration())
  known(draft.representative(representativeId), representativeId)
  return {
    type: offer.state === 'active' ? 'assign' : 'offer',
    workItemId,
    representativeId,
    workstreamId,
    cost: offer.cost ? costOf(offer.cost) : null,
    attributes: offer.attributes ?? null,
    priority: offer.priority ?? null,
    force,
    reopen,
    by,
    doneBy: offer.by,
  }
}

const costOf = ({ units, profiles }: NonNullable<WorkOffer['cost']>): Cost => ({
  units: units ?? 0,
  profiles: profiles ?? [],
})

function checkWorkstream(draft: Draft, id: string): void {
  found(resourceOf(draft.configuration(), 'workstreams', id), 'workstream', id)
}

function targetOf(draft: Draft, to: Parameters<WorkService['transfer']>[1]['to']): TransferTarget {
  if ('queueId' in to) {
    found(resourceOf(draft.configuration(), 'queues', to.queueId), 'queue', to.queueId)
    return { kind: 'queue', id: to.queueId }
  }
  known(draft.representative(to.representativeId), to.representativeId)
  return { kind: 'representative', id: to.representativeId }
}

/** TR3: a supervisor hands work to their queues and the people in them; what a representative may, the domain says. */
function checkTargetReach(draft: Draft, { principal }: Caller, { kind, id }: TransferTarget): void {
  if (kind === 'queue') reachQueue(principal, id)
  else reachRepresentative(principal, known(draft.representative(id), id))
}

/** A service that reports an accept means whoever is offered the item, or already accepted it. */
function offeredTo(item: WorkItem | null, workItemId: string): string {
  if (item?.state === 'closed') {
    throw new Refused(
      'work-item-closed',
      `The work item ${workItemId} was closed; offer or assign it with reopen to take it up again.`,
      { workItemId },
    )
  }
  const id = item?.offeredTo ?? item?.representativeId
  if (id) return id
  throw new Refused(
    'offer-gone',
    `The work item ${workItemId} is offered to nobody. Offer or assign it first.`,
    {
      workItemId,
    },
  )
}

/** CA4: what a representative reports she did herself; for others it is as they say, and a supervisor did not. */
function doneBy(by: Actor, said: 'representative' | 'other'): 'representative' | 'other' {
  if (by.kind === 'representative') return 'representative'
  return by.kind === 'service' ? said : 'other'
}
