// As much of an application as watchers need: a replica that a test changes as it likes.

import type { PresenceView } from '@rollcall/shared'
import type { App, Replica, ViewChange } from '../../server/src/app/app.ts'

export interface FakeWatchApp extends App {
  /** Replaces these views, as one commit. */
  tell(views: readonly PresenceView[]): void
}

export function createFakeApp(): FakeWatchApp {
  const views = new Map<string, PresenceView>()
  const listeners = new Set<Parameters<Replica['subscribe']>[0]>()
  let seq = 0
  const position = () => ({ epoch: 'e1', seq })

  const app = {
    replica: {
      checkWatch: () => {},
      snapshot: () => ({ views: [...views.values()], position: position() }),
      position,
      view: (_tenant: string, id: string) => views.get(id) ?? null,
      subscribe(listener: Parameters<Replica['subscribe']>[0]) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    revocations: { isRevoked: () => false },
    onSignal: () => () => {},
    tell(next: readonly PresenceView[]) {
      const changes = next.map((view): ViewChange => {
        const before = views.get(view.representativeId)
        views.set(view.representativeId, view)
        return {
          representativeId: view.representativeId,
          view,
          patch: before ? view : null,
          queuesBefore: before?.queues ?? [],
          queuesAfter: view.queues,
        }
      })
      seq += 1
      for (const listener of listeners) listener('default', changes, position())
    },
  }
  // Only what watchers call is here: the rest would be dead weight.
  return { presence: undefined, work: undefined, ...app } as unknown as FakeWatchApp
}
