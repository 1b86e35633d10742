/** Several undos as one. */
export function together(...undo: readonly (() => unknown)[]): () => void {
  return () => {
    for (const each of undo) each()
  }
}
