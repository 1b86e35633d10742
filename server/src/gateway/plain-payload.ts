// What no schema should have to look at: binary parts, depth that no command has, and the key that makes prototypes.

import { Refused } from '../app/refused.ts'

/** Payload, attributes, a list in them, and room to grow. */
const DEPTH = 8

/** Throws `invalid-message`. A frame has at most 16 KiB, so that the walk is short. */
export function requirePlain(payload: unknown, path: readonly string[] = []): void {
  if (typeof payload !== 'object' || payload === null) return
  if (payload instanceof ArrayBuffer || ArrayBuffer.isView(payload)) {
    throw refused(path, 'is binary. Send JSON only')
  }
  if (path.length >= DEPTH) throw refused(path, `is nested deeper than ${DEPTH} levels. Flatten it`)
  for (const [key, inner] of Object.entries(payload)) {
    if (key === '__proto__') throw refused([...path, key], 'is not a known field. Leave it out')
    requirePlain(inner, [...path, key])
  }
}

function refused(path: readonly string[], what: string): Refused {
  const field = path.join('.').slice(0, 200)
  const where = field === '' ? 'The message' : `"${field}"`
  return new Refused('invalid-message', `${where} ${what}.`, { field })
}
