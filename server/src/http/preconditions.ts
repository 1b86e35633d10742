// Strong ETags that carry a version or a revision, and the conditions that a client builds upon them.

import type { IncomingHttpHeaders } from 'node:http'
import type { RouteSpec } from '@rollcall/shared'
import type { IfMatch } from '../app/app.ts'
import { Refused } from '../app/refused.ts'

export const etagOf = (version: number) => `"${version}"`

/** Refuses a condition that this route would not look at: silence would be taken for consent. */
export function ifMatchOf(spec: RouteSpec, headers: IncomingHttpHeaders): IfMatch {
  const header = headers['if-match']
  if (spec.method !== 'get' && headers['if-none-match'] !== undefined) {
    throw invalid('If-None-Match', 'is for GET only; leave it out of a write')
  }
  if (header === undefined) return null
  if (spec.conditional !== 'write') throw invalid('If-Match', 'is not honoured here; leave it out')
  if (header === '*') return '*'
  const version = /^"(\d{1,15})"$/.exec(header)?.[1]
  if (version === undefined) throw invalid('If-Match', 'must be one ETag as it was answered, like "17", or *')
  return Number(version)
}

function invalid(field: string, message: string): Refused {
  return new Refused('invalid-message', `${field} ${message}.`, { field, problems: [{ field, message }] })
}
