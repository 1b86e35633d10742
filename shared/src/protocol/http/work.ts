// Routes by which a service reports work, and by which supervisors close, withdraw, release and transfer it.
import { z } from 'zod'
import { type Role, WORK_STATES } from '../../vocabulary.ts'
import { rejectionReason, workTarget } from '../commands.ts'
import type { ErrorCode } from '../errors.ts'
import { id } from '../primitives.ts'
import { workCostBody, workItemResource } from '../resources.ts'
import { workAttributesBody } from '../view.ts'
import { idParams, pageOf, pageShape, type RouteSpec } from './route.ts'

const group = 'Work items'
const by = z.enum(['representative', 'other']).default('other').meta({
  description: 'Who did it: only what the representative did herself ends a missed or rejected hold (CA4).',
})

export const workItemBody = z.strictObject({
  id: id.optional(),
  workstreamId: id,
  representativeId: id,
  state: z.enum(['offered', 'active']),
  cost: workCostBody.optional(),
  attributes: workAttributesBody.optional(),
  priority: z.int().min(-1_000).max(1_000).optional(),
  force: z.boolean().default(false),
  reopen: z.boolean().default(false),
  by,
})
export const reportBody = z.strictObject({ by })
export const rejectBody = reportBody.extend({ reason: rejectionReason.optional() })
export const transferBody = z.strictObject({ to: workTarget, offer: z.boolean().default(false), by })

const services: readonly Role[] = ['service']
const floor: readonly Role[] = ['service', 'supervisor']

const report = <Action extends string>(
  action: Action,
  summary: string,
  access: readonly Role[],
  errors: readonly ErrorCode[],
) =>
  ({
    method: 'post',
    path: `/v1/work-items/{id}/${action}`,
    group,
    summary,
    access,
    params: idParams,
    body: reportBody,
    bodyOptional: true,
    command: true,
    responses: { 200: workItemResource },
    errors: ['work-item-unknown', 'work-item-closed', ...errors],
  }) as const

const offerErrors = ['offer-gone', 'transition-not-allowed'] as const
const stateErrors = ['transition-not-allowed'] as const

export const WORK_ROUTES = {
  listWorkItems: {
    method: 'get',
    path: '/v1/work-items',
    group,
    summary: 'Many work items',
    access: floor,
    query: z.strictObject({
      queue: id.optional(),
      workstream: id.optional(),
      state: z.enum(WORK_STATES).optional(),
      representative: id.optional(),
      ...pageShape,
    }),
    feedPosition: true,
    responses: { 200: pageOf(workItemResource) },
    errors: ['not-found', 'representative-unknown'],
  },
  getWorkItem: {
    method: 'get',
    path: '/v1/work-items/{id}',
    group,
    summary: 'One work item',
    description: 'A closed one is kept for 24 hours. The ETag is the revision.',
    access: floor,
    params: idParams,
    conditional: 'read',
    responses: { 200: workItemResource },
    errors: ['work-item-unknown'],
  },
  putWorkItem: {
    method: 'put',
    path: '/v1/work-items/{id}',
    group,
    summary: 'Offer or assign a work item',
    description:
      '`offered` asks the representative and reserves capacity; `active` assigns it to her and checks nothing of what follows. An offer checks that she is connected, the session limit, her room in units and profiles, and that no next choice is queued; it does not look at her presence, which is for you to ask first (RO7). `force` skips the session limit, the room and the queued choice, never the connection. `reopen` takes up a closed item again. An item cannot be put `queued` here: choosing whom to offer it is not built yet.',
    access: services,
    params: idParams,
    body: workItemBody,
    command: true,
    responses: { 200: workItemResource },
    errors: [
      'representative-unknown',
      'not-found',
      'not-signed-in',
      'session-limit',
      'no-capacity',
      'work-item-conflict',
      'work-item-closed',
      'transition-not-allowed',
    ],
  },
  acceptWorkItem: report('accept', 'An offer was accepted', services, offerErrors),
  rejectWorkItem: {
    ...report('reject', 'An offer was rejected', services, [...offerErrors, 'offer-not-rejectable']),
    body: rejectBody,
  },
  missWorkItem: report('miss', 'An offer was not answered in time', services, offerErrors),
  withdrawWorkItem: report('withdraw', 'Take an offer back', floor, offerErrors),
  waitWorkItem: report('wait', 'A work item is parked; its capacity is free', services, stateErrors),
  resumeWorkItem: report('resume', 'A parked work item goes on', services, stateErrors),
  wrapUpWorkItem: report('wrap-up', 'The conversation is over, its paperwork is not', services, stateErrors),
  closeWorkItem: {
    ...report('close', 'A work item is closed', floor, []),
    description:
      'Closing an item that nobody ever reported answers 204: there is nothing to close, and no record is made.',
    responses: { 200: workItemResource, 204: null },
    errors: [],
  },
  releaseWorkItem: report(
    'release',
    'Take a work item from its holder, back to its queue',
    floor,
    stateErrors,
  ),
  transferWorkItem: {
    ...report('transfer', 'Give a work item to somebody else, or to a queue', floor, []),
    description:
      'Both capacities change in one step (TR1). With `offer`, the first keeps it until the second accepts (TR4).',
    body: transferBody,
    bodyOptional: false,
    errors: [
      'work-item-unknown',
      'representative-unknown',
      'not-found',
      'not-signed-in',
      'no-capacity',
      'work-item-conflict',
      'work-item-closed',
      'transition-not-allowed',
    ],
  },
} as const satisfies Record<string, RouteSpec>
