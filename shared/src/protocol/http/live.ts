// A queue as it is now.
import { liveCounts } from '../live-counts.ts'
import { idParams, type RouteSpec } from './route.ts'

export const LIVE_ROUTES = {
  getQueueLive: {
    method: 'get',
    path: '/v1/queues/{id}/live',
    group: 'Live',
    summary: 'The live counts of a queue',
    description: 'The same as `queue:live`, as of now.',
    access: ['supervisor', 'service'],
    params: idParams,
    responses: { 200: liveCounts },
    errors: ['not-found'],
  },
} as const satisfies Record<string, RouteSpec>
