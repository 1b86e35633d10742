// What a server says of somebody or something, in the oracle's words.

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import type { OracleView } from './oracle-view.ts'
import type { Item } from './oracle-world.ts'

/** What everybody may see of her: all that the oracle sees, but for her own notices and the times of her offers. */
export function told(view: OracleView) {
  const { notices: _notices, offers: _offers, work, ...rest } = view
  // Of work, others do not see until when a wrap-up holds capacity.
  const seen = work.map(words => words.split(' ').toSpliced(3, 1).join(' '))
  return { ...rest, work: seen }
}

export function served(view: PresenceView): ReturnType<typeof told> {
  const { next, link, capacity } = view
  const by = (who: { kind: string; id: string } | null) =>
    who === null ? `representative:${view.representativeId}` : `${who.kind}:${who.id}`
  const until = link === 'absent' ? view.restoreUntil : link === 'handover' ? view.handoverUntil : null
  const { units, profiles, sessions } = capacity
  const parts = units === null ? [] : [`units ${units.used}+${units.reserved}/${units.total}`]
  for (const [id, one] of Object.entries(profiles).sort(([one], [other]) => (one < other ? -1 : 1)))
    parts.push(`${id} ${one.used}+${one.reserved}/${one.limit}${one.blocking ? '!' : ''}`)
  return {
    statusId: view.statusId,
    base: view.base,
    origin: view.origin,
    by: view.by === null ? null : by(view.by),
    since: Date.parse(view.since),
    note: view.note,
    expiresAt: view.expiresAt === null ? null : Date.parse(view.expiresAt),
    next: next === null ? null : `${next.statusId} by ${by(next.by)} ${next.forMs} ${next.note}`,
    link,
    until: until === null ? null : Date.parse(until),
    connections: view.connections,
    behind: view.behind?.statusId ?? null,
    capacity: `${parts.join(', ')}; sessions ${sessions.open}+${sessions.reserved}/${sessions.limit}`,
    work: view.work
      .map(item => `${item.workItemId} ${item.state} ${Date.parse(item.since)} ${item.stale ? 'stale' : ''}`)
      .sort(),
  }
}

export function toldItem(item: Item): string {
  const declines = Object.values(item.declines).reduce((sum, one) => sum + one, 0)
  const holder = item.state === 'queued' || item.state === 'offered' ? null : item.holder
  return `${item.id} ${item.state} ${holder} ${item.offeredTo} ${item.queueId} ${item.units} ${item.profiles} ${declines}`
}

export function servedItem(item: WorkItemResource): string {
  const { id, state, representativeId, offeredTo, queueId, cost, declines } = item
  return `${id} ${state} ${representativeId} ${offeredTo} ${queueId} ${cost.units ?? 0} ${cost.profiles ?? []} ${declines}`
}
