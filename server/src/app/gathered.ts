// Tells at once, then at most every so often what was gathered meanwhile: an import of 10,000 representatives must not
// become 10,000 messages to every socket.

import type { Clock } from '../clock.ts'

export interface Gathered {
  add(name: string, words: Iterable<string>): void
  stop(): void
}

/** `tell` gets each name's words, each once, in the order they came. */
export function gathered(
  clock: Clock,
  everyMs: number,
  tell: (name: string, words: readonly string[]) => void,
): Gathered {
  /** Names told of lately, with what came since. */
  const recent = new Map<string, { readonly words: Set<string>; readonly cancel: () => void }>()

  function told(name: string, words: readonly string[]): void {
    recent.set(name, { words: new Set(), cancel: clock.after(everyMs, () => later(name)) })
    tell(name, words)
  }

  function later(name: string): void {
    const words = recent.get(name)?.words
    recent.delete(name)
    if (words && words.size > 0) told(name, [...words])
  }

  return {
    add(name, words) {
      const waiting = recent.get(name)
      if (!waiting) return told(name, [...new Set(words)])
      for (const word of words) waiting.words.add(word)
    },
    stop() {
      for (const { cancel } of recent.values()) cancel()
      recent.clear()
    },
  }
}
