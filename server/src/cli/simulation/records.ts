// One revision, one presence: whoever tells of it, tells the same. What her own tabs, two supervisors and HTTP say is
// laid side by side here.

import type { PresenceView } from '@rollcall/shared'
import { differences } from './differences.ts'
import type { Verdicts } from './invariants.ts'

export interface Records {
  /** `who` saw it, for the complaint. */
  look(view: PresenceView, who: string): void
}

/** Of one person: nobody is told of a much older one. */
const KEPT = 200

export function createRecords(verdicts: Verdicts): Records {
  const known = new Map<string, Map<number, { readonly view: PresenceView; readonly who: string }>>()
  return {
    look(told, who) {
      const view = seenByAll(told)
      const { representativeId: id, revision } = view
      const revisions = known.get(id) ?? new Map()
      known.set(id, revisions)
      const other = revisions.get(revision)
      if (!other) {
        revisions.set(revision, { view, who })
        if (revisions.size > KEPT) revisions.delete(revisions.keys().next().value ?? 0)
        return
      }
      if (other.who === who) return
      const difference = differences(other.view, view)
      verdicts.check(
        'I3',
        id,
        difference === null,
        () => `revision ${revision} is not the same to ${other.who} and to ${who}: ${difference}`,
      )
    },
  }
}

/** Without what only she herself is told of her work (attributes, cost, until when it holds capacity). */
export function seenByAll(view: PresenceView): PresenceView {
  const work = view.work.map(({ workItemId, workstreamId, state, since, stale }) => ({
    workItemId,
    workstreamId,
    state,
    since,
    ...(stale !== undefined && { stale }),
  }))
  return { ...view, work }
}
