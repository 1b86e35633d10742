// Whether a command that comes again under its key is the same: a hash of its name and body.

import { hash } from 'node:crypto'

/** `name`: of the command, or method and path of the request. The same fields in another order are the same body. */
export function fingerprintOf(name: string, body: unknown): string {
  return hash('sha256', `${name}\n${JSON.stringify(ordered(body)) ?? ''}`, 'base64url')
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, ordered(inner)] as const)
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
