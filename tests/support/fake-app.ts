// As much of an application as watchers and registration need, with the moments in a test's hand that the real one
// passes too quickly: a change just before or after a snapshot, a registration that takes long.

import type { PresenceView } from '@rollcall/shared'
import type { App, Replica, ViewChange } from '../../server/src/app/app.ts'
import type { Principal } from '../../server/src/app/principal.ts'
import { viewOf } from './views.ts'

export interface FakeApp extends App {
  /** Replaces these views, as one commit. */
  tell(views: readonly PresenceView[]): void
  /** Called once: before the next snapshot is taken, or right after it. */
  readonly moments: { beforeSnapshot: (() => void) | null; afterSnapshot: (() => void) | null }
  /** What was called about connections, in order: `connect`, `self`, `disconnect` with the connection's id. */
  readonly calls: readonly (readonly [string, string])[]
  /** Registrations wait until this is called. */
  holdConnects(): () => void
}

export function createFakeApp(): FakeApp {
  const views = new Map<string, PresenceView>()
  const listeners = new Set<Parameters<Replica['subscribe']>[0]>()
  let seq = 0
  const position = () => ({ epoch: 'e1', seq })
  const moments: FakeApp['moments'] = { beforeSnapshot: null, afterSnapshot: null }
  const calls: [string, string][] = []
  let held: Promise<void> = Promise.resolve()

  const app = {
    replica: {
      checkWatch() {
        moments.beforeSnapshot?.()
        moments.beforeSnapshot = null
      },
      snapshot() {
        if (moments.afterSnapshot) queueMicrotask(moments.afterSnapshot)
        moments.afterSnapshot = null
        return { views: [...views.values()], position: position() }
      },
      position,
      view: (_tenant: string, id: string) => views.get(id) ?? null,
      subscribe(listener: Parameters<Replica['subscribe']>[0]) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    liveCounts: { of: async () => [], changed: async () => [] },
    presence: {
      async connect({ sub }: Principal, id: string) {
        calls.push(['connect', id])
        await held
        return { presence: viewOf(sub), offers: [], notices: [] }
      },
      self({ sub }: Principal) {
        calls.push(['self', sub])
        return { ...viewOf(sub), offers: [], notices: [] }
      },
      async disconnect(_tenant: string, _sub: string, id: string) {
        calls.push(['disconnect', id])
      },
    },
    moments,
    calls,
    holdConnects() {
      let release = () => {}
      held = new Promise(resolve => {
        release = resolve
      })
      return release
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
  return { work: undefined, ...app } as unknown as FakeApp
}
