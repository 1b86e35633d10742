// Configures the contact center over HTTP, as an administrator would, and clears what an earlier run left.

import type { PresenceView } from '@rollcall/shared'
import { CASES_PROFILE, type Cast, profileOf } from './cast.ts'
import { call, type Http } from './http.ts'

/** Rejects with an Error that names the request that failed. */
export async function setUp(http: Http, cast: Cast): Promise<void> {
  for (const { id, ...body } of cast.queues) await call(http, 'PUT', `/v1/queues/${id}`, body)
  for (const { id, ...body } of cast.profiles) await call(http, 'PUT', `/v1/capacity-profiles/${id}`, body)
  // A status that an earlier run made is there already (409), under the same text.
  for (const status of cast.statuses) await call(http, 'POST', '/v1/statuses', status, [409])
  for (const { id, ...body } of cast.workstreams) await call(http, 'PUT', `/v1/workstreams/${id}`, body)
  for (const player of cast.players)
    await call(http, 'PUT', `/v1/representatives/${player.id}`, profileOf(player))
  await closeLeftovers(http, cast)
  await dropOldProfiles(http, cast)
}

/** Everybody of the tenant, by id. */
export async function presencesOf(http: Http): Promise<ReadonlyMap<string, PresenceView>> {
  const views = new Map<string, PresenceView>()
  let next: string | null = ''
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
    const page = await call(http, 'GET', `/v1/presences?limit=500${cursor}`)
    const { items, next: more } = page as { items: readonly PresenceView[]; next: string | null }
    for (const view of items) views.set(view.representativeId, view)
    next = more
  }
  return views
}

/** The script forgets at its end who held what; without this, everybody would begin the next run with full hands. */
async function closeLeftovers(http: Http, cast: Cast): Promise<void> {
  const players = new Set(cast.players.map(player => player.id))
  for (const { representativeId, work } of (await presencesOf(http)).values()) {
    if (!players.has(representativeId)) continue
    for (const { workItemId } of work)
      await call(http, 'POST', `/v1/work-items/${workItemId}/close`, {}, [409])
  }
}

/** Of earlier shifts. One that something still uses (409) goes with a later shift. */
async function dropOldProfiles(http: Http, cast: Cast): Promise<void> {
  const current = new Set(cast.profiles.map(({ id }) => id))
  const { items } = (await call(http, 'GET', '/v1/capacity-profiles?limit=500')) as {
    items: readonly { readonly id: string }[]
  }
  for (const { id } of items) {
    if (!id.startsWith(`${CASES_PROFILE}-`) || current.has(id)) continue
    await call(http, 'DELETE', `/v1/capacity-profiles/${id}`, undefined, [409])
  }
}
