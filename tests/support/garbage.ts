// Seeded garbage for everything that a server reads: anything JSON can say, and, so that some of it gets past the
// first check, what looks like the fields that a schema asks for.

import { z } from 'zod'

export interface Garbage {
  /** At least 0, below 1. */
  chance(): number
  below(count: number): number
  pick<Item>(items: readonly Item[]): Item
  /** Any JSON value; `__proto__`, deep nesting and numbers at the edges among them. */
  json(depth?: number): unknown
  text(): string
  /** What the schema asks for, more or less: fields wrong, missing or too many in every third. */
  like(schema: z.ZodType | undefined): unknown
}

/** Ids that the world of a test knows, and a few that nobody does. */
const IDS = ['ada', 'bob', 'billing', 'sales', 'default', 'chat', 'w1', 'w2', 'w3', 'busy', 'away', 'lunch']
const STRANGE_IDS = ['nobody', 'constructor', 'toString', 'hasOwnProperty', 'a'.repeat(128), 'ä', '..', '']
const NUMBERS = [0, -0, 1, -1, 2, 1.5, 999, 1_000, 3_600_000, 2 ** 31, 2 ** 53, -(2 ** 53), 1e300]
const TEXTS = ['', ' ', 'Lunch', 'null', '\u0000', '\ud800', '🙂', 'x'.repeat(300), '__proto__', '../..', '*']
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'id', 'then', 'toJSON', 'length', '']

export function createGarbage(seed: number): Garbage {
  const chance = mulberry32(seed)
  const below = (count: number) => Math.floor(chance() * count)
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item
  const text = () =>
    chance() < 0.8 ? pick(TEXTS) : String.fromCharCode(...fill(below(40), () => below(65_536)))
  const id = () => pick(chance() < 0.85 ? IDS : STRANGE_IDS)

  function json(depth = 0): unknown {
    switch (below(depth > 4 ? 5 : 8)) {
      case 0:
        return text()
      case 1:
        return pick(NUMBERS)
      case 2:
        return chance() < 0.5
      case 3:
        return null
      case 4:
        return id()
      case 5:
        return fill(below(4), () => json(depth + 1))
      case 6:
        return fill(30 + below(200), () => 0).reduce<unknown>(inner => [inner], 'deep')
      default:
        // From entries, as JSON.parse does: `__proto__` becomes a field like others.
        return Object.fromEntries(fill(below(4), () => [pick([...KEYS, ...IDS]), json(depth + 1)]))
    }
  }

  function object(shape: Readonly<Record<string, z.ZodType>>): unknown {
    const spoiled = chance() < 0.33
    const fields: [string, unknown][] = []
    for (const [name, field] of Object.entries(shape)) {
      if (field.safeParse(undefined).success && chance() < 0.6) continue
      if (spoiled && chance() < 0.2) continue
      // A key seen once makes of most later commands `key-reused`; the connection of a command is rarely right.
      if (name === 'connectionId' && chance() < 0.9) continue
      fields.push([name, name === 'commandId' ? `key-${below(500)}` : like(field)])
    }
    if (spoiled && chance() < 0.3) fields.push([pick(KEYS), json()])
    return Object.fromEntries(fields)
  }

  function like(schema: z.ZodType | undefined): unknown {
    if (schema === undefined || chance() < 0.08) return json()
    if (schema instanceof z.ZodObject) return object(schema.shape)
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return like(inner(schema.unwrap()))
    if (schema instanceof z.ZodNullable) return chance() < 0.3 ? null : like(inner(schema.unwrap()))
    if (schema instanceof z.ZodPipe) return like(inner(schema.out))
    if (schema instanceof z.ZodArray) return fill(below(3), () => like(inner(schema.element)))
    if (schema instanceof z.ZodUnion) return like(inner(pick(schema.options)))
    if (schema instanceof z.ZodEnum) return pick(schema.options)
    if (schema instanceof z.ZodLiteral) return pick([...schema.values])
    if (schema instanceof z.ZodBoolean) return chance() < 0.5
    if (schema instanceof z.ZodNumber) return pick(chance() < 0.8 ? [1, 2, 1_000, 60_000] : NUMBERS)
    if (schema instanceof z.ZodString) return chance() < 0.9 ? id() : text()
    if (schema instanceof z.ZodRecord) return chance() < 0.7 ? {} : { [id()]: pick([1, 'x', true, null]) }
    return json()
  }

  return { chance, below, pick, json, text, like }
}

const fill = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make)

/** Zod types what a wrapper holds by its core; here it is always one of the classic kind. */
const inner = (schema: z.core.SomeType): z.ZodType => schema as z.ZodType

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
