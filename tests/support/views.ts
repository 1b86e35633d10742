// Whole views for tests that don't care for most of what is in them.
import type { OfferView, PresenceView } from '@rollcall/shared'

export function viewOf(representativeId: string, changes: Partial<PresenceView> = {}): PresenceView {
  return {
    representativeId,
    name: representativeId,
    queues: ['billing'],
    revision: 1,
    statusId: 'available',
    text: 'Available',
    base: 'available',
    origin: 'default',
    by: null,
    since: '2026-11-23T09:00:00.000Z',
    note: null,
    expiresAt: null,
    overdueAt: null,
    next: null,
    link: 'present',
    signedIn: true,
    connections: 1,
    restoreUntil: null,
    handoverUntil: null,
    behind: null,
    capacity: { units: null, profiles: {}, sessions: { open: 0, reserved: 0, limit: 10 } },
    work: [],
    cause: { event: 'signed-in', actor: { kind: 'representative', id: representativeId }, rule: 'SI1' },
    ...changes,
  }
}

export function offerOf(workItemId: string, changes: Partial<OfferView> = {}): OfferView {
  return {
    workItemId,
    workstreamId: 'chat',
    queueId: 'billing',
    offeredAt: '2026-11-23T09:00:00.000Z',
    expiresAt: '2026-11-23T09:02:00.000Z',
    cost: {},
    rejectable: true,
    missedCounts: true,
    attributes: {},
    ...changes,
  }
}
