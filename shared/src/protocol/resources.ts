import { z } from 'zod'
import { WORK_STATES } from '../vocabulary.ts'
import { base, id, instant } from './primitives.ts'
import { workAttributes, workCost } from './view.ts'

const limit = z.int().min(0).max(1_000_000)
const attributes = z.record(
  z.string().min(1).max(64),
  z.union([z.string().max(256), z.number(), z.boolean()]),
)
/** As long as an id: left out, it is the id. */
const name = z.string().trim().min(1).max(128)
const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone, like Europe/Berlin')
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a local time, HH:MM')

/** Total of units (null: not configured) and own limits by profile (null: the profile's own limit). */
export const capacitySetting = z.strictObject({
  units: limit.nullable().default(null),
  profiles: z.record(id, limit.nullable()).default({}),
})

export const representativeBody = z.strictObject({
  id: id.optional(),
  name: name.optional(),
  queues: z.array(id).max(1_000).default([]),
  defaultStatusId: id.nullable().default(null),
  /** Left out: the policy's `newRepresentativeCapacity` (PO5). */
  capacity: capacitySetting.optional(),
  attributes: attributes.default({}),
})
/** One of many, a line each. */
export const representativeLine = representativeBody.extend({ id })
export const representative = z.object({
  id,
  name,
  queues: z.array(id),
  defaultStatusId: id.nullable(),
  capacity: capacitySetting,
  attributes,
})
export type Representative = z.infer<typeof representative>
/** Each field that is named is replaced whole; one that is left out stays (so no defaults here, unlike in a PUT). */
export const representativePatch = z
  .strictObject({
    name,
    queues: representativeBody.shape.queues.unwrap(),
    defaultStatusId: id.nullable(),
    capacity: capacitySetting,
    attributes,
  })
  .partial()

export const statusBody = z.strictObject({
  id,
  text: z.string().trim().min(1).max(100),
  base,
  description: z.string().max(500).nullable().default(null),
  selectableBy: z
    .strictObject({ representatives: z.boolean().default(true), supervisors: z.boolean().default(true) })
    .default({ representatives: true, supervisors: true }),
  workstreams: z.array(id).max(1_000).nullable().default(null),
  expectedMs: z.int().min(1_000).max(2_592_000_000).nullable().default(null),
})
export const statusResource = statusBody.extend({ standard: z.boolean(), archived: z.boolean() })
export type StatusResource = z.infer<typeof statusResource>
/** As `representativePatch`. */
export const statusPatch = z
  .strictObject({
    text: statusBody.shape.text,
    base,
    description: statusBody.shape.description.unwrap(),
    selectableBy: statusBody.shape.selectableBy.unwrap(),
    workstreams: statusBody.shape.workstreams.unwrap(),
    expectedMs: statusBody.shape.expectedMs.unwrap(),
  })
  .partial()
/** The answer to a write of a status; `warnings` say how a misleading text will behave (ST5). */
export const statusWritten = statusResource.extend({ warnings: z.array(z.string()) })

export const queueBody = z.strictObject({ id: id.optional(), name: name.optional() })
export const queueResource = z.object({ id, name })
export type QueueResource = z.infer<typeof queueResource>

export const profileBody = z.strictObject({
  id: id.optional(),
  name: name.optional(),
  limit: limit.default(1),
  blocking: z.boolean().default(false),
  reset: z.enum(['immediate', 'end-of-day']).default('immediate'),
  timeZone: timeZone.nullable().default(null),
  endOfDay: localTime.nullable().default(null),
})
export const profileResource = z.object({ ...profileBody.shape, id, name })
export type ProfileResource = z.infer<typeof profileResource>

/** What an item of a workstream, or one item, takes; each profile costs one. */
export const workCostBody = z.strictObject({
  units: limit.optional(),
  profiles: z.array(id).max(20).optional(),
})

const condition = z.strictObject({
  attribute: z
    .string()
    .regex(
      /^(presence|base|queue|units|profile:.+|attributes\..+)$/,
      'must be presence, base, queue, units, profile:<id> or attributes.<name>',
    ),
  operator: z.enum(['equals', 'not-equals', 'in', 'not-in']),
  value: z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.union([z.string(), z.number(), z.boolean()])),
  ]),
})

export const workstreamBody = z.strictObject({
  id: id.optional(),
  name: name.optional(),
  channel: z.enum(['chat', 'voice', 'email', 'case', 'other']).default('other'),
  queueId: id.default('default'),
  allowedPresences: z.array(id).max(100).default(['available', 'busy']),
  cost: workCostBody.default({}),
  assignmentMethod: z
    .enum(['highest-capacity', 'round-robin', 'least-active', 'custom'])
    .default('highest-capacity'),
  assignmentRules: z
    .array(z.strictObject({ conditions: z.array(condition).max(20) }))
    .max(50)
    .default([]),
  offerTimeoutMs: z.int().min(1_000).max(86_400_000).default(120_000),
  rejectable: z.boolean().default(true),
  missedCounts: z.boolean().default(true),
  opensSession: z.boolean().default(true),
  affectsPresence: z.boolean().default(true),
  selfAssign: z.boolean().default(false),
  wrapUp: z
    .union([z.enum(['always', 'none']), z.strictObject({ seconds: z.int().min(1).max(3_600) })])
    .default('always'),
})
export const workstreamResource = z.object({ ...workstreamBody.shape, id, name })
export type WorkstreamResource = z.infer<typeof workstreamResource>

const attention = z.strictObject({
  missed: z.int().min(1_000),
  rejected: z.int().min(1_000),
  queued: z.int().min(1_000),
})

export const policyResource = z.strictObject({
  restoreWindowMs: z.int().min(1_000).max(3_600_000),
  signOutRestores: z.boolean(),
  defaultStatusId: id,
  missedSetsInactive: z.boolean(),
  rejectedSetsDoNotDisturb: z.boolean(),
  sessionLimit: z.int().min(1).max(100),
  maxDeclines: z.int().min(1).max(5),
  autoProvision: z.boolean(),
  newRepresentativeCapacity: capacitySetting,
  timeZone,
  endOfDay: localTime,
  releaseRoutedWork: z.boolean(),
  releaseWorkAfterMs: z.int().min(1_000).nullable(),
  staleWorkAfterMs: z.int().min(1_000).nullable(),
  attentionAfterMs: attention,
  historyRetentionDays: z.int().min(1).max(3_650).nullable(),
})
export const policyPatch = policyResource.extend({ attentionAfterMs: attention.partial() }).partial()
export type PolicyResource = z.infer<typeof policyResource>

export const workItemResource = z.object({
  id,
  workstreamId: id,
  queueId: id,
  state: z.enum(WORK_STATES),
  representativeId: id.nullable(),
  offeredTo: id.nullable(),
  cost: workCost,
  priority: z.int().min(-1_000).max(1_000),
  attributes: workAttributes,
  since: instant,
  queuedAt: instant.nullable(),
  declines: z.int().nonnegative(),
  revision: z.int().positive(),
})
export type WorkItemResource = z.infer<typeof workItemResource>

/** Refuses every token of `sub` whose `iat` is at or before `issuedBefore`; both in seconds since 1970. */
export const revocationBody = z.strictObject({ sub: id, issuedBefore: z.int().nonnegative() })
export type Revocation = z.infer<typeof revocationBody>

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
