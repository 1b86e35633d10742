import { createDraft } from '../../server/src/app/draft.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import type { Facts } from '../../server/src/domain/facts.ts'
import { newFacts } from '../../server/src/domain/new-facts.ts'
import type { Snapshot } from '../../server/src/storage/storage.ts'

const NOW = 1_000_000
const BY = { kind: 'representative', id: 'ada', name: 'Ada' } as const
const PROFILE = {
  name: 'Ada',
  queues: [],
  defaultStatusId: null,
  capacity: { units: null, profiles: {} },
  attributes: {},
}

const chosen = (forMs: number | null, statusId = 'away') =>
  ({
    type: 'presence-chosen',
    statusId,
    by: BY,
    when: 'now',
    forMs,
    note: null,
    expectedRevision: null,
  }) as const

function snapshotOf(facts: Facts | null, now = NOW): Snapshot {
  return {
    tenant: 'default',
    now,
    configuration: builtInConfiguration(),
    representative: () => facts,
    workItem: () => null,
    representatives: () => [],
    workItems: () => [],
  }
}

function signedIn(): Facts {
  const draft = createDraft(snapshotOf(null))
  const fresh = newFacts('default', 'ada', PROFILE, draft.configuration(), NOW, BY)
  const connection = { connectionId: 'c1', incarnation: 'i1', at: NOW }
  draft.decide(fresh, { type: 'connected', connection, by: BY })
  return draft.representative('ada') ?? fresh
}

describe('a draft', () => {
  it('[DI10] is valid until the earliest deadline that it took for still open, read or written', () => {
    const away = createDraft(snapshotOf(signedIn()))
    away.decide(signedIn(), chosen(5_000))
    expect(away.change(null).validUntil).toBe(NOW + 5_000)
    const stored = away.representative('ada')

    const longer = createDraft(snapshotOf(stored, NOW + 1_000))
    const facts = longer.representative('ada')
    if (facts) longer.decide(facts, chosen(60_000))
    expect(longer.change(null).validUntil).toBe(NOW + 5_000)

    const late = createDraft(snapshotOf(stored, NOW + 5_000))
    const expired = late.representative('ada')
    if (expired) late.decide(expired, chosen(null))
    expect(late.change(null).validUntil).toBeNull()
  })

  it('[I3] is one stored change per record, however often it decided', () => {
    const facts = signedIn()
    const draft = createDraft(snapshotOf(facts))
    draft.decide(facts, chosen(null))
    const again = draft.representative('ada')
    if (again) draft.decide(again, chosen(null, 'busy'))
    const { writes } = draft.change(null)
    expect(writes).toMatchObject([
      { id: 'ada', record: { revision: facts.revision + 1, shown: { statusId: 'busy' } } },
    ])
  })

  it('[HI1] dates what was due on the way by when it was due', () => {
    const draft = createDraft(snapshotOf(signedIn()))
    draft.decide(signedIn(), chosen(5_000))
    const stored = draft.representative('ada')
    const late = createDraft(snapshotOf(stored, NOW + 9_000))
    if (stored) late.decide(stored, chosen(null, 'busy'))
    expect(late.change(null).history?.map(({ at, statusId }) => [at, statusId])).toEqual([
      [NOW + 5_000, 'available'],
      [NOW + 9_000, 'busy'],
    ])
  })

  it('[EX1] writes nothing where nothing changed', () => {
    const facts = signedIn()
    const draft = createDraft(snapshotOf(facts))
    draft.decide(facts, { type: 'next-cancelled', by: BY })
    expect(draft.change(null)).toEqual({ result: null, writes: [], history: [], validUntil: null })
  })
})
