// Entries of the feed as the wire has them, and who may see which (SU1).

import type { FeedEntryView } from '@rollcall/shared'
import type { Configuration } from '../domain/configuration.ts'
import type { FeedEntry } from '../storage/storage.ts'
import { seesAll, supervises } from './access.ts'
import type { Principal } from './principal.ts'
import { iso } from './time.ts'
import { toView } from './view.ts'
import { toWorkItem } from './work-view.ts'

/**
 * null: nothing of it may be seen. Whoever may see only one side of a change (somebody came into a watched queue, or
 * left it) gets null for the other.
 */
export function entryFor(
  principal: Principal,
  entry: FeedEntry,
  configuration: Configuration,
  cursor: string,
): FeedEntryView | null {
  const all = seesAll(principal)
  const side = <Stored, Shown>(
    stored: Stored | null,
    queuesOf: (stored: Stored) => readonly string[],
    show: (stored: Stored) => Shown,
  ): Shown | null => (stored && (all || supervises(principal, queuesOf(stored))) ? show(stored) : null)
  const { at } = entry
  const head = { cursor, at: iso(at), tenant: principal.tenant }

  switch (entry.kind) {
    case 'representative': {
      const queuesOf = (facts: NonNullable<typeof entry.current>) => facts.profile.queues
      const show = (facts: NonNullable<typeof entry.current>) => toView(facts, configuration, at)
      const current = side(entry.current, queuesOf, show)
      const previous = side(entry.previous, queuesOf, show)
      const cause = causeView(entry, sawBoth(entry, current, previous))
      return current || previous
        ? { ...head, cause, kind: 'presence', id: entry.id, current, previous }
        : null
    }
    case 'work-item': {
      const queuesOf = (item: NonNullable<typeof entry.current>) => [item.queueId]
      const current = side(entry.current, queuesOf, toWorkItem)
      const previous = side(entry.previous, queuesOf, toWorkItem)
      const cause = causeView(entry, sawBoth(entry, current, previous))
      return current || previous ? { ...head, cause, kind: 'work', id: entry.id, current, previous } : null
    }
    case 'configuration': {
      const { resource, id, current, previous } = entry.change
      // Everybody may read the catalogues, but the policy only administrators.
      if (!all && resource === 'policy') return null
      const cause = causeView(entry, true)
      return { ...head, cause, kind: 'configuration', resource, id, current, previous } as FeedEntryView
    }
    case 'revocation': {
      const { revocation } = entry
      if (!all) return null
      const cause = causeView(entry, true)
      return { ...head, cause, kind: 'revocation', id: revocation.sub, current: revocation, previous: null }
    }
  }
}

/** Where a change leads out of reach, or from there, its inputs name what lies there. */
function causeView({ cause }: FeedEntry, whole: boolean): FeedEntryView['cause'] {
  const { event, actor, rule, inputs } = cause
  const told = { event, actor: { kind: actor.kind, id: actor.id }, rule }
  return whole ? { ...told, inputs: { ...inputs } } : told
}

function sawBoth(
  stored: { readonly current: unknown; readonly previous: unknown },
  current: unknown,
  previous: unknown,
): boolean {
  return (stored.current === null || current !== null) && (stored.previous === null || previous !== null)
}
