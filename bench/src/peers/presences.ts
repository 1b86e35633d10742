// The state of the peers that have one: a presence per representative, in memory, no rule but the last word.

export interface PeerPresence {
  readonly representativeId: string
  readonly revision: number
  readonly statusId: string
  readonly text: string
  readonly base: string
  readonly origin: string
  readonly since: string
  readonly note: string | null
}

export interface PeerChoice {
  readonly statusId?: string
  readonly note?: string
}

const TEXTS: Readonly<Record<string, string>> = { busy: 'Busy', away: 'Appear away', available: 'Available' }

export function createPresences() {
  const presences = new Map<string, PeerPresence>()
  return {
    all: () => [...presences.values()],
    /** A first sign-in is Available; a return finds what was. */
    signIn(representativeId: string): void {
      if (!presences.has(representativeId)) set(representativeId, 'available', null)
    },
    /** The presence after a command. */
    take(representativeId: string, event: string, { statusId, note }: PeerChoice): PeerPresence {
      return set(representativeId, statusId ?? (event === 'work:accept' ? 'busy' : 'available'), note ?? null)
    },
  }

  function set(representativeId: string, statusId: string, note: string | null): PeerPresence {
    const presence = {
      representativeId,
      revision: (presences.get(representativeId)?.revision ?? 0) + 1,
      statusId,
      text: TEXTS[statusId] ?? statusId,
      base: statusId,
      origin: 'representative',
      since: new Date().toISOString(),
      note,
    }
    presences.set(representativeId, presence)
    return presence
  }
}
