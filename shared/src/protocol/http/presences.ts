// Routes about what representatives are shown as: read, choose, reset, explain.
import { z } from 'zod'
import { choiceReply, choiceShape } from '../commands.ts'
import { explanation } from '../explanation.ts'
import { base, id } from '../primitives.ts'
import { presenceView } from '../view.ts'
import { idParams, outcomeError, pageOf, pageShape, queryIds, type RouteSpec } from './route.ts'

export const choiceBody = z.strictObject(choiceShape)

/** Bytes: a thousand of the longest ids, and the rest. */
const BULK_LIMIT = 160 * 1024

/** What one request may name. */
const MOST_REPRESENTATIVES = 1_000

export const bulkBody = z
  .strictObject({
    representativeIds: z.array(id).min(1).max(MOST_REPRESENTATIVES),
    statusId: id.optional(),
    when: choiceShape.when,
    forMs: choiceShape.forMs,
    note: choiceShape.note,
    reset: z.literal(true, 'must be true').optional(),
  })
  .superRefine((body, { addIssue }) => {
    const refuse = (field: string, message: string) =>
      addIssue({ code: 'custom', path: [field], message, input: body })
    if (!body.reset && body.statusId === undefined) refuse('statusId', 'is needed, unless reset is true')
    if (!body.reset) return
    for (const field of ['statusId', 'when', 'forMs', 'note'] as const) {
      if (body[field] !== undefined) refuse(field, 'belongs to a choice; leave it out of a reset')
    }
  })

export const bulkReply = z.object({
  items: z.array(
    z.union([
      z.object({ representativeId: id, outcome: z.enum(['updated', 'queued', 'reset']) }),
      z.object({ representativeId: id, error: outcomeError }),
    ]),
  ),
})

const group = 'Presence'
const readers = ['representative', 'supervisor', 'service'] as const
const reach =
  'A representative reaches herself only; a supervisor those of the queues the token lets them watch.'

export const PRESENCE_ROUTES = {
  listPresences: {
    method: 'get',
    path: '/v1/presences',
    group,
    summary: 'Many presences',
    description: 'All conditions must hold. What a supervisor may not watch is left out.',
    access: ['supervisor', 'service'],
    query: z.strictObject({
      queue: id.optional(),
      base: base.optional(),
      status: id.optional(),
      ids: queryIds(500).optional(),
      ...pageShape,
    }),
    feedPosition: true,
    responses: { 200: pageOf(presenceView) },
    errors: ['not-found'],
  },
  setPresences: {
    method: 'post',
    path: '/v1/presences/bulk',
    group,
    summary: 'Choose or reset for many',
    description: `Up to ${MOST_REPRESENTATIVES} representatives; one that is named twice counts once. Each has an outcome or an error of her own, in the order named: \`forbidden\` is whom a supervisor may not reach (SU7). Not all or nothing: broken off, the same key goes on where it stopped and answers the first outcomes again. Up to ${BULK_LIMIT / 1024} KiB.`,
    access: ['supervisor', 'service'],
    body: bulkBody,
    bodyLimit: BULK_LIMIT,
    command: true,
    responses: { 200: bulkReply },
    errors: [],
  },
  getPresence: {
    method: 'get',
    path: '/v1/representatives/{id}/presence',
    group,
    summary: 'The presence of one representative',
    description: `With the details of her work. The ETag is the revision. ${reach}`,
    access: readers,
    params: idParams,
    conditional: 'read',
    responses: { 200: presenceView },
    errors: ['representative-unknown'],
  },
  setPresence: {
    method: 'put',
    path: '/v1/representatives/{id}/presence',
    group,
    summary: 'Choose a status',
    description: `Now, or after the work that is active (\`when\`). \`forMs\` counts from when it starts to apply. ${reach}`,
    access: readers,
    params: idParams,
    body: choiceBody,
    conditional: 'write',
    command: true,
    presenceCommand: true,
    responses: { 200: choiceReply },
    errors: ['representative-unknown', 'not-signed-in', 'status-not-selectable'],
  },
  resetPresence: {
    method: 'post',
    path: '/v1/representatives/{id}/presence/reset',
    group,
    summary: 'End a choice or a hold',
    description: `What is shown is the capacity result, not the default (MA9). ${reach}`,
    access: readers,
    params: idParams,
    body: z.strictObject({}),
    bodyOptional: true,
    conditional: 'write',
    command: true,
    presenceCommand: true,
    responses: { 200: presenceView },
    errors: ['representative-unknown'],
  },
  cancelNextPresence: {
    method: 'delete',
    path: '/v1/representatives/{id}/presence/next',
    group,
    summary: 'Cancel a queued choice',
    description: reach,
    access: readers,
    params: idParams,
    command: true,
    presenceCommand: true,
    responses: { 204: null },
    errors: ['representative-unknown'],
  },
  explainPresence: {
    method: 'get',
    path: '/v1/representatives/{id}/explanation',
    group,
    summary: 'Why this presence',
    description: `The four precedence rules with the one that answered, what it overrides, which conditions of each workstream of her queues fail now and after a reset, and the fewest changes that would open one or make her Available. Asked with a workstreamId, of that one alone. ${reach}`,
    access: readers,
    params: idParams,
    query: z.strictObject({ workstreamId: id.optional() }),
    responses: { 200: explanation },
    explains: true,
    errors: ['representative-unknown', 'not-found'],
  },
} as const satisfies Record<string, RouteSpec>
