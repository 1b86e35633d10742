// What really was: each view that the store has shown of late, and when it was committed. Watchers are judged by it.

import type { PresenceView } from '@rollcall/shared'
import type { Server } from '../../../server/src/create-server.ts'

export const TENANT = 'default'

export interface Truth {
  /** What is wrong with a view that a watcher shows; null: nothing, or it is too long ago to say. */
  objection(view: PresenceView): string | null
  /** performance.now() of the latest commit of that revision; undefined: too long ago. */
  committedAt(representativeId: string, revision: number): number | undefined
  /** Everybody in these queues as of now. */
  shown(queues: readonly string[] | '*'): ReadonlyMap<string, PresenceView>
  changes(): number
  stop(): void
}

interface Known {
  readonly view: PresenceView
  readonly at: number
}

/** Views kept of each representative: as many as change while a watcher is a few seconds late. */
const KEPT = 40

export function createTruth(server: Server): Truth {
  const known = new Map<string, Known[]>()
  let count = 0
  const undo = server.app.replica.subscribe((tenant, changes) => {
    if (tenant !== TENANT) return
    const at = performance.now()
    for (const { representativeId, view } of changes) {
      count += 1
      if (!view) continue
      const hers = known.get(representativeId) ?? []
      hers.push({ view, at })
      if (hers.length > 2 * KEPT) hers.splice(0, KEPT)
      known.set(representativeId, hers)
    }
  })
  const ofRevision = (id: string, revision: number) =>
    (known.get(id) ?? []).filter(({ view }) => view.revision === revision)

  return {
    objection(view) {
      // Somebody created again has revisions that were there before: any of them may be meant.
      const candidates = ofRevision(view.representativeId, view.revision)
      if (candidates.length === 0 || candidates.some(one => isSame(one.view, view))) return null
      return differenceOf(candidates.at(-1)?.view ?? null, view)
    },
    committedAt: (id, revision) => ofRevision(id, revision).at(-1)?.at,
    shown(queues) {
      const { views } = server.app.replica.snapshot(TENANT, '*')
      const watched = views.filter(view => touches(view.queues, queues))
      return new Map(watched.map(view => [view.representativeId, view]))
    },
    changes: () => count,
    stop() {
      undo()
      known.clear()
    },
  }
}

export function touches(hers: readonly string[], queues: readonly string[] | '*'): boolean {
  return queues === '*' || hers.some(queue => queues.includes(queue))
}

/** In words, the first way in which a picture is not what is shown; null: they are equal. */
export function differenceBetween(
  shown: ReadonlyMap<string, PresenceView>,
  picture: ReadonlyMap<string, PresenceView>,
): string | null {
  for (const id of picture.keys()) if (!shown.has(id)) return `${id} should not be there`
  for (const [id, view] of shown) {
    const seen = picture.get(id)
    if (!seen) return `${id} is missing (revision ${view.revision})`
    if (!isSame(view, seen)) return differenceOf(view, seen)
  }
  return null
}

/** As JSON, which is all that a watcher ever gets: a field that is undefined is none. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  for (const key in one) if (!isSame(Reflect.get(one, key), Reflect.get(other, key))) return false
  for (const key in other) if (Reflect.get(one, key) === undefined) return false
  return Array.isArray(one) === Array.isArray(other)
}

function differenceOf(view: PresenceView | null, seen: PresenceView): string {
  const fields = Object.keys({ ...view, ...seen }).filter(
    field => JSON.stringify(Reflect.get(view ?? {}, field)) !== JSON.stringify(Reflect.get(seen, field)),
  )
  const said = fields.map(
    field =>
      `${field} ${JSON.stringify(Reflect.get(seen, field))} instead of ${JSON.stringify(Reflect.get(view ?? {}, field))}`,
  )
  return `${seen.representativeId} at revision ${seen.revision}: ${said.join(', ')}`
}
