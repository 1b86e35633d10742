// What one watcher knows of one set of queues: the client's own replica, and the cursors that it has had for it.

import type { MessagePayload, PresenceView, Sync } from '@rollcall/shared'
import { createReplica } from '../../../client-sdk/src/replica.ts'
import { differenceBetween, type Truth, touches } from './truth.ts'

export type Changes = MessagePayload<'presence:changes'>

export interface Picture {
  readonly queues: readonly string[] | '*'
  /** Cursors that this picture has been at, the latest last. */
  readonly cursors: readonly string[]
  /** The answer to `watch`. Both answer what is wrong with what came. */
  sync(sync: Sync): readonly string[]
  changes(message: Changes): readonly string[]
  head(cursor: string): void
  /** False while pages of a state are awaited. */
  isWhole(): boolean
  /** null: it is exactly what the store shows. */
  difference(): string | null
}

const CURSORS = 200

export function keyOf(queues: readonly string[] | '*'): string {
  return queues === '*' ? '*' : [...queues].sort().join(' ')
}

export function createPicture(queues: readonly string[] | '*', truth: Truth): Picture {
  const replica = createReplica()
  const cursors: string[] = []
  let whole = false

  function bookmark(): void {
    const cursor = replica.cursor()
    if (cursor === undefined || cursor === cursors.at(-1)) return
    cursors.push(cursor)
    if (cursors.length > CURSORS) cursors.splice(0, CURSORS / 2)
  }

  function objections(ids: readonly string[]): string[] {
    const found: string[] = []
    for (const id of ids) {
      const view = replica.presences().get(id)
      if (!view) continue
      const objection = truth.objection(view)
      if (objection) found.push(`shows what never was: ${objection}`)
      if (!touches(view.queues, queues)) found.push(`shows ${id}, who is in ${view.queues}`)
    }
    return found
  }

  /** What must be so of a message before it is taken in. */
  function strange({ presences, complete }: Changes): string[] {
    const found: string[] = []
    const isPage = complete !== undefined
    for (const patch of presences) {
      const { representativeId: id, revision } = patch
      const isWholeView = 'name' in patch && 'link' in patch && 'queues' in patch
      if (patch.queues && !touches(patch.queues, queues)) found.push(`was sent ${id} of ${patch.queues}`)
      const before = isPage ? undefined : replica.presences().get(id)
      if (!before && !isWholeView) found.push(`was sent a patch of ${id}, whom nothing was said of`)
      if (before && revision <= before.revision)
        found.push(`was sent revision ${revision} of ${id} after ${before.revision}`)
    }
    return found
  }

  return {
    queues,
    cursors,
    sync(sync) {
      replica.begin()
      const found: string[] = []
      for (const { representativeId: id, queues: hers } of sync.presences)
        if (!touches(hers, queues)) found.push(`was sent ${id} of ${hers}`)
      const { changed, synced } = replica.sync(sync)
      whole = synced !== undefined
      bookmark()
      return [...found, ...objections(idsOf(changed))]
    },
    changes(message) {
      const found = strange(message)
      const { changed, synced } = replica.changes(message)
      whole ||= synced !== undefined
      bookmark()
      return [...found, ...objections(idsOf(changed))]
    },
    head(cursor) {
      replica.head(cursor)
      bookmark()
    },
    isWhole: () => whole,
    difference: () => differenceBetween(truth.shown(queues), replica.presences()),
  }
}

const idsOf = (views: readonly PresenceView[]) => views.map(({ representativeId }) => representativeId)
