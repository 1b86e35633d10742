import { z } from 'zod'
import { ACTOR_KINDS, BASES, ID_PATTERN } from '../vocabulary.ts'

/** An id of anything (see ID_PATTERN). */
export const id = z
  .string()
  .regex(
    ID_PATTERN,
    'must be 1-128 characters of A-Z a-z 0-9 . _ ~ : @ -, beginning with a letter or a digit',
  )

/** An instant: ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 })

/** A length of time in whole milliseconds. */
export const milliseconds = z.int().nonnegative()

/** A position in the change feed; opaque to clients. */
export const cursor = z.string().min(1).max(512)

/** Identifies one command of one actor for five minutes, so that a repeated one changes nothing. */
export const commandKey = z.string().min(1).max(128)

export const base = z.enum(BASES)

/** Who did something. */
export const actor = z.object({ kind: z.enum(ACTOR_KINDS), id: z.string() })

/** Who did something, by name, as others see it. */
export const namedActor = actor.extend({ name: z.string() })
