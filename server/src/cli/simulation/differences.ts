// In which fields two views of one presence differ.

import type { PresenceView } from '@rollcall/shared'

/** `field: one, other`, or null when they are the same. */
export function differences(one: PresenceView | undefined, other: PresenceView | undefined): string | null {
  if (!one || !other) return one === other ? null : `known to ${one ? 'the first' : 'the second'} only`
  const fields = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof PresenceView)[]
  const different = fields.filter(field => textOf(one[field]) !== textOf(other[field]))
  if (different.length === 0) return null
  return different.map(field => `${field}: ${textOf(one[field])}, ${textOf(other[field])}`).join('; ')
}

/** The same text for the same value, whatever the order of keys in it. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
