/** Calls back once with the reason when the signal gives up, also if it has already. Returns its undo. */
export function onAbort(signal: AbortSignal | undefined, callback: (reason: unknown) => void): () => void {
  const listener = (): void => callback(signal?.reason)
  if (signal?.aborted) queueMicrotask(listener)
  signal?.addEventListener('abort', listener)
  return () => signal?.removeEventListener('abort', listener)
}
