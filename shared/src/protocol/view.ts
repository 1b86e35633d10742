import { z } from 'zod'
import { LINKS, ORIGINS, WORK_STATES } from '../vocabulary.ts'
import { actor, base, id, instant, milliseconds, namedActor } from './primitives.ts'

/** A status as it is shown somewhere: what shows on return (`behind`). */
export const shownStatus = z.object({ statusId: id, text: z.string(), base })

export const nextPresence = shownStatus.extend({
  by: namedActor.nullable(),
  at: instant,
  forMs: milliseconds.nullable(),
  note: z.string().nullable(),
})

export const capacityView = z.object({
  units: z.object({ total: z.int(), used: z.int(), reserved: z.int() }).nullable(),
  profiles: z.record(
    id,
    z.object({ limit: z.int(), used: z.int(), reserved: z.int(), blocking: z.boolean() }),
  ),
  sessions: z.object({ open: z.int(), reserved: z.int(), limit: z.int() }),
})

export const workCost = z.object({ units: z.int().optional(), profiles: z.array(id).optional() })
export const workAttributes = z.record(z.string(), z.unknown())
/** WK2: at most 2 KB, counted as characters of JSON. `title`, `customer` and `url` are known to the pages. */
export const workAttributesBody = workAttributes.refine(
  value => JSON.stringify(value).length <= 2_048,
  'must be at most 2,048 characters long as JSON',
)

/** One of the representative's items; the last three only in her own views and in GET of one presence. */
export const workView = z.object({
  workItemId: id,
  workstreamId: id,
  state: z.enum(WORK_STATES),
  since: instant,
  stale: z.literal(true).optional(),
  attributes: workAttributes.optional(),
  cost: workCost.optional(),
  capacityUntil: instant.nullable().optional(),
})

/** EX1: why the last change happened, and the rule that decided it. */
export const causeView = z.object({
  event: z.string(),
  actor,
  rule: z.string(),
  inputs: z.record(z.string(), z.unknown()).optional(),
})

/** What others may see of a representative. `revision` rises by one with every stored change. */
export const presenceView = z.object({
  representativeId: id,
  name: z.string(),
  queues: z.array(id),
  revision: z.int().positive(),
  statusId: id,
  text: z.string(),
  base,
  origin: z.enum(ORIGINS),
  by: namedActor.nullable(),
  since: instant,
  note: z.string().nullable(),
  expiresAt: instant.nullable(),
  overdueAt: instant.nullable(),
  next: nextPresence.nullable(),
  link: z.enum(LINKS),
  signedIn: z.boolean(),
  connections: z.int().nonnegative(),
  restoreUntil: instant.nullable(),
  handoverUntil: instant.nullable(),
  behind: shownStatus.nullable(),
  capacity: capacityView,
  work: z.array(workView),
  cause: causeView,
})
export type PresenceView = z.infer<typeof presenceView>
export type CapacityView = z.infer<typeof capacityView>
export type WorkView = z.infer<typeof workView>
export type NextPresence = z.infer<typeof nextPresence>

/** Changed top-level fields of a view, each whole. Somebody new to the watch comes as a whole view. */
export type PresencePatch = Pick<PresenceView, 'representativeId' | 'revision'> & Partial<PresenceView>

/** An offer, as the representative's own tabs see it. */
export const offerView = z.object({
  workItemId: id,
  workstreamId: id,
  queueId: id,
  offeredAt: instant,
  expiresAt: instant,
  cost: workCost,
  rejectable: z.boolean(),
  missedCounts: z.boolean(),
  attributes: workAttributes,
})
export type OfferView = z.infer<typeof offerView>

/** Something a representative is told once: a hold began, or somebody else changed her presence. */
export const noticeView = z.object({
  id,
  at: instant,
  kind: z.enum(['missed', 'rejected', 'session-limit', 'changed-by']),
  presence: shownStatus,
  by: namedActor.optional(),
  workItemId: id.optional(),
  workstreamId: id.optional(),
  attributes: workAttributes.optional(),
})
export type NoticeView = z.infer<typeof noticeView>

/** The representative's own view: `presence:self`. */
export const selfView = presenceView.extend({ offers: z.array(offerView), notices: z.array(noticeView) })
export type SelfView = z.infer<typeof selfView>
