// Reading presences: one, one's own, many, what may be chosen, and why.

import type { PresenceView } from '@rollcall/shared'
import type { Facts } from '../domain/facts.ts'
import type { Storage } from '../storage/storage.ts'
import { found, known, reachRepresentative, seesAll, supervises } from './access.ts'
import type { PresenceQuery, PresenceService } from './app.ts'
import { resourceOf } from './configuration/versions.ts'
import { explanationOf } from './explain.ts'
import { optionsFor } from './options.ts'
import { pageOf } from './page.ts'
import type { Picture } from './picture.ts'
import type { Principal } from './principal.ts'
import { type Replicas, viewsOf } from './replica.ts'
import { createTurns } from './turns.ts'
import { toSelfView, toView } from './view.ts'

export type PresenceQueries = Pick<PresenceService, 'self' | 'get' | 'list' | 'options' | 'explain'>

export function createPresenceQueries(storage: Storage, replica: Replicas): PresenceQueries {
  /** Of explanations: each tries changes out, for some 10 ms of one with much work. */
  const turn = createTurns()

  function stored({ tenant }: Principal, id: string): Facts {
    return known(storage.representative(tenant, id), id)
  }

  return {
    self(principal) {
      const facts = stored(principal, principal.sub)
      return toSelfView(facts, storage.configuration(principal.tenant), storage.now())
    },

    get(principal, representativeId) {
      const facts = stored(principal, representativeId)
      const by = reachRepresentative(principal, facts)
      const watches = (queueId: string) => supervises(principal, [queueId])
      const detail = by.kind === 'supervisor' ? watches : 'detailed'
      return toView(facts, storage.configuration(principal.tenant), storage.now(), detail)
    },

    list(principal, query) {
      const { queue } = query
      if (queue !== undefined) {
        found(resourceOf(storage.configuration(principal.tenant), 'queues', queue), 'queue', queue)
        replica.checkWatch(principal, [queue])
      }
      const views = reachableViews(principal, replica.picture(principal.tenant), queue)
      return pageOf(views.filter(matches(query)), view => view.representativeId, query)
    },

    options(principal, representativeId) {
      const facts = stored(principal, representativeId)
      const by = reachRepresentative(principal, facts)
      return { items: optionsFor(by.kind, storage.configuration(principal.tenant)), next: null }
    },

    async explain(principal, representativeId, workstreamId) {
      await turn()
      const configuration = storage.configuration(principal.tenant)
      const facts = stored(principal, representativeId)
      const target =
        workstreamId === null
          ? null
          : found(resourceOf(configuration, 'workstreams', workstreamId), 'workstream', workstreamId)
      const by = reachRepresentative(principal, facts)
      return explanationOf(facts, configuration, storage.now(), by, target)
    },
  }
}

/** SU1: of those a supervisor doesn't watch, nothing is listed. */
function reachableViews(
  principal: Principal,
  picture: Picture,
  queue: string | undefined,
): readonly PresenceView[] {
  if (queue !== undefined) return viewsOf(picture, [queue])
  const { watches } = principal
  if (seesAll(principal) || watches === '*') return [...picture.views.values()]
  return viewsOf(picture, watches).filter(view => supervises(principal, view.queues))
}

function matches({ base, status, ids }: PresenceQuery): (view: PresenceView) => boolean {
  const wanted = ids && new Set(ids)
  return view =>
    (base === undefined || view.base === base) &&
    (status === undefined || view.statusId === status) &&
    (wanted === undefined || wanted.has(view.representativeId))
}
