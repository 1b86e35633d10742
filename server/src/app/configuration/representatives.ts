// Representatives as administrators see them: name, queues, default, capacity, attributes.

import type { Representative } from '@rollcall/shared'
import type { Profile } from '../../domain/facts.ts'
import { actorAs, known } from '../access.ts'
import type { RepresentativeCatalogue } from '../app.ts'
import { defined } from '../defined.ts'
import { judgeMany } from '../judge-many.ts'
import { pageOf } from '../page.ts'
import { removeRepresentative } from '../remove-representative.ts'
import type { CollectionOptions } from './collection.ts'
import { changeProfile, checkProfile, profileOf, putRepresentative } from './put-representative.ts'
import { checkIfMatch, profileVersion } from './versions.ts'

export function createRepresentatives({
  storage,
  commit,
  replica,
}: CollectionOptions): RepresentativeCatalogue {
  const versioned = (tenant: string, id: string) => {
    const facts = known(storage.representative(tenant, id), id)
    return { resource: toResource(id, facts.profile), version: profileVersion(facts.profile) }
  }

  return {
    list(principal, page) {
      const facts = replica.picture(principal.tenant).facts.values()
      const { items, next } = pageOf(facts, ({ representativeId }) => representativeId, page)
      return {
        items: items.map(({ representativeId, profile }) => toResource(representativeId, profile)),
        next,
      }
    },

    get: (principal, id) => versioned(principal.tenant, id),

    async put(caller, id, body, ifMatch) {
      const { tenant } = caller.principal
      const by = actorAs(caller.principal, 'administrator')
      const { created } = await commit({
        tenant,
        event: 'profile-changed',
        caller,
        run: draft => putRepresentative(draft, id, body, ifMatch, by),
      })
      // A command that comes again after she was deleted answers with what it had put.
      const profile =
        storage.representative(tenant, id)?.profile ?? profileOf(id, body, storage.configuration(tenant))
      return { resource: toResource(id, profile), version: profileVersion(profile), created }
    },

    async *putMany(caller, lines) {
      const by = actorAs(caller.principal, 'administrator')
      const judged = judgeMany(commit, {
        caller,
        event: 'profile-changed',
        items: lines,
        judge(draft, item) {
          if ('refused' in item) return { kind: 'refused', ...item.refused } as const
          return putRepresentative(draft, item.id, item.body, null, by)
        },
      })
      for await (const [{ line, id }, verdict] of judged) {
        if ('refused' in verdict) yield { line, id, refused: verdict.refused }
        else yield { line, id, outcome: verdict.result.created ? 'created' : 'updated' }
      }
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

function toResource(id: string, profile: Profile): Representative {
  const { name, queues, defaultStatusId, capacity, attributes } = profile
  return {
    id,
    name,
    queues: [...queues],
    defaultStatusId,
    capacity: { units: capacity.units, profiles: { ...capacity.profiles } },
    attributes: { ...attributes } as Representative['attributes'],
  }
}
