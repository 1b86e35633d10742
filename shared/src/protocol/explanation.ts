import { z } from 'zod'
import { id, instant, namedActor } from './primitives.ts'
import { presenceView } from './view.ts'

/** EX2: a presence beneath the present one, or one that it put an end to. */
export const override = z.object({
  statusId: id,
  rule: z.string(),
  at: instant,
  by: namedActor.nullable(),
  how: z.enum(['covered', 'replaced']),
})

const value = z.union([z.number(), z.string(), z.array(z.string())]).nullable()

/** RO8: a condition of RO1 that is not met, with its numbers. */
export const failedCondition = z.object({ code: z.string(), need: value, have: value })

/** RO8: one change of a row, to be made after those before it. Only the fields of its kind are there. */
export const namedChange = z.object({
  kind: z.enum(['reset', 'set', 'close-work', 'connect', 'raise-limit', 'cancel-next']),
  statusId: id.optional(),
  workItemId: id.optional(),
  dimension: z.string().optional(),
  to: z.int().optional(),
  opens: z.array(id),
  shows: id,
})

/** EX2: why this presence, what it overrides, what each workstream makes of it, and what would change that. */
export const explanation = z.object({
  presence: presenceView,
  steps: z.array(
    z.object({
      order: z.int(),
      matched: z.boolean(),
      rule: z.string(),
      inputs: z.record(z.string(), z.unknown()),
    }),
  ),
  overrides: z.array(override),
  workstreams: z.array(
    z.object({ workstreamId: id, now: z.array(failedCondition), afterReset: z.array(failedCondition) }),
  ),
  smallestChange: z.array(namedChange),
})
export type Explanation = z.infer<typeof explanation>
