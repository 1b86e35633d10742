import type { App, WorkOutcome, WorkReport } from '../app/app.ts'
import { type Answer, given, type Handler, type Handlers } from './handler.ts'
import { withoutId } from './path-id.ts'

type ReportRoute =
  `${'reject' | 'miss' | 'withdraw' | 'wait' | 'resume' | 'wrapUp' | 'close' | 'release'}WorkItem`

/** What services report, and what supervisors may do to an item. Every answer is the item, 200. */
export function createWorkItemHandlers({
  work,
  changes,
}: App): Handlers<
  'listWorkItems' | 'getWorkItem' | 'putWorkItem' | 'acceptWorkItem' | 'transferWorkItem' | ReportRoute
> {
  const reports =
    (report: WorkReport): Handler<ReportRoute> =>
    async ({ caller, params, body }) =>
      answer(await work.report(caller, report, { workItemId: params.id, by: body.by }))

  return {
    listWorkItems: ({ principal, query }) => ({
      status: 200,
      body: work.list(principal, given(query)),
      headers: { 'Rollcall-Cursor': changes.cursor(principal) },
    }),

    getWorkItem({ principal, params }) {
      const item = work.get(principal, params.id)
      return { status: 200, body: item, version: item.revision }
    },

    async putWorkItem({ caller, params, body }) {
      const offer = given(withoutId(body, params.id))
      return answer(await work.put(caller, { ...offer, workItemId: params.id }))
    },

    async acceptWorkItem({ caller, params, body }) {
      const accepted = { workItemId: params.id, workstreamId: null, attributes: null, by: body.by }
      return answer(await work.accept(caller, accepted))
    },
    async rejectWorkItem({ caller, params, body }) {
      return answer(await work.report(caller, 'reject', { workItemId: params.id, ...given(body) }))
    },
    missWorkItem: reports('miss'),
    withdrawWorkItem: reports('withdraw'),
    waitWorkItem: reports('wait'),
    resumeWorkItem: reports('resume'),
    wrapUpWorkItem: reports('wrap-up'),
    closeWorkItem: reports('close'),
    releaseWorkItem: reports('release'),

    async transferWorkItem({ caller, params, body }) {
      return answer(await work.transfer(caller, { workItemId: params.id, ...body }))
    },
  }
}

/** No item: it was closed but never heard of (WK3), and there is nothing to show. */
function answer({ item }: WorkOutcome): Answer {
  return item === null ? { status: 204 } : { status: 200, body: item, version: item.revision }
}
