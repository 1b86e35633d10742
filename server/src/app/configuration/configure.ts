// A change of the configuration: the commit it is made in, and one resource set in it.

import type { Configuration, Policy } from '../../domain/configuration.ts'
import type { Cause } from '../../domain/facts.ts'
import { actorAs } from '../access.ts'
import type { Caller } from '../app.ts'
import type { Commit } from '../commit.ts'
import type { Draft } from '../draft.ts'
import { type MapKind, POLICY_ID, type ResourceOf, raised, resourceOf, withResource } from './versions.ts'

/** Commits what `run` makes of the configuration as it is then. */
export function configuring<Result>(
  commit: Commit,
  caller: Caller,
  run: (draft: Draft, configuration: Configuration) => Result,
): Promise<Result> {
  return commit<Result>({
    tenant: caller.principal.tenant,
    event: 'configuration-changed',
    caller,
    run: draft => run(draft, draft.configuration()),
  })
}

/** Sets a resource; null removes it. */
export function setResource<Kind extends MapKind>(
  draft: Draft,
  caller: Caller,
  kind: Kind,
  id: string,
  resource: ResourceOf<Kind> | null,
): void {
  const before = draft.configuration()
  const next = withResource(before, kind, id, resource)
  const change = {
    resource: kind,
    id,
    current: resource,
    previous: resourceOf(before, kind, id) ?? null,
  }
  draft.configure(following(before, next), [change], causeOf(caller, kind, id))
}

export function setPolicy(draft: Draft, caller: Caller, policy: Policy): void {
  const before = draft.configuration()
  const next = { ...before, policy, versions: raised(before, 'policy', POLICY_ID) }
  const change = {
    resource: 'policy' as const,
    id: POLICY_ID,
    current: policy,
    previous: before.policy,
  }
  draft.configure(following(before, next), [change], causeOf(caller, 'policy', POLICY_ID))
}

const following = (before: Configuration, next: Configuration) => ({ ...next, version: before.version + 1 })

/** PO2: with its actor, like any other change. */
function causeOf({ principal }: Caller, resource: string, id: string): Cause {
  const { kind, id: actorId } = actorAs(principal, 'administrator')
  return {
    event: 'configuration-changed',
    actor: { kind, id: actorId },
    rule: 'PO1',
    inputs: { resource, id },
  }
}
