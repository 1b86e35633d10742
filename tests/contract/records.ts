// Records for tests of stores. Stores know no rule, so these need only be whole, not sensible.

import type { Cause, Facts, Link } from '../../server/src/domain/facts.ts'
import type { WorkItem } from '../../server/src/domain/work-record.ts'
import type { Change, HistoryRow, RecordWrite, Step } from '../../server/src/storage/storage.ts'

export const TENANT = 'acme'

export const CAUSE: Cause = {
  event: 'presence-chosen',
  actor: { kind: 'representative', id: 'ada' },
  rule: 'MA1',
  inputs: { statusId: 'busy' },
}

export function facts(id: string, revision = 1, link: Link = { kind: 'signed-out' }): Facts {
  const shown = {
    statusId: 'offline',
    text: 'Offline',
    base: 'offline',
    origin: 'signed-out',
    by: null,
    note: null,
    expiresAt: null,
    since: 0,
  } as const
  return {
    tenant: TENANT,
    representativeId: id,
    revision,
    profile: {
      name: id,
      queues: ['billing'],
      defaultStatusId: null,
      capacity: { units: null, profiles: { chat: 2 } },
      attributes: { team: 'north' },
    },
    link,
    stance: { kind: 'none' },
    next: null,
    work: [],
    tallies: {},
    releaseAt: null,
    replaced: null,
    limits: { units: null, profiles: {} },
    notices: [],
    shown,
    cause: CAUSE,
    told: null,
    configurationVersion: 0,
  }
}

export function workItem(id: string, representativeId: string | null, revision = 1): WorkItem {
  return {
    tenant: TENANT,
    workItemId: id,
    revision,
    workstreamId: 'default',
    queueId: 'default',
    state: representativeId === null ? 'queued' : 'active',
    representativeId,
    offeredTo: null,
    cost: { units: 0, profiles: [] },
    priority: 0,
    attributes: {},
    since: 0,
    queuedAt: null,
    declines: {},
    routed: false,
    touchedAt: 0,
    closedAt: null,
    cause: CAUSE,
  }
}

export function historyRow(representativeId: string, at: number, statusId = 'busy'): HistoryRow {
  return {
    representativeId,
    at,
    statusId,
    text: statusId,
    base: 'busy',
    origin: 'representative',
    by: null,
    behind: null,
    signedIn: true,
    queues: ['billing'],
    cause: CAUSE,
  }
}

export function writeFacts(record: Facts, deadline: number | null = null): RecordWrite {
  return { kind: 'representative', id: record.representativeId, record, deadline }
}

export function writeItem(record: WorkItem, deadline: number | null = null): RecordWrite {
  return { kind: 'work-item', id: record.workItemId, record, deadline }
}

/** A step that writes these and answers nothing. */
export function writing(
  writes: readonly RecordWrite[],
  rest: Omit<Partial<Change<null>>, 'writes'> = {},
): Step<null> {
  return () => ({ result: null, validUntil: null, ...rest, writes })
}

/** A step that raises the revision of a record by one, and answers with it. */
export function touching(id: string): Step<number> {
  return snapshot => {
    const revision = (snapshot.representative(id)?.revision ?? 0) + 1
    return { result: revision, writes: [writeFacts(facts(id, revision))], validUntil: null }
  }
}

export function present(...incarnations: readonly string[]): Link {
  return {
    kind: 'present',
    connections: incarnations.map((incarnation, place) => ({
      connectionId: `c${place}`,
      incarnation,
      at: 0,
    })),
  }
}
