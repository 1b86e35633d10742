// Decodes each distinct frame once: all watchers of one thing get the same bytes at nearly the same time.

import type { SeenChange } from './dialects.ts'

/** Below this, decoding costs no more than looking. Bytes. */
const SMALL = 512
/** Distinct frames remembered: as many as lie between the first watcher that gets one and the last. */
const REMEMBERED = 64

export function createDecoder(read: (text: string) => readonly SeenChange[]) {
  const frames: { readonly bytes: Buffer; readonly changes: readonly SeenChange[] }[] = []
  let next = 0

  return (payload: Buffer): readonly SeenChange[] => {
    if (payload.length < SMALL) return read(payload.toString())
    const known = frames.find(({ bytes }) => bytes.length === payload.length && bytes.equals(payload))
    if (known) return known.changes
    const changes = read(payload.toString())
    // Copied: the payload is a view into a chunk that would be kept with it.
    frames[next++ % REMEMBERED] = { bytes: Buffer.from(payload), changes }
    return changes
  }
}
