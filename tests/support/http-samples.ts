// One request for every operation and every documented success of it, in an order in which each finds what it
// needs. Run against the running server, and checked against the document that it serves.

import type { Role, RouteName } from '@rollcall/shared'

export interface Sample {
  readonly route: RouteName
  readonly path: string
  readonly as: Role | null
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const report = (route: RouteName, action: string, id: string, as: Role = 'service'): Sample => ({
  route,
  path: `/v1/work-items/${id}/${action}`,
  as,
  status: 200,
})

const offer = (id: string, state: 'offered' | 'active'): Sample => ({
  route: 'putWorkItem',
  path: `/v1/work-items/${id}`,
  as: 'service',
  status: 200,
  body: { workstreamId: 'default', representativeId: 'ada', state, attributes: { title: 'Invoice 17' } },
})

/** `ada` is signed in, `bo` is known. */
export const SAMPLES: readonly Sample[] = [
  { route: 'getHealth', path: '/healthz', as: null, status: 200 },
  { route: 'getReadiness', path: '/readyz', as: null, status: 200 },
  { route: 'getAbout', path: '/v1/about', as: null, status: 200 },
  { route: 'getMe', path: '/v1/me', as: 'representative', status: 200 },
  {
    route: 'createDevToken',
    path: '/v1/dev/token',
    as: null,
    status: 200,
    body: { sub: 'ada', roles: ['representative'] },
  },
  { route: 'listDevPeople', path: '/v1/dev/people', as: null, status: 200 },

  {
    route: 'putQueue',
    path: '/v1/queues/mail',
    as: 'administrator',
    status: 201,
    body: { id: 'mail', name: 'Mail' },
  },
  { route: 'putQueue', path: '/v1/queues/mail', as: 'administrator', status: 200, body: {} },
  { route: 'getQueueLive', path: '/v1/queues/mail/live', as: 'supervisor', status: 200 },
  { route: 'getQueue', path: '/v1/queues/mail', as: 'representative', status: 200 },
  { route: 'listQueues', path: '/v1/queues?limit=5', as: 'supervisor', status: 200 },
  {
    route: 'putCapacityProfile',
    path: '/v1/capacity-profiles/chats',
    as: 'administrator',
    status: 201,
    body: { limit: 2 },
  },
  {
    route: 'putCapacityProfile',
    path: '/v1/capacity-profiles/chats',
    as: 'administrator',
    status: 200,
    body: {},
  },
  { route: 'getCapacityProfile', path: '/v1/capacity-profiles/chats', as: 'service', status: 200 },
  { route: 'listCapacityProfiles', path: '/v1/capacity-profiles', as: 'service', status: 200 },
  {
    route: 'putWorkstream',
    path: '/v1/workstreams/letters',
    as: 'administrator',
    status: 201,
    body: { queueId: 'mail', cost: { profiles: ['chats'] }, wrapUp: { seconds: 30 } },
  },
  { route: 'putWorkstream', path: '/v1/workstreams/letters', as: 'administrator', status: 200, body: {} },
  { route: 'getWorkstream', path: '/v1/workstreams/letters', as: 'supervisor', status: 200 },
  { route: 'listWorkstreams', path: '/v1/workstreams', as: 'representative', status: 200 },
  {
    route: 'createStatus',
    path: '/v1/statuses',
    as: 'administrator',
    status: 201,
    body: { id: 'training', text: 'Available - training', base: 'offline' },
  },
  { route: 'getStatus', path: '/v1/statuses/training', as: 'representative', status: 200 },
  {
    route: 'patchStatus',
    path: '/v1/statuses/training',
    as: 'administrator',
    status: 200,
    body: { text: 'Training' },
  },
  { route: 'listStatuses', path: '/v1/statuses', as: 'service', status: 200 },
  { route: 'getPolicy', path: '/v1/policy', as: 'administrator', status: 200 },
  {
    route: 'patchPolicy',
    path: '/v1/policy',
    as: 'administrator',
    status: 200,
    body: { attentionAfterMs: { missed: 60_000 } },
  },
  {
    route: 'putRepresentative',
    path: '/v1/representatives/cy',
    as: 'administrator',
    status: 201,
    body: { name: 'Cy' },
  },
  { route: 'putRepresentative', path: '/v1/representatives/cy', as: 'administrator', status: 200, body: {} },
  { route: 'getRepresentative', path: '/v1/representatives/cy', as: 'administrator', status: 200 },
  {
    route: 'patchRepresentative',
    path: '/v1/representatives/cy',
    as: 'administrator',
    status: 200,
    body: { capacity: { units: 100 } },
  },
  {
    route: 'importRepresentatives',
    path: '/v1/representatives/import',
    as: 'administrator',
    status: 200,
    body: '{"id":"dee","name":"Dee"}\n\n{"id":"cy"}\n{"id":\n{"name":"Nobody"}',
    headers: { 'Content-Type': 'application/x-ndjson' },
  },
  { route: 'listChanges', path: '/v1/changes?limit=20', as: 'service', status: 200 },
  { route: 'listRepresentatives', path: '/v1/representatives', as: 'administrator', status: 200 },

  { route: 'listPresences', path: '/v1/presences?ids=ada,bo&limit=500', as: 'supervisor', status: 200 },
  { route: 'getPresence', path: '/v1/representatives/ada/presence', as: 'representative', status: 200 },
  {
    route: 'setPresence',
    path: '/v1/representatives/ada/presence',
    as: 'representative',
    status: 200,
    body: { statusId: 'busy' },
  },
  {
    route: 'setPresences',
    path: '/v1/presences/bulk',
    as: 'supervisor',
    status: 200,
    body: { representativeIds: ['ada', 'bo', 'nobody'], statusId: 'busy', note: 'Meeting' },
  },
  {
    route: 'setPresences',
    path: '/v1/presences/bulk',
    as: 'service',
    status: 200,
    body: { representativeIds: ['ada'], reset: true },
  },
  { route: 'explainPresence', path: '/v1/representatives/ada/explanation', as: 'supervisor', status: 200 },
  {
    route: 'explainPresence',
    path: '/v1/representatives/ada/explanation?workstreamId=default',
    as: 'service',
    status: 200,
  },
  { route: 'resetPresence', path: '/v1/representatives/ada/presence/reset', as: 'supervisor', status: 200 },
  {
    route: 'cancelNextPresence',
    path: '/v1/representatives/ada/presence/next',
    as: 'representative',
    status: 204,
  },

  offer('w1', 'offered'),
  report('acceptWorkItem', 'accept', 'w1'),
  { route: 'getWorkItem', path: '/v1/work-items/w1', as: 'supervisor', status: 200 },
  {
    route: 'listWorkItems',
    path: '/v1/work-items?representative=ada&state=active',
    as: 'service',
    status: 200,
  },
  { route: 'getPresence', path: '/v1/representatives/ada/presence', as: 'service', status: 200 },
  report('waitWorkItem', 'wait', 'w1'),
  report('resumeWorkItem', 'resume', 'w1'),
  report('wrapUpWorkItem', 'wrap-up', 'w1'),
  {
    route: 'transferWorkItem',
    path: '/v1/work-items/w1/transfer',
    as: 'service',
    status: 200,
    body: { to: { representativeId: 'bo' } },
  },
  report('releaseWorkItem', 'release', 'w1', 'supervisor'),
  report('closeWorkItem', 'close', 'w1', 'supervisor'),
  { ...report('closeWorkItem', 'close', 'never-heard-of'), status: 204 },
  offer('w2', 'offered'),
  report('rejectWorkItem', 'reject', 'w2'),
  offer('w3', 'offered'),
  report('missWorkItem', 'miss', 'w3'),
  offer('w4', 'offered'),
  report('withdrawWorkItem', 'withdraw', 'w4', 'supervisor'),

  { route: 'deleteWorkstream', path: '/v1/workstreams/letters', as: 'administrator', status: 204 },
  { route: 'deleteCapacityProfile', path: '/v1/capacity-profiles/chats', as: 'administrator', status: 204 },
  { route: 'deleteQueue', path: '/v1/queues/mail', as: 'administrator', status: 204 },
  { route: 'deleteStatus', path: '/v1/statuses/training', as: 'administrator', status: 204 },
  {
    route: 'deleteRepresentative',
    path: '/v1/representatives/cy?eraseHistory=true',
    as: 'administrator',
    status: 204,
  },
  {
    route: 'createRevocation',
    path: '/v1/revocations',
    as: 'administrator',
    status: 200,
    body: { sub: 'somebody-else', issuedBefore: 1_700_000_000 },
  },
]
