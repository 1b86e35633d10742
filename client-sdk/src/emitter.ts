// A list of listeners. Each `on` returns its undo.

export interface Emitter<Value> {
  on(listener: (value: Value) => void): () => void
  emit(value: Value): void
}

export function createEmitter<Value>(): Emitter<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    on(call) {
      // Wrapped, so that the same function may listen twice and each undo ends its own registration.
      const listener = (value: Value): void => call(value)
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    emit(value) {
      for (const listener of [...listeners]) {
        try {
          if (listeners.has(listener)) listener(value)
        } catch (error) {
          // The application's mistake is reported, and breaks neither the connection nor other listeners.
          console.error(error)
        }
      }
    },
  }
}
