// The change feed over HTTP: the same sequence that watchers follow, for machines.
import { z } from 'zod'
import { id, instant } from '../primitives.ts'
import * as resources from '../resources.ts'
import { causeView, presenceView } from '../view.ts'
import { queryInt, type RouteSpec } from './route.ts'

const head = {
  cursor: z.string().meta({ description: 'Where a reader is who has this entry.' }),
  at: instant,
  tenant: id,
  id: z.string().meta({ description: 'Of what changed: representative, work item, resource or bearer.' }),
  cause: causeView,
}
const change = <Resource extends z.ZodType>(resource: Resource) => ({
  current: resource.nullable().meta({ description: 'null: removed, or no longer in reach.' }),
  previous: resource.nullable().meta({ description: 'null: new, or newly in reach.' }),
})
const configured = <Kind extends string, Resource extends z.ZodType>(kind: Kind, resource: Resource) =>
  z.object({
    ...head,
    kind: z.literal('configuration'),
    resource: z.literal(kind),
    ...change(resource),
  })

/** One stored change. `previous` and `current` are views, work items or resources as of the change. */
export const feedEntry = z.union([
  z.object({ ...head, kind: z.literal('presence'), ...change(presenceView) }),
  z.object({ ...head, kind: z.literal('work'), ...change(resources.workItemResource) }),
  configured('policy', resources.policyResource),
  configured('statuses', resources.statusResource),
  configured('queues', resources.queueResource),
  configured('workstreams', resources.workstreamResource),
  configured('capacity-profiles', resources.profileResource),
  z.object({ ...head, kind: z.literal('revocation'), ...change(resources.revocationBody) }),
])
export type FeedEntryView = z.infer<typeof feedEntry>

/** Seconds; below what proxies usually allow a silent request. */
const LONGEST_WAIT = 50

export const CHANGE_ROUTES = {
  listChanges: {
    method: 'get',
    path: '/v1/changes',
    group: 'Changes',
    summary: 'The change feed',
    description:
      'Every stored change in order, a line each; what a supervisor may not watch is left out. Ask again with the cursor of the last line, or with that of the header `Rollcall-Cursor`, which also passes over what was left out. With `wait`, an answer without a line comes only after that many seconds.\n\nFor a consistent start, read `GET /v1/presences` and `GET /v1/work-items` first, and begin after the header `Rollcall-Cursor` of the answer that you asked for first, of several pages the first one: what follows may repeat what a later answer had already, and nothing is left out. The latest 20,000 entries of a tenant are kept at least, and none over a restart of the server; a cursor before them is `cursor-gone`, and the start is to be made again.',
    access: ['supervisor', 'service'],
    query: z.strictObject({
      after: z
        .string()
        .min(1)
        .max(512)
        .optional()
        .meta({ description: 'A cursor of this feed or of a watch; left out: from the oldest entry kept.' }),
      limit: queryInt(1, 500).default(100).meta({ description: 'Lines of one answer.' }),
      wait: queryInt(0, LONGEST_WAIT).default(0).meta({ description: 'Seconds to wait for the first line.' }),
    }),
    ndjson: true,
    feedPosition: true,
    responses: { 200: feedEntry },
    errors: ['cursor-gone', 'too-many-requests'],
  },
} as const satisfies Record<string, RouteSpec>
