// News that waited before it could be told (the store was away) is judged as of then.

import type { Facts } from '../domain/facts.ts'

/** `now - ageMs`, but never before the last thing that is known of her: history doesn't run backwards. */
export function judgedAt(facts: Facts | null, now: number, ageMs: number): number {
  if (ageMs <= 0) return now
  // Ages are measured in fractions; instants are whole ms.
  return Math.min(now, Math.max(now - Math.floor(ageMs), facts ? lastKnown(facts) : 0))
}

function lastKnown({ link, stance, next, work, notices, shown }: Facts): number {
  const instants = [shown.since, ...work.map(held => held.since), ...notices.map(notice => notice.at)]
  if (link.kind === 'present' || link.kind === 'handover')
    instants.push(...link.connections.map(({ at }) => at))
  if (link.kind === 'absent' || link.kind === 'handover') instants.push(link.since)
  if (stance.kind !== 'none') instants.push(stance.at)
  if (next) instants.push(next.at)
  return Math.max(...instants)
}
