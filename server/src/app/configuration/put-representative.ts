// One representative as administrators write her, within a step: alone or as one of many.

import type { Representative } from '@rollcall/shared'
import type { Configuration } from '../../domain/configuration.ts'
import type { Actor, Facts, Profile } from '../../domain/facts.ts'
import { newFacts } from '../../domain/new-facts.ts'
import type { Refusal } from '../../domain/outcome.ts'
import type { IfMatch } from '../app.ts'
import type { Draft } from '../draft.ts'
import { same } from '../same.ts'
import { checkDefaultStatus, checkProfiles, checkQueues } from './references.ts'
import { checkIfMatch, profileVersion } from './versions.ts'

type Body = Omit<Representative, 'id' | 'name' | 'capacity'> & {
  readonly name?: string | undefined
  /** Left out, it is what the policy gives to new ones (PO5). */
  readonly capacity?: Representative['capacity'] | undefined
}

/** Refused by throwing, before anything changed: `revision-mismatch`, `not-found`, `status-not-selectable`. */
export function putRepresentative(
  draft: Draft,
  id: string,
  body: Body,
  ifMatch: IfMatch,
  by: Actor,
): { readonly created: boolean } | Refusal {
  const profile = profileOf(id, body, draft.configuration())
  const facts = draft.representative(id)
  checkIfMatch(ifMatch, facts ? profileVersion(facts.profile) : null)
  checkProfile(profile, facts?.profile ?? null, draft.configuration())
  if (facts) return changeProfile(draft, facts, profile, by) ?? { created: false }
  const fresh = newFacts(draft.tenant, id, profile, draft.configuration(), draft.now, by)
  const outcome = draft.decide(fresh, { type: 'created', by })
  if (outcome.kind === 'refused') return outcome
  if (!draft.representative(id)) draft.putRepresentative(fresh)
  return { created: true }
}

export function profileOf(id: string, body: Body, { policy }: Configuration): Profile {
  const { name = id, queues, defaultStatusId, capacity, attributes } = body
  return {
    name,
    // Named twice, she is in it once: she would be counted twice there.
    queues: [...new Set(queues)],
    defaultStatusId,
    capacity: capacity ?? policy.newRepresentativeCapacity,
    attributes,
  }
}

/** null: done, or nothing to do. */
export function changeProfile(draft: Draft, facts: Facts, asked: Profile, by: Actor) {
  const profile = { ...asked, queues: [...new Set(asked.queues)] }
  if (same(facts.profile, profile)) return null
  const outcome = draft.decide(facts, { type: 'profile-changed', profile, by })
  return outcome.kind === 'refused' ? outcome : null
}

/** What she has already may stay, even if it was archived meanwhile (ST6). */
export function checkProfile(profile: Profile, before: Profile | null, configuration: Configuration): void {
  checkQueues(profile.queues, configuration)
  checkProfiles(Object.keys(profile.capacity.profiles), configuration)
  const { defaultStatusId } = profile
  if (defaultStatusId !== null && defaultStatusId !== before?.defaultStatusId) {
    checkDefaultStatus(defaultStatusId, configuration)
  }
}
