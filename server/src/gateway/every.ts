import type { Clock } from '../clock.ts'

/** Calls `task` every `ms`, first after one of them. Returns its undo. */
export function every(clock: Clock, ms: number, task: () => void): () => void {
  let cancel = clock.after(ms, turn)
  function turn(): void {
    cancel = clock.after(ms, turn)
    task()
  }
  return () => cancel()
}
