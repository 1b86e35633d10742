import { z } from 'zod'
import type { Role } from '../vocabulary.ts'
import type { WireError } from './errors.ts'
import { explanation } from './explanation.ts'
import { liveCounts } from './live-counts.ts'
import { base, commandKey, cursor, id, milliseconds } from './primitives.ts'
import { presenceView, selfView, workAttributesBody } from './view.ts'

// Every command of a socket: what it takes, what its acknowledgement carries, who may send it.
// A command may carry `commandId` (the same id again changes nothing) and `connectionId` (refused with
// `stale-command` once that connection is gone).

interface CommandSpec {
  readonly payload: z.ZodObject
  readonly data: z.ZodType
  readonly roles: readonly Role[]
  readonly meaning: string
}

const command = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...shape, commandId: commandKey.optional(), connectionId: id.optional() })

const everybody: readonly Role[] = ['representative', 'supervisor', 'administrator', 'service']

export const presenceOption = z.object({
  statusId: id,
  text: z.string(),
  base,
  description: z.string().nullable(),
  expectedMs: milliseconds.nullable(),
  workstreams: z.array(id).nullable(),
})
export type PresenceOption = z.infer<typeof presenceOption>

/** What a choice takes, over the socket and over HTTP. */
export const choiceShape = {
  statusId: id,
  when: z.enum(['now', 'after-work']).optional(),
  forMs: z.int().min(1_000).max(2_592_000_000).optional(),
  note: z.string().max(200).optional(),
  expectedRevision: z.int().positive().optional(),
}
export const choiceReply = z.object({ outcome: z.enum(['updated', 'queued']), presence: presenceView })
export type ChoiceReply = z.infer<typeof choiceReply>

/** Kept in the cause of the change, of the item and of hers. */
export const rejectionReason = z.string().max(200)

export const workTarget = z.union(
  [z.strictObject({ representativeId: id }), z.strictObject({ queueId: id })],
  'must be { "representativeId": id } or { "queueId": id }',
)
export type WorkTarget = z.infer<typeof workTarget>

/** First answer to `watch`. Pages after the first follow as `presence:changes` before the first live one. */
export const sync = z.object({
  kind: z.enum(['state', 'diff']),
  cursor,
  presences: z.array(presenceView),
  removed: z.array(id),
  complete: z.boolean().optional(),
  live: z
    .array(liveCounts)
    .optional()
    .meta({ description: 'Of each watched queue; later ones come as `queue:live`.' }),
})
export type Sync = z.infer<typeof sync>

export const COMMANDS = {
  'presence:get': {
    payload: command({}),
    data: selfView,
    roles: ['representative'],
    meaning: 'The own presence.',
  },
  'presence:options': {
    payload: command({ representativeId: id.optional() }),
    data: z.object({ items: z.array(presenceOption), next: z.string().nullable() }),
    roles: ['representative', 'supervisor'],
    meaning: 'The statuses that may be chosen.',
  },
  'presence:set': {
    payload: command({ ...choiceShape, representativeId: id.optional() }),
    data: choiceReply,
    roles: ['representative', 'supervisor', 'service'],
    meaning: 'Choose a status, now or after the work.',
  },
  'presence:reset': {
    payload: command({ representativeId: id.optional() }),
    data: presenceView,
    roles: ['representative', 'supervisor', 'service'],
    meaning: 'End the stance and show the capacity result (MA9).',
  },
  'presence:cancel-next': {
    payload: command({ representativeId: id.optional() }),
    data: presenceView,
    roles: ['representative', 'supervisor'],
    meaning: 'Cancel a queued choice (MA7).',
  },
  'presence:explain': {
    payload: command({ representativeId: id.optional(), workstreamId: id.optional() }),
    data: explanation,
    roles: ['representative', 'supervisor'],
    meaning: 'Why this presence, since when, who, what it overrides, and what would change it (EX2).',
  },
  'work:accept': {
    payload: command({
      workItemId: id,
      workstreamId: id.optional(),
      attributes: workAttributesBody.optional(),
    }),
    data: presenceView,
    roles: ['representative'],
    meaning: 'Accept an offer or, with a workstream that allows it, take an item without one (WK9).',
  },
  'work:reject': {
    payload: command({ workItemId: id, reason: rejectionReason.optional() }),
    data: presenceView,
    roles: ['representative'],
    meaning: 'Reject an offer (NO3).',
  },
  'work:wait': {
    payload: command({ workItemId: id }),
    data: presenceView,
    roles: ['representative'],
    meaning: 'Park an item (WK5).',
  },
  'work:resume': {
    payload: command({ workItemId: id }),
    data: presenceView,
    roles: ['representative'],
    meaning: 'Take a parked item up again (WK5).',
  },
  'work:wrap-up': {
    payload: command({ workItemId: id }),
    data: presenceView,
    roles: ['representative'],
    meaning: 'The conversation is over, its paperwork is not (CA8).',
  },
  'work:close': {
    payload: command({ workItemId: id }),
    data: presenceView,
    roles: ['representative'],
    meaning: 'Close an item (CA4).',
  },
  'work:transfer': {
    payload: command({ workItemId: id, to: workTarget, offer: z.boolean().optional() }),
    data: presenceView,
    roles: ['representative', 'supervisor'],
    meaning: 'Give an item to a colleague or to a queue (TR).',
  },
  'work:targets': {
    payload: command({ workItemId: id }),
    data: z.object({
      targets: z.array(z.object({ representativeId: id, name: z.string(), base, room: z.int().nullable() })),
    }),
    roles: ['representative'],
    meaning: 'Whom an item may be transferred to (TR5).',
  },
  'sign-out': {
    payload: command({}),
    data: z.null(),
    roles: ['representative'],
    meaning: 'End all connections of this representative (DI8).',
  },
  watch: {
    payload: command({
      queues: z.union([z.literal('*'), z.array(id).max(1_000)]),
      since: cursor.optional(),
      include: z.array(z.enum(['routable'])).optional(),
    }),
    data: sync,
    roles: ['supervisor', 'service'],
    meaning: 'Watch queues, or everybody (SU).',
  },
  unwatch: {
    payload: command({}),
    data: z.null(),
    roles: ['supervisor', 'service'],
    meaning: 'Stop watching.',
  },
  'notice:seen': {
    payload: command({ id }),
    data: z.null(),
    roles: ['representative'],
    meaning: 'A notice was read; every tab drops it.',
  },
  'token:refresh': {
    payload: command({ token: z.string().min(1).max(8_192) }),
    data: z.null(),
    roles: everybody,
    meaning: 'Go on with a newer token of the same person.',
  },
} as const satisfies Record<string, CommandSpec>

export type CommandName = keyof typeof COMMANDS
export type CommandPayload<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['payload']>
export type CommandData<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['data']>
export type Reply<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly error: WireError }
