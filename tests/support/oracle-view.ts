// Everything that can be seen of somebody, as the naive oracle sees it.

import { capacityResult, held, limitOf, offers, sessions, usedOf, usedUnits } from './oracle-capacity.ts'
import { ifConnected } from './oracle-presence.ts'
import { baseOf, type Item, type Person, type World } from './oracle-world.ts'

export type OracleView = ReturnType<typeof viewOf>

export function viewOf(world: World, she: Person) {
  const { seen, stance, next, link } = she
  const chosen = (link === 'present' || link === 'handover') && stance.kind === 'choice' ? stance : null
  return {
    statusId: seen.statusId,
    base: baseOf(world, seen.statusId),
    origin: seen.origin,
    by: seen.by,
    since: seen.since,
    note: chosen?.note ?? null,
    expiresAt: chosen?.until ?? null,
    next:
      next === null ? null : `${next.statusId} by ${next.by.kind}:${next.by.id} ${next.forMs} ${next.note}`,
    link,
    until: link === 'absent' ? she.absentUntil : link === 'handover' ? she.handoverUntil : null,
    connections: she.connections.length,
    behind: behind(),
    capacity: capacity(),
    work: held(world, she).map(inHands).sort(),
    offers: offers(world, she)
      .map(item => `${item.id} until ${item.offerEndsAt} (${item.units} ${item.profiles})`)
      .sort(),
    notices: she.notices.map(one => `${one.at} ${one.kind} ${one.statusId} ${one.by} ${one.workItemId}`),
  }

  /** What it covers: while absent, what shows on return; under a stance, the capacity result. */
  function behind(): string | null {
    if (link === 'signed-out') return null
    if (link === 'absent') return ifConnected(world, she)
    return stance.kind === 'none' ? null : capacityResult(world, she)
  }

  function capacity(): string {
    const mine = held(world, she)
    const reserved = offers(world, she)
    const parts: string[] = []
    if (she.units !== null) {
      const units = reserved.reduce((sum, item) => sum + item.units, 0)
      parts.push(`units ${usedUnits(mine, false)}+${units}/${she.units}`)
    }
    for (const id of Object.keys(she.profiles).sort()) {
      const limits = limitOf(world, she, id)
      if (limits === null) continue
      const count = reserved.filter(item => item.profiles.includes(id)).length
      parts.push(
        `${id} ${usedOf(world, she, mine, id, false)}+${count}/${limits.limit}${limits.blocking ? '!' : ''}`,
      )
    }
    const { open, reserved: ringing, limit } = sessions(world, she)
    return `${parts.join(', ')}; sessions ${open}+${ringing}/${limit}`
  }
}

function inHands(item: Item): string {
  return `${item.id} ${item.state} ${item.heldSince} ${item.capacityUntil} ${item.stale ? 'stale' : ''}`
}

/** What can be seen of an item. */
export function itemInWords(item: Item): string {
  const holder = item.state === 'queued' || item.state === 'offered' ? null : item.holder
  return `${item.state} ${holder} ${item.offeredTo} ${item.queueId} ${item.workstreamId} ${item.units} ${item.profiles} ${declinesInWords(item.declines)}`
}

export function declinesInWords(declines: Readonly<Record<string, number>>): string {
  return Object.keys(declines)
    .sort()
    .map(id => `${id} ${declines[id]}`)
    .join()
}
