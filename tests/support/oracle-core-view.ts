// Everything that can be seen of somebody, as the core's facts have it, in the oracle's words.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import type { Facts, HeldItem, Link } from '../../server/src/domain/facts.ts'
import type { Answer } from '../../server/src/domain/presence-of.ts'
import type { Product } from './oracle-product.ts'
import type { OracleView } from './oracle-view.ts'

export function coreView(
  product: Product,
  facts: Facts,
  shown: Answer,
  config: Configuration,
  at: number,
): OracleView {
  const { link, next, work } = facts
  const by = (who: { kind: string; id: string } | null) => (who === null ? null : `${who.kind}:${who.id}`)
  return {
    statusId: shown.statusId,
    base: shown.base,
    origin: shown.origin,
    by: by(shown.by),
    since: facts.shown.since,
    note: shown.note,
    expiresAt: shown.expiresAt,
    next: next === null ? null : `${next.statusId} by ${by(next.by)} ${next.forMs} ${next.note}`,
    link: link.kind,
    until: untilOf(link),
    connections: link.kind === 'present' || link.kind === 'handover' ? link.connections.length : 0,
    behind: product.behindOf(facts, config, at)?.statusId ?? null,
    capacity: capacityIn(product.capacityOf(facts, config, at)),
    work: work
      .filter(item => item.state !== 'offered')
      .map(inHands)
      .sort(),
    offers: work
      .filter(item => item.state === 'offered')
      .map(item => `${item.workItemId} until ${item.expiresAt} (${item.cost.units} ${item.cost.profiles})`)
      .sort(),
    notices: facts.notices.map(
      one => `${one.at} ${one.kind} ${one.presence.statusId} ${by(one.by)} ${one.workItemId}`,
    ),
  }
}

function untilOf(link: Link): number | null {
  return link.kind === 'absent' || link.kind === 'handover' ? link.until : null
}

function capacityIn({ units, profiles, sessions }: ReturnType<Product['capacityOf']>): string {
  const parts = units === null ? [] : [`units ${units.used}+${units.reserved}/${units.total}`]
  for (const id of Object.keys(profiles).sort()) {
    const one = profiles[id]
    if (one) parts.push(`${id} ${one.used}+${one.reserved}/${one.limit}${one.blocking ? '!' : ''}`)
  }
  return `${parts.join(', ')}; sessions ${sessions.open}+${sessions.reserved}/${sessions.limit}`
}

function inHands(item: HeldItem): string {
  const { workItemId, state, since, capacityUntil, stale } = item
  return `${workItemId} ${state} ${since} ${capacityUntil} ${stale ? 'stale' : ''}`
}
