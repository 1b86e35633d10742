import type { App, IfMatch } from '../app/app.ts'
import { Refused } from '../app/refused.ts'
import { given, type Handlers } from './handler.ts'
import { withError } from './problem.ts'

/** What representatives are shown as. The ETag of a presence is its revision. */
export function createPresenceHandlers({
  presence,
  changes,
}: App): Handlers<
  | 'listPresences'
  | 'getPresence'
  | 'setPresence'
  | 'setPresences'
  | 'resetPresence'
  | 'cancelNextPresence'
  | 'explainPresence'
> {
  return {
    listPresences: ({ principal, query }) => ({
      status: 200,
      body: presence.list(principal, given(query)),
      headers: { 'Rollcall-Cursor': changes.cursor(principal) },
    }),

    getPresence({ principal, params }) {
      const view = presence.get(principal, params.id)
      return { status: 200, body: view, version: view.revision }
    },

    async setPresence({ caller, params, body, ifMatch }) {
      const reply = await presence.choose(caller, {
        representativeId: params.id,
        statusId: body.statusId,
        when: body.when ?? 'now',
        forMs: body.forMs ?? null,
        note: body.note ?? null,
        expectedRevision: oneRevision(revisionOf(ifMatch), body.expectedRevision ?? null),
      })
      return { status: 200, body: reply, version: reply.presence.revision }
    },

    async setPresences({ caller, body }) {
      const { representativeIds, statusId, when = 'now', forMs = null, note = null } = body
      const outcomes =
        statusId === undefined
          ? await presence.resetMany(caller, representativeIds)
          : await presence.chooseForMany(caller, representativeIds, { statusId, when, forMs, note })
      return { status: 200, body: { items: outcomes.map(withError) } }
    },

    async resetPresence({ caller, params, ifMatch }) {
      const view = await presence.reset(caller, params.id, revisionOf(ifMatch))
      return { status: 200, body: view, version: view.revision }
    },

    async cancelNextPresence({ caller, params }) {
      await presence.cancelNext(caller, params.id)
      return { status: 204 }
    },

    explainPresence: async ({ principal, params, query }) => ({
      status: 200,
      body: await presence.explain(principal, params.id, query.workstreamId ?? null),
    }),
  }
}

/** `*` asks that it exists, which is checked anyway. */
const revisionOf = (ifMatch: IfMatch) => (ifMatch === '*' ? null : ifMatch)

function oneRevision(header: number | null, body: number | null): number | null {
  if (header !== null && body !== null && header !== body) {
    throw new Refused(
      'invalid-message',
      'If-Match and expectedRevision name different revisions. Send one of them.',
      { field: 'expectedRevision' },
    )
  }
  return header ?? body
}
