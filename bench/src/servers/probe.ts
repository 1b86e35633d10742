// Loaded into a measured Node process before its own code: says how much memory is in use after a full collection.
// It holds nothing and does nothing until it is asked.

export interface MemoryInUse {
  /** Objects, and buffers outside the heap. Bytes. */
  readonly heap: number
  /** Resident memory of the process. Bytes. */
  readonly resident: number
}

process.on('message', (ask: { readonly id: number }) => {
  // Twice: what the first finds to be finalised only the second gives back.
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ id: ask.id, memory: { heap: heapUsed + external, resident: rss } })
})
// The server ends when it has nothing left to do, as it would without this.
process.channel?.unref()
