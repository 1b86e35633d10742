// A message of the wrong shape, said the same way over the socket and over HTTP.

import type { z } from 'zod'
import { Refused } from './refused.ts'

/**
 * What the schema makes of a value. Refused: `invalid-message`. Also where zod itself throws: it compares the
 * `length` of whatever it gets, and JSON can say one that has no primitive value.
 */
export function shapedBy<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = safely(() => schema.safeParse(value))
  if (parsed === null) {
    throw new Refused(
      'invalid-message',
      'The message holds what no field can be. Correct it and send it again.',
      {
        field: '',
      },
    )
  }
  if (!parsed.success) throw invalidMessage(parsed.error)
  return parsed.data
}

function safely<Result>(run: () => Result): Result | null {
  try {
    return run()
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** `details`: the first wrong field, and what is wrong with each of the first twenty. */
export function invalidMessage(error: z.ZodError): Refused {
  const problems = error.issues.flatMap(problemsOf).slice(0, 20)
  const first = problems[0] ?? { field: '', message: 'is not understood' }
  const where = first.field === '' ? 'The message' : `"${first.field}"`
  return new Refused('invalid-message', `${where}: ${first.message}. Correct it and send it again.`, {
    field: first.field,
    problems,
  })
}

interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** Unknown keys are reported by zod at their parent; the reader wants their own names. */
function problemsOf(issue: z.core.$ZodIssue): readonly FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ field: pathOf([...issue.path, key]), message: 'is not a known field' }))
  }
  return [{ field: pathOf(issue.path), message: issue.message }]
}

const pathOf = (path: readonly PropertyKey[]) => path.map(String).join('.').slice(0, 200)
