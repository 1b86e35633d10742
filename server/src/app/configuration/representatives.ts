// Representatives as administrators see them: name, queues, default, capacity, attributes.

import type { Representative } from '@rollcall/shared'
import type { Configuration } from '../../domain/configuration.ts'
import type { Actor, Facts, Profile } from '../../domain/facts.ts'
import { newFacts } from '../../domain/new-facts.ts'
import { actorAs, known } from '../access.ts'
import type { RepresentativeCatalogue } from '../app.ts'
import { defined } from '../defined.ts'
import type { Draft } from '../draft.ts'
import { pageOf } from '../page.ts'
import { removeRepresentative } from '../remove-representative.ts'
import { same } from '../same.ts'
import type { CollectionOptions } from './collection.ts'
import { checkDefaultStatus, checkProfiles, checkQueues } from './references.ts'
import { checkIfMatch, profileVersion } from './versions.ts'

export function createRepresentatives({
  storage,
  commit,
  replica,
}: CollectionOptions): RepresentativeCatalogue {
  const versioned = (tenant: string, id: string) => {
    const facts = known(storage.representative(tenant, id), id)
    return { resource: toResource(facts), version: profileVersion(facts.profile) }
  }

  return {
    list(principal, page) {
      const facts = replica.picture(principal.tenant).facts.values()
      const { items, next } = pageOf(facts, ({ representativeId }) => representativeId, page)
      return { items: items.map(toResource), next }
    },

    get: (principal, id) => versioned(principal.tenant, id),

    async put(caller, id, body, ifMatch) {
      const { tenant } = caller.principal
      const by = actorAs(caller.principal, 'administrator')
      const { queues, defaultStatusId, capacity, attributes } = body
      const profile = { name: body.name ?? id, queues, defaultStatusId, capacity, attributes }
      const { created } = await commit({
        tenant,
        event: 'profile-changed',
        caller,
        run(draft) {
          const facts = draft.representative(id)
          checkIfMatch(ifMatch, facts ? profileVersion(facts.profile) : null)
          checkProfile(profile, facts?.profile ?? null, draft.configuration())
          if (facts) return changeProfile(draft, facts, profile, by) ?? { created: false }
          const fresh = newFacts(tenant, id, profile, draft.configuration(), draft.now, by)
          const outcome = draft.decide(fresh, { type: 'created', by })
          if (outcome.kind === 'refused') return outcome
          if (!draft.representative(id)) draft.putRepresentative(fresh)
          return { created: true }
        },
      })
      return { ...versioned(tenant, id), created }
    },

    async patch(caller, id, body, ifMatch) {
      const { tenant } = caller.principal
      const by = actorAs(caller.principal, 'administrator')
      await commit({
        tenant,
        event: 'profile-changed',
        caller,
        run(draft) {
          const facts = known(draft.representative(id), id)
          checkIfMatch(ifMatch, profileVersion(facts.profile))
          const profile = { ...facts.profile, ...defined(body) }
          checkProfile(profile, facts.profile, draft.configuration())
          return changeProfile(draft, facts, profile, by)
        },
      })
      return versioned(tenant, id)
    },

    async remove(caller, id, ifMatch, { eraseHistory = false } = {}) {
      await commit({
        tenant: caller.principal.tenant,
        event: 'removed',
        caller,
        run(draft) {
          const facts = known(draft.representative(id), id)
          checkIfMatch(ifMatch, profileVersion(facts.profile))
          removeRepresentative(draft, facts, actorAs(caller.principal, 'administrator'), eraseHistory)
          return null
        },
      })
    },
  }
}

function changeProfile(draft: Draft, facts: Facts, profile: Profile, by: Actor) {
  if (same(facts.profile, profile)) return null
  const outcome = draft.decide(facts, { type: 'profile-changed', profile, by })
  return outcome.kind === 'refused' ? outcome : null
}

/** What she has already may stay, even if it was archived meanwhile (ST6). */
function checkProfile(profile: Profile, before: Profile | null, configuration: Configuration): void {
  checkQueues(profile.queues, configuration)
  checkProfiles(Object.keys(profile.capacity.profiles), configuration)
  const { defaultStatusId } = profile
  if (defaultStatusId !== null && defaultStatusId !== before?.defaultStatusId) {
    checkDefaultStatus(defaultStatusId, configuration)
  }
}

function toResource({ representativeId, profile }: Facts): Representative {
  const { name, queues, defaultStatusId, capacity, attributes } = profile
  return {
    id: representativeId,
    name,
    queues: [...queues],
    defaultStatusId,
    capacity: { units: capacity.units, profiles: { ...capacity.profiles } },
    attributes: { ...attributes } as Representative['attributes'],
  }
}
