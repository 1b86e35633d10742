// NDJSON: a JSON value a line, in a body and in an answer that is sent as it comes.

import type { Response } from 'express'
import type { z } from 'zod'
import { shapedBy } from '../app/invalid-message.ts'
import { requirePlain } from '../app/plain-json.ts'
import { Refused } from '../app/refused.ts'
import { BODY_LIMIT } from './body.ts'

export const NDJSON = 'application/x-ndjson'

/** One line of a body, counted from 1: what its schema made of it, or why it is none. */
export type BodyLine<Value> =
  | { readonly line: number; readonly value: Value }
  /** `given`: the JSON that was refused; undefined: it was not even that. */
  | { readonly line: number; readonly given: unknown; readonly refused: Refused }

/** Reads each line when it is asked for. Blank ones are counted and skipped. */
export function* linesOf<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
): Iterable<BodyLine<z.output<Schema>>> {
  let line = 0
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start)
    const end = found === -1 ? text.length : found
    const content = text.slice(start, end).trim()
    start = end + 1
    line += 1
    if (content !== '') yield readLine(line, content, schema)
  }
}

function readLine<Schema extends z.ZodType>(
  line: number,
  content: string,
  schema: Schema,
): BodyLine<z.output<Schema>> {
  let given: unknown
  try {
    if (Buffer.byteLength(content) > BODY_LIMIT) throw tooLong()
    given = parse(content)
    requirePlain(given)
    return { line, value: shapedBy(schema, given) }
  } catch (error) {
    if (error instanceof Refused) return { line, given, refused: error }
    throw error
  }
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refused('invalid-message', `The line is not valid JSON: ${why}`, { field: '' })
  }
}

const tooLong = () =>
  new Refused('payload-too-large', `The line is too long. Send at most ${BODY_LIMIT / 1024} KiB a line.`, {
    limitBytes: BODY_LIMIT,
  })

/**
 * Sends each value as a line, no faster than they are read; ends early when nobody reads any more. What is thrown
 * before the first value can still be answered as an error.
 */
export async function sendLines(response: Response, values: AsyncIterable<unknown>): Promise<void> {
  const iterator = values[Symbol.asyncIterator]()
  let next = await iterator.next()
  response.status(200).type(NDJSON)
  while (!next.done && !response.destroyed) {
    if (!response.write(`${JSON.stringify(next.value)}\n`)) await drained(response)
    next = await iterator.next()
  }
  await iterator.return?.()
  response.end()
}

function drained(response: Response): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}
