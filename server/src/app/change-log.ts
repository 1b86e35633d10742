// What a watcher who comes back has missed: who changed since, and who left. Kept per tenant beside the picture, a
// number per representative that changed in this epoch, so that no cursor of it grows too old for that.

import type { ViewChange } from './app.ts'

export interface ChangeLog {
  /** In feed order; `seq` is the entry's. */
  note(change: ViewChange, seq: number): void
  /** Whether everything that happened after `seq` is known. */
  reaches(seq: number): boolean
  /** True if her view changed after `seq`. */
  changedAfter(representativeId: string, seq: number): boolean
  /** Who left one of these queues after `seq` (`'*'`: who was removed), perhaps to come back since. */
  leftAfter(seq: number, queues: readonly string[] | '*'): ReadonlySet<string>
}

interface Departure {
  readonly seq: number
  readonly representativeId: string
  readonly queues: readonly string[]
  /** She exists no more. */
  readonly removed: boolean
}

/** Departures kept. They are rare: administrators move people, deletions; an import may move all at once. */
const KEPT = 50_000

/** `from`: the position that the picture was loaded at. */
export function createChangeLog(from: number, kept = KEPT): ChangeLog {
  const changedAt = new Map<string, number>()
  /** Who was removed, and when; forgotten once everybody who can still be answered knows of it. */
  const gone = new Map<string, number>()
  let departures: Departure[] = []
  let floor = from

  function depart(departure: Departure): void {
    departures.push(departure)
    // Halved, so that the copying is paid once per `kept / 2` departures.
    if (departures.length <= kept) return
    const dropped = departures.length - Math.floor(kept / 2)
    floor = departures[dropped - 1]?.seq ?? floor
    departures = departures.slice(dropped)
    for (const [id, seq] of gone) if (seq <= floor) gone.delete(id)
  }

  return {
    note({ representativeId, view, queuesBefore, queuesAfter }, seq) {
      const queues = queuesBefore.filter(queue => !queuesAfter.includes(queue))
      const removed = view === null
      if (removed || queues.length > 0) depart({ seq, representativeId, queues, removed })
      if (removed) {
        changedAt.delete(representativeId)
        gone.set(representativeId, seq)
        return
      }
      changedAt.set(representativeId, seq)
      // Her revisions begin anew: to whoever holds an old view of her, a difference would look like the past.
      if (gone.delete(representativeId)) floor = seq
    },
    reaches: seq => seq >= floor,
    changedAfter: (representativeId, seq) => (changedAt.get(representativeId) ?? 0) > seq,
    leftAfter(seq, queues) {
      const left = new Set<string>()
      const watched = new Set(queues)
      for (let i = departures.length - 1; i >= 0; i--) {
        const departure = departures[i]
        if (!departure || departure.seq <= seq) break
        const concerns =
          queues === '*' ? departure.removed : departure.queues.some(queue => watched.has(queue))
        if (concerns) left.add(departure.representativeId)
      }
      return left
    },
  }
}
