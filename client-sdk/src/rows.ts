// Who waits for which row of a watch: a change of one representative wakes those who show her, and nobody else.
import type { PresenceView } from '@rollcall/shared'
import type { Watch } from './watch.ts'

export interface Rows {
  /** The view of one; the same object for as long as nothing in it changes, over whole states too. */
  get(id: string): PresenceView | undefined
  /** Changes whenever any row does. */
  version(): number
  onRow(id: string, listener: () => void): () => void
  /** Any row changed, came or went. */
  onAny(listener: () => void): () => void
}

const known = new WeakMap<RowSource, Rows>()

export type RowSource = Pick<Watch, 'presences' | 'onChange'>

/** One for each watch, with one subscription, held only while somebody listens. */
export function rowsFor(watch: RowSource): Rows {
  const rows = known.get(watch) ?? createRows(watch)
  known.set(watch, rows)
  return rows
}

function createRows(watch: RowSource): Rows {
  const byId = new Map<string, Set<() => void>>()
  const any = new Set<() => void>()
  /** What is shown, while somebody listens. */
  let shown: Map<string, PresenceView> | null = null
  let version = 0
  let undo = (): void => undefined

  const take: Parameters<Watch['onChange']>[0] = ({ changed, removed }) => {
    if (!shown) return
    const ids: string[] = []
    for (const view of changed) {
      const id = view.representativeId
      // After a whole state everybody counts as changed; who looks the same has not.
      if (JSON.stringify(shown.get(id)) === JSON.stringify(view)) continue
      shown.set(id, view)
      ids.push(id)
    }
    for (const id of removed) if (shown.delete(id)) ids.push(id)
    if (ids.length === 0) return
    version += 1
    for (const id of ids) for (const wake of [...(byId.get(id) ?? [])]) wake()
    for (const wake of [...any]) wake()
  }

  const begin = (): void => {
    if (shown) return
    shown = new Map(watch.presences())
    version += 1
    undo = watch.onChange(take)
  }

  const endIfAlone = (): void => {
    if (byId.size + any.size > 0) return
    undo()
    shown = null
  }

  return {
    get: id => (shown ?? watch.presences()).get(id),
    version: () => version,
    onRow(id, listener) {
      begin()
      const wake = (): void => listener()
      const listeners = byId.get(id) ?? new Set()
      byId.set(id, listeners.add(wake))
      return () => {
        listeners.delete(wake)
        if (listeners.size === 0 && byId.get(id) === listeners) byId.delete(id)
        endIfAlone()
      }
    },
    onAny(listener) {
      begin()
      const wake = (): void => listener()
      any.add(wake)
      return () => {
        any.delete(wake)
        endIfAlone()
      }
    },
  }
}
