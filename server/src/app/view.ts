// Facts as others may see them: the presence view of the protocol. Pure; the shown presence is the stored one, so
// that nothing is told that isn't stored; so is what the configuration adds.

import type { NextPresence, NoticeView, OfferView, PresenceView, SelfView } from '@rollcall/shared'
import type { Configuration } from '../domain/configuration.ts'
import type { Brief, Facts, HeldItem, NextChoice, Notice } from '../domain/facts.ts'
import { NOTICE_KEPT_MS } from '../domain/notices.ts'
import { somebodyElse } from '../domain/stance.ts'
import { toldOf } from '../domain/told.ts'
import { iso, isoOrNull } from './time.ts'
import { costView } from './work-view.ts'

/**
 * Which of her items carry their details. `public`: none, for watchers and lists. `detailed`: all, for herself and services.
 * A function: those of whose queues it says so, for a supervisor who asks for one presence (SU1).
 */
type ViewDetail = 'public' | 'detailed' | ((queueId: string) => boolean)

/** `configuration`, `at`: for facts of which nothing was told yet. */
export function toView(
  facts: Facts,
  configuration: Configuration,
  at: number,
  detail: ViewDetail = 'public',
): PresenceView {
  const { profile, shown, link, cause } = facts
  const told = facts.told ?? toldOf(facts, shown, configuration, at)
  return {
    representativeId: facts.representativeId,
    name: profile.name,
    queues: [...profile.queues],
    revision: facts.revision,
    statusId: shown.statusId,
    text: shown.text,
    base: shown.base,
    origin: shown.origin,
    by: shown.by,
    since: iso(shown.since),
    note: shown.note,
    expiresAt: isoOrNull(shown.expiresAt),
    overdueAt: isoOrNull(told.overdueAt),
    next: facts.next && told.next && nextView(facts.next, told.next, facts.representativeId),
    link: link.kind,
    signedIn: link.kind !== 'signed-out',
    connections: link.kind === 'present' || link.kind === 'handover' ? link.connections.length : 0,
    restoreUntil: link.kind === 'absent' ? iso(link.until) : null,
    handoverUntil: link.kind === 'handover' ? iso(link.until) : null,
    behind: told.behind && { ...told.behind },
    capacity: told.capacity,
    work: workViews(facts, detail),
    cause: { event: cause.event, actor: { kind: cause.actor.kind, id: cause.actor.id }, rule: cause.rule },
  }
}

/** What her own tabs see: the view with details, what she is offered, and what she was not told yet. `view`: hers as others see it, if it is made already. */
export function toSelfView(
  facts: Facts,
  configuration: Configuration,
  at: number,
  view: PresenceView = toView(facts, configuration, at),
): SelfView {
  return {
    ...view,
    work: workViews(facts, 'detailed'),
    offers: offersOf(facts, configuration),
    notices: facts.notices.filter(notice => at - notice.at < NOTICE_KEPT_MS).map(noticeView),
  }
}

function offersOf(facts: Facts, configuration: Configuration): OfferView[] {
  return facts.work.filter(held => held.state === 'offered').map(held => offerView(held, configuration))
}

export function offerView(held: HeldItem, configuration: Configuration): OfferView {
  const workstream = configuration.workstreams[held.workstreamId]
  return {
    workItemId: held.workItemId,
    workstreamId: held.workstreamId,
    queueId: held.queueId,
    offeredAt: iso(held.since),
    expiresAt: iso(held.expiresAt ?? held.since),
    cost: costView(held.cost),
    rejectable: workstream?.rejectable ?? true,
    missedCounts: workstream?.missedCounts ?? true,
    attributes: { ...held.attributes },
  }
}

export function noticeView(notice: Notice): NoticeView {
  const { id, at, kind, presence, by, workItemId, workstreamId, attributes } = notice
  return {
    id,
    at: iso(at),
    kind,
    presence: { statusId: presence.statusId, text: presence.text, base: presence.base },
    ...(by && { by }),
    ...(workItemId !== null && { workItemId }),
    ...(workstreamId !== null && { workstreamId }),
    ...(attributes && { attributes: { ...attributes } }),
  }
}

function nextView(next: NextChoice, { statusId, text, base }: Brief, representativeId: string): NextPresence {
  return {
    statusId,
    text,
    base,
    by: somebodyElse(next.by, representativeId),
    at: iso(next.at),
    forMs: next.forMs,
    note: next.note,
  }
}

function workViews(facts: Facts, detail: ViewDetail): PresenceView['work'] {
  return facts.work.filter(held => held.state !== 'offered').map(held => workView(held, detail))
}

function workView(held: HeldItem, detail: ViewDetail): PresenceView['work'][number] {
  const { workItemId, workstreamId, state, since } = held
  const drifts = held.stale ? { stale: true as const } : {}
  const item = { workItemId, workstreamId, state, since: iso(since), ...drifts }
  if (detail === 'public' || (detail !== 'detailed' && !detail(held.queueId))) return item
  return {
    ...item,
    attributes: { ...held.attributes },
    cost: costView(held.cost),
    ...(state === 'wrap-up' && { capacityUntil: isoOrNull(held.capacityUntil) }),
  }
}
