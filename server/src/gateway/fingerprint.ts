// Whether a command that comes again under its key is the same: a hash of its name and body.

import { hash } from 'node:crypto'

/** The envelope (`commandId`, `connectionId`) is no part of the body: a retry may come over another connection. */
export function fingerprintOf(name: string, payload: Readonly<Record<string, unknown>>): string {
  const { commandId: _key, connectionId: _connection, ...body } = payload
  return hash('sha256', `${name}\n${JSON.stringify(ordered(body))}`, 'base64url')
}

/** The same fields in another order are the same body. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => [key, ordered(inner)])
}
