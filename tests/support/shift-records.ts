// Forged records of a shift: what a supervisor might see, for the checker to judge.

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import type { Act, Step } from '../../server/src/cli/simulation/acts.ts'
import { viewOf } from './views.ts'

export const NOON = Date.parse('2026-11-24T12:00:00.000Z')

export function at(ms: number): string {
  return new Date(NOON + ms).toISOString()
}

export function seen(more: Partial<PresenceView> = {}): PresenceView {
  return viewOf('ada', { origin: 'capacity', since: at(0), ...more })
}

/** Of a change that a service reported. */
export function because(event: string, rule = 'CA2.4'): PresenceView['cause'] {
  return { event, actor: { kind: 'service', id: 'router' }, rule }
}

export function units(total: number, used: number, reserved = 0): Pick<PresenceView, 'capacity'> {
  return {
    capacity: {
      units: { total, used, reserved },
      profiles: {},
      sessions: { open: 0, reserved: 0, limit: 10 },
    },
  }
}

export function held(workItemId: string): Pick<PresenceView, 'work'> {
  return { work: [{ workItemId, workstreamId: 'chat', state: 'active', since: at(0) }] }
}

export function byId(...views: readonly PresenceView[]): ReadonlyMap<string, PresenceView> {
  return new Map(views.map(view => [view.representativeId, view]))
}

export function item(state: WorkItemResource['state'], representativeId: string | null): WorkItemResource {
  return {
    id: 'chat-1',
    workstreamId: 'chat',
    queueId: 'billing',
    state,
    representativeId,
    offeredTo: null,
    cost: {},
    priority: 0,
    attributes: {},
    since: at(0),
    queuedAt: null,
    declines: 0,
    revision: 1,
  }
}

export function stepOf(act: Act, playerId = 'ada'): Step {
  return { atMs: 0, playerId, act }
}

export function newWork(kind: 'pick' | 'assign', workItemId = 'chat-1'): Act {
  return { kind, workItemId, workstreamId: 'chat', attributes: { title: 'Parcel', customer: 'M. Albrecht' } }
}
