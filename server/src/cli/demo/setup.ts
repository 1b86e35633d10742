// Configures the demo's contact centre over HTTP, as an administrator would, and clears what an earlier run left.

import type { PresenceView } from '@rollcall/shared'
import type { Cast } from './cast.ts'

export interface Http {
  readonly url: string
  /** A token that may do everything here. */
  readonly token: () => string
}

/** Rejects with an Error that names the request that failed. */
export async function setUp(http: Http, cast: Cast): Promise<void> {
  for (const { id, ...body } of cast.queues) await call(http, 'PUT', `/v1/queues/${id}`, body)
  for (const { id, ...body } of cast.profiles) await call(http, 'PUT', `/v1/capacity-profiles/${id}`, body)
  // A status that an earlier run made is there already (409), under the same text.
  for (const status of cast.statuses) await call(http, 'POST', '/v1/statuses', status, [409])
  for (const { id, ...body } of cast.workstreams) await call(http, 'PUT', `/v1/workstreams/${id}`, body)
  for (const { id, takes: _, ...body } of cast.players) {
    await call(http, 'PUT', `/v1/representatives/${id}`, body)
  }
  await closeLeftovers(http, cast)
}

/** @returns the parsed body, null for none */
export async function call(
  { url, token }: Http,
  method: string,
  path: string,
  body?: object,
  accepted: readonly number[] = [],
): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token()}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok && !accepted.includes(response.status)) {
    throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`)
  }
  return text === '' ? null : JSON.parse(text)
}

/** The script forgets at its end who held what; without this, everybody would begin the next run with full hands. */
async function closeLeftovers(http: Http, cast: Cast): Promise<void> {
  const { items } = (await call(http, 'GET', '/v1/presences?limit=500')) as { items: readonly PresenceView[] }
  const players = new Set(cast.players.map(player => player.id))
  for (const { representativeId, work } of items) {
    if (!players.has(representativeId)) continue
    for (const { workItemId } of work)
      await call(http, 'POST', `/v1/work-items/${workItemId}/close`, {}, [409])
  }
}
