// Routes of the tenant's configuration: representatives, statuses, queues, workstreams, capacity profiles, policy.
import { z } from 'zod'
import { id } from '../primitives.ts'
import {
  policyPatch,
  policyResource,
  profileBody,
  profileResource,
  queueBody,
  queueResource,
  representative,
  representativeBody,
  representativeLine,
  representativePatch,
  statusBody,
  statusPatch,
  statusResource,
  statusWritten,
  workstreamBody,
  workstreamResource,
} from '../resources.ts'
import { administrator, collection } from './collection.ts'
import { idParams, outcomeError, pageOf, pageQuery, queryFlag, type RouteSpec } from './route.ts'

/** Bytes. */
const IMPORT_LIMIT = 1024 * 1024

/** What became of one line; its id is null where none could be read. */
export const importOutcome = z.union([
  z.object({ line: z.int().positive(), id, outcome: z.enum(['created', 'updated']) }),
  z.object({ line: z.int().positive(), id: z.string().nullable(), error: outcomeError }),
])

const partly = 'Each field that is named is replaced whole; what is left out stays as it is.'
const inUse = 'Refused while it is in use; details say by whom (PO4).'
const representatives = collection({
  path: 'representatives',
  group: 'Representatives',
  one: 'representative',
  many: 'representatives',
  resource: representative,
  body: representativeBody,
  read: administrator,
  unknown: 'representative-unknown',
  putErrors: ['not-found', 'status-not-selectable'],
  removal: 'Ends her connections and puts her work back (PO4).',
})
const queues = collection({
  path: 'queues',
  group: 'Queues',
  one: 'queue',
  many: 'queues',
  resource: queueResource,
  body: queueBody,
  read: 'token',
  unknown: 'not-found',
  putErrors: [],
  removal: inUse,
})
const workstreams = collection({
  path: 'workstreams',
  group: 'Workstreams',
  one: 'workstream',
  many: 'workstreams',
  resource: workstreamResource,
  body: workstreamBody,
  read: 'token',
  unknown: 'not-found',
  putErrors: ['not-found'],
  removal: inUse,
})
const profiles = collection({
  path: 'capacity-profiles',
  group: 'Capacity profiles',
  one: 'capacity profile',
  many: 'capacity profiles',
  resource: profileResource,
  body: profileBody,
  read: 'token',
  unknown: 'not-found',
  putErrors: [],
  removal: inUse,
})
const statuses = { path: '/v1/statuses', one: '/v1/statuses/{id}', group: 'Statuses' } as const
const policy = { path: '/v1/policy', group: 'Policy', access: administrator } as const

export const CONFIGURATION_ROUTES = {
  listRepresentatives: representatives.list,
  importRepresentatives: {
    method: 'post',
    path: '/v1/representatives/import',
    group: 'Representatives',
    summary: 'Create or replace many representatives',
    description:
      'NDJSON: a representative a line, as in a PUT and with her id. Answers a line for each line, as it is done, with an outcome or an error of its own. Blank lines are skipped. A line has at most 16 KiB, the body 1 MiB. An answer that breaks off means that the import did: the same key goes on where it stopped.',
    access: administrator,
    body: representativeLine,
    ndjson: true,
    bodyLimit: IMPORT_LIMIT,
    command: true,
    responses: { 200: importOutcome },
    errors: [],
  },
  getRepresentative: representatives.get,
  putRepresentative: representatives.put,
  patchRepresentative: {
    ...representatives.put,
    method: 'patch',
    summary: 'Change a representative',
    description: partly,
    body: representativePatch,
    responses: { 200: representative },
    errors: ['representative-unknown', 'not-found', 'status-not-selectable'],
  },
  deleteRepresentative: {
    ...representatives.remove,
    query: z.strictObject({
      eraseHistory: queryFlag.default(false).meta({
        description:
          'True: everything that was ever shown of her goes with her, also from before an earlier deletion.',
      }),
    }),
    errors: ['representative-unknown'],
  },
  listStatuses: {
    method: 'get',
    path: statuses.path,
    group: statuses.group,
    summary: 'All statuses',
    description: 'The standard ones first; archived ones are left out.',
    access: 'token',
    query: pageQuery,
    responses: { 200: pageOf(statusResource) },
    errors: [],
  },
  createStatus: {
    method: 'post',
    path: statuses.path,
    group: statuses.group,
    summary: 'Create a status',
    description:
      'A text that names another base than it is mapped to is stored, and `warnings` say how it will behave (ST5).',
    access: administrator,
    body: statusBody,
    command: true,
    responses: { 201: statusWritten },
    errors: ['not-found', 'standard-status', 'status-text-taken', 'in-use'],
  },
  getStatus: {
    method: 'get',
    path: statuses.one,
    group: statuses.group,
    summary: 'One status',
    description: 'Archived ones too.',
    access: 'token',
    params: idParams,
    conditional: 'read',
    responses: { 200: statusResource },
    errors: ['not-found'],
  },
  patchStatus: {
    method: 'patch',
    path: statuses.one,
    group: statuses.group,
    summary: 'Change a status',
    description: partly,
    access: administrator,
    params: idParams,
    body: statusPatch,
    conditional: 'write',
    command: true,
    responses: { 200: statusWritten },
    errors: ['not-found', 'standard-status', 'status-text-taken', 'status-not-selectable'],
  },
  deleteStatus: {
    method: 'delete',
    path: statuses.one,
    group: statuses.group,
    summary: 'Archive a status',
    description: 'Who shows it keeps it until they leave it; nobody can choose it again (ST6).',
    access: administrator,
    params: idParams,
    conditional: 'write',
    command: true,
    responses: { 204: null },
    errors: ['not-found', 'standard-status'],
  },
  listQueues: queues.list,
  getQueue: queues.get,
  putQueue: queues.put,
  deleteQueue: queues.remove,
  listWorkstreams: workstreams.list,
  getWorkstream: workstreams.get,
  putWorkstream: workstreams.put,
  deleteWorkstream: workstreams.remove,
  listCapacityProfiles: profiles.list,
  getCapacityProfile: profiles.get,
  putCapacityProfile: profiles.put,
  deleteCapacityProfile: profiles.remove,
  getPolicy: {
    ...policy,
    method: 'get',
    summary: 'The policy of the tenant',
    conditional: 'read',
    responses: { 200: policyResource },
    errors: [],
  },
  patchPolicy: {
    ...policy,
    method: 'patch',
    summary: 'Change the policy',
    description: `${partly} Running deadlines keep their length (PO3).`,
    body: policyPatch,
    conditional: 'write',
    command: true,
    responses: { 200: policyResource },
    errors: ['not-found', 'status-not-selectable'],
  },
} as const satisfies Record<string, RouteSpec>
