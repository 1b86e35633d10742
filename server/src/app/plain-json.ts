// What no schema should have to look at, over the socket and over HTTP alike: binary parts, depth that no message
// has, and the key that makes prototypes.

import { Refused } from './refused.ts'

/** Attributes of a work item may be nested; nothing of ours is deeper than six. */
const DEPTH = 20

/** Throws `invalid-message`. Messages have at most 16 KiB, so that the walk is short. */
export function requirePlain(value: unknown, path: readonly string[] = []): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    throw refused(path, 'is binary. Send JSON only')
  }
  if (path.length >= DEPTH) throw refused(path, `is nested deeper than ${DEPTH} levels. Flatten it`)
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') throw refused([...path, key], 'is not a known field. Leave it out')
    requirePlain(inner, [...path, key])
  }
}

function refused(path: readonly string[], what: string): Refused {
  const field = path.join('.').slice(0, 200)
  const where = field === '' ? 'The message' : `"${field}"`
  return new Refused('invalid-message', `${where} ${what}.`, { field })
}
