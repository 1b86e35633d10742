// Whether a command that comes again under its key is the same: a hash of its name and body.

import { hash } from 'node:crypto'
import type { Caller } from './use-cases/caller.ts'

/** `name`: of the command, or method and path of the request. The same fields in another order are the same body. */
export function fingerprintOf(name: string, body: unknown): string {
  return hash('sha256', `${name}\n${JSON.stringify(ordered(body)) ?? ''}`, 'base64url')
}

/**
 * The caller of a command that comes over the socket and over HTTP alike: its key stands for the command and what it
 * asks, whichever door it came through.
 */
export function callerOfCommand(caller: Caller, name: string, input: object): Caller {
  const { principal, commandKey } = caller
  if (!commandKey) return caller
  return { principal, commandKey: { key: commandKey.key, fingerprint: fingerprintOf(name, input) } }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, ordered(inner)] as const)
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
