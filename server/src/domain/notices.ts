// What she must be told once: that a hold began (NO7), or that somebody else changed her presence (MA5).

import type { Configuration } from './configuration.ts'
import type { Event } from './event.ts'
import type { Actor, Facts, HeldItem, NoticeKind } from './facts.ts'
import { type Applied, move, NOTHING } from './move.ts'
import { brief, presenceIfConnected } from './presence-of.ts'
import { somebodyElse } from './stance.ts'

const KEPT = 50
/** A notice that nobody read is dropped after a day (NO7). */
export const NOTICE_KEPT_MS = 24 * 60 * 60 * 1_000

/** Adds one about the presence that the facts now give. Older than 24 h, or beyond the latest 50, are dropped. */
export function addNotice(
  facts: Facts,
  kind: NoticeKind,
  about: { readonly by: Actor | null; readonly item: HeldItem | null },
  config: Configuration,
  at: number,
): Facts {
  const { by, item } = about
  const notice = {
    id: idFor(facts, kind, at),
    at,
    kind,
    presence: brief(presenceIfConnected(facts, config, at)),
    by,
    workItemId: item?.workItemId ?? null,
    workstreamId: item?.workstreamId ?? null,
    attributes: item?.attributes ?? null,
  }
  const kept = facts.notices.filter(other => at - other.at < NOTICE_KEPT_MS)
  return { ...facts, notices: [...kept, notice].slice(-KEPT) }
}

/**
 * Without chance, so that a step that runs again names it alike. A next choice that applies in the instant of another
 * choice makes two of a kind: with one name, who read the one would have read both.
 */
function idFor({ revision, notices }: Facts, kind: NoticeKind, at: number): string {
  const name = `${revision + 1}-${kind}-${at}`
  const alike = notices.filter(({ id }) => id === name || id.startsWith(`${name}-`)).length
  return alike === 0 ? name : `${name}-${alike + 1}`
}

/** Tells her of a change by somebody else; of her own there is nothing to tell. */
export function tellChangedBy(facts: Facts, by: Actor, config: Configuration, at: number): Facts {
  const other = somebodyElse(by, facts.representativeId)
  return other === null ? facts : addNotice(facts, 'changed-by', { by: other, item: null }, config, at)
}

export function noticeSeen(facts: Facts, event: Extract<Event, { type: 'notice-seen' }>): Applied {
  const notices = facts.notices.filter(notice => notice.id !== event.noticeId)
  if (notices.length === facts.notices.length) return NOTHING
  return move({ ...facts, notices }, 'notice-seen', event.by, 'NO7', { noticeId: event.noticeId })
}
