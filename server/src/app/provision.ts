// SI: a representative whom the tenant doesn't know yet is made from the claims of her first token, together with
// the queues that they name and nobody configured.

import type { Configuration, Queue } from '../domain/configuration.ts'
import type { Cause, Facts } from '../domain/facts.ts'
import { newFacts } from '../domain/new-facts.ts'
import { actorAs } from './access.ts'
import { withResource } from './configuration/versions.ts'
import type { Draft } from './draft.ts'
import type { Principal } from './principal.ts'
import { Refused } from './refused.ts'

/** Not put into the draft yet: her first event is. Refused: `representative-unknown` without `autoProvision`. */
export function provision(draft: Draft, principal: Principal, at: number): Facts {
  const { policy } = draft.configuration()
  if (!policy.autoProvision) {
    throw new Refused(
      'representative-unknown',
      `There is no representative ${principal.sub}, and the policy creates none at sign-in. Ask an administrator to create you.`,
      { representativeId: principal.sub },
    )
  }
  const by = actorAs(principal, 'representative')
  const queues = [...new Set(principal.queues ?? [])]
  createQueues(draft, queues, {
    event: 'created',
    actor: { kind: by.kind, id: by.id },
    rule: 'SI1',
    inputs: { representativeId: principal.sub, queues },
  })
  const profile = {
    name: principal.name,
    queues,
    defaultStatusId: null,
    capacity: policy.newRepresentativeCapacity,
    attributes: {},
  }
  return newFacts(draft.tenant, principal.sub, profile, draft.configuration(), at, by)
}

function createQueues(draft: Draft, ids: readonly string[], cause: Cause): void {
  const before = draft.configuration()
  const missing: readonly Queue[] = ids
    .filter(id => !Object.hasOwn(before.queues, id))
    .map(id => ({ id, name: id }))
  if (missing.length === 0) return
  const next = missing.reduce<Configuration>(
    (configuration, queue) => withResource(configuration, 'queues', queue.id, queue),
    before,
  )
  const changed = missing.map(queue => ({
    resource: 'queues' as const,
    id: queue.id,
    current: queue,
    previous: null,
  }))
  draft.configure({ ...next, version: before.version + 1 }, changed, cause)
}
