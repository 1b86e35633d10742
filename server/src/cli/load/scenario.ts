// The scenario of `rollcall load`, a JSON file: who connects, and what they do in which phase.

import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Failure } from '../world.ts'

const weight = z.number().nonnegative()

/** How often which kind of command is sent, in proportion. `work` takes an item and closes it, by turns. */
const mix = z
  .strictObject({ choose: weight.default(0), work: weight.default(0), read: weight.default(0) })
  .refine(({ choose, work, read }) => choose + work + read > 0, 'must give at least one kind a weight')

const title = z.string().min(1).max(60).optional()

const phase = z.discriminatedUnion('kind', [
  /** So many commands a second, whether or not those before have been answered. */
  z.strictObject({
    kind: z.literal('steady'),
    title,
    seconds: z.number().positive().max(86_400),
    perSecond: z.number().positive().max(100_000),
    mix,
  }),
  /** As fast as the server takes them, with so many under way. */
  z.strictObject({
    kind: z.literal('burst'),
    title,
    commands: z.int().positive().max(10_000_000),
    inFlight: z.int().positive().max(10_000).default(64),
    mix,
  }),
  /** A share of the representatives lose their connection at once and return after a while. */
  z.strictObject({
    kind: z.literal('storm'),
    title,
    share: z.number().positive().max(1),
    awaySeconds: z.number().nonnegative().max(140),
  }),
  z.strictObject({ kind: z.literal('idle'), title, seconds: z.number().positive().max(86_400) }),
])

const scenario = z.strictObject({
  representatives: z.int().positive().max(100_000),
  watchers: z.int().nonnegative().max(10_000).default(1),
  /** Sign-ins under way at a time. */
  connecting: z.int().positive().max(1_000).default(32),
  /** The same seed sends the same mix in the same order. */
  seed: z.int().nonnegative().default(1),
  phases: z.array(phase).min(1).max(100),
})

export type LoadScenario = z.output<typeof scenario>
export type Phase = z.output<typeof phase>
export type Mix = z.output<typeof mix>

/** Rejects with a Failure that names the file, the field and what it should be. */
export async function readScenario(path: string): Promise<LoadScenario> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Failure(`The scenario ${path} cannot be read: ${messageOf(error)}`)
  })
  const parsed = scenario.safeParse(jsonIn(text, path))
  if (parsed.success) return parsed.data
  const mistakes = parsed.error.issues.map(
    ({ path: field, message }) => `${field.join('.') || 'it'}: ${message}`,
  )
  throw new Failure(`The scenario ${path} is not one. ${mistakes.join('; ')}`)
}

function jsonIn(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Failure(`The scenario ${path} is not JSON: ${messageOf(error)}`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
