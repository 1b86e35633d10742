// A watch without a network: a true replica that a test tells what the server would.
import type { PresenceView } from '@rollcall/shared'
import { createEmitter } from '../../client-sdk/src/emitter.ts'
import type { Watch } from '../../client-sdk/src/index.ts'
import { type Changes, createReplica, type ReplicaChange } from '../../client-sdk/src/replica.ts'

export interface TestBoard extends Pick<Watch, 'presences' | 'onChange'> {
  patch(...presences: Changes['presences']): void
  remove(...ids: string[]): void
  /** The whole state again, as after a loss of continuity. */
  resync(views: readonly PresenceView[]): void
  /** How many listen to changes now, and did ever. */
  readonly listeners: { now: number; ever: number }
}

export function boardOf(views: readonly PresenceView[]): TestBoard {
  const replica = createReplica()
  const changes = createEmitter<ReplicaChange>()
  const listeners = { now: 0, ever: 0 }
  const tell = (change: ReplicaChange): void => changes.emit(change)
  const state = (presences: readonly PresenceView[]) =>
    replica.sync({ kind: 'state', cursor: 'k', presences: [...presences], removed: [] })
  state(views)
  return {
    presences: replica.presences,
    onChange(listener) {
      listeners.now += 1
      listeners.ever += 1
      const undo = changes.on(listener)
      return () => {
        listeners.now -= 1
        undo()
      }
    },
    patch: (...presences) => tell(replica.changes({ cursor: 'k', presences, removed: [] })),
    remove: (...removed) => tell(replica.changes({ cursor: 'k', presences: [], removed })),
    resync(presences) {
      replica.begin()
      // As they come from the wire: nothing of them is the same object as before.
      tell(state(structuredClone(presences)))
    },
    listeners,
  }
}
