/** An instant as the wire has it: ISO 8601 in UTC with milliseconds. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}
