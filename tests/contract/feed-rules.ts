// SC9-SC14: the change feed.

import type { FeedEntry, Storage } from '../../server/src/storage/storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { CAUSE, facts, TENANT, touching, workItem, writeFacts, writeItem, writing } from './records.ts'
import { type ContractRule, FEED_CAPACITY } from './storage-contract.ts'

export const feedRules: readonly ContractRule[] = [
  {
    rule: '[SC9] each changed record, resource and revocation is one entry, in commit order, numbered 1, 2, 3 … (SU3)',
    async check({ open }) {
      const store = await open()
      const told = listen(store)
      await everyKindOfChange(store)
      await store.update(TENANT, touching('ada'))
      const expected = [
        [1, 'configuration', 'billing'],
        [2, 'configuration', 'default'],
        [3, 'revocation', 'bob'],
        [4, 'representative', 'ada'],
        [5, 'work-item', 'w1'],
        [6, 'representative', 'ada'],
      ]
      expect(told.map(entry => [entry.seq, entry.kind, nameOf(entry)])).toEqual(expected)
      expect(store.feed.position(TENANT).seq).toBe(6)
      await store.close()
    },
  },
  {
    rule: '[SC10] an entry carries its time and cause, and the record before and after (EX1)',
    async check({ open, clock }) {
      const store = await open()
      const told = listen(store)
      await store.update(TENANT, touching('ada'))
      clock.advance(10)
      const updated = await store.update(TENANT, touching('ada'))
      const at = updated.kind === 'committed' && updated.at
      expect(at).toBe(clock.wall())
      expect(told).toMatchObject([
        { seq: 1, at: clock.wall() - 10, cause: CAUSE, current: facts('ada', 1), previous: null },
        { seq: 2, at, cause: CAUSE, current: facts('ada', 2), previous: facts('ada', 1) },
      ])
      await store.close()
    },
  },
  {
    rule: '[SC11] a step that writes nothing takes no number and tells nobody',
    async check({ open }) {
      const store = await open()
      const told = listen(store)
      expect(await store.update(TENANT, writing([]))).toMatchObject({ kind: 'committed', seq: null })
      expect(await store.update(TENANT, writing([], { keep: 'ok' }), key)).toMatchObject({ seq: null })
      expect(await store.update(TENANT, touching('ada'))).toMatchObject({ seq: 1 })
      expect(told.map(entry => entry.seq)).toEqual([1])
      await store.close()
    },
  },
  {
    rule: '[SC12] `since` gives exactly what came after a position, up to the limit (SU2)',
    async check({ open }) {
      const store = await open()
      const start = store.feed.position(TENANT)
      expect(store.feed.oldest(TENANT)).toEqual(start)
      const told = listen(store)
      for (const id of ['ada', 'bob', 'cyd']) await store.update(TENANT, touching(id))
      expect(store.feed.since(TENANT, start, 100)).toEqual(told)
      expect(store.feed.since(TENANT, { ...start, seq: 1 }, 1)).toEqual(told.slice(1, 2))
      expect(store.feed.since(TENANT, store.feed.position(TENANT), 100)).toEqual([])
      await store.close()
    },
  },
  {
    rule: '[SC13] `since` says `gone` for what is no longer held, not yet there, or of another epoch (SU3)',
    async check({ open }) {
      const first = await open()
      const old = first.feed.position(TENANT)
      await first.close()
      const store = await open()
      const start = store.feed.position(TENANT)
      expect(start.epoch).not.toBe(old.epoch)
      expect(store.feed.since(TENANT, old, 1)).toBe('gone')
      for (let count = 0; count < 3 * FEED_CAPACITY; count += 1) await store.update(TENANT, touching('ada'))
      const head = store.feed.position(TENANT)
      expect(store.feed.since(TENANT, { ...head, seq: head.seq - FEED_CAPACITY }, 100)).toHaveLength(
        FEED_CAPACITY,
      )
      expect(store.feed.since(TENANT, { ...head, seq: head.seq - FEED_CAPACITY - 1 }, 100)).toBe('gone')
      expect(store.feed.oldest(TENANT)).toEqual({ ...head, seq: head.seq - FEED_CAPACITY })
      expect(store.feed.since(TENANT, { ...head, seq: head.seq + 1 }, 100)).toBe('gone')
      await store.close()
    },
  },
  {
    rule: '[SC14] the position of a load is that of its records, and who unsubscribes hears no more',
    async check({ open }) {
      const store = await open()
      const told: FeedEntry[] = []
      const undo = store.feed.subscribe((_tenant, entries) => told.push(...entries))
      await store.update(TENANT, touching('ada'))
      const state = await store.load(TENANT)
      undo()
      await store.update(TENANT, touching('ada'))
      expect(state.position.seq).toBe(1)
      expect([...state.representatives]).toEqual([facts('ada', 1)])
      expect(store.feed.since(TENANT, state.position, 10)).toMatchObject([{ current: facts('ada', 2) }])
      expect(told).toHaveLength(1)
      await store.close()
    },
  },
]

const key = { commandKey: { actor: 'ada', key: 'k', fingerprint: 'f' } }

function listen(store: Storage): FeedEntry[] {
  const told: FeedEntry[] = []
  store.feed.subscribe((tenant, entries, position) => {
    expect(tenant).toBe(TENANT)
    expect(position).toEqual({ epoch: store.feed.position(TENANT).epoch, seq: entries.at(-1)?.seq })
    told.push(...entries)
  })
  return told
}

async function everyKindOfChange(store: Storage): Promise<void> {
  await store.update(TENANT, ({ configuration }) => ({
    result: null,
    writes: [writeFacts(facts('ada')), writeItem(workItem('w1', 'ada'))],
    validUntil: null,
    configuration: {
      next: { ...plainConfiguration(), version: configuration.version + 1 },
      changed: [
        { resource: 'queues', id: 'billing', current: { id: 'billing' }, previous: null },
        { resource: 'policy', id: 'default', current: {}, previous: {} },
      ],
      cause: CAUSE,
    },
    revocation: { next: { sub: 'bob', issuedBefore: 1 }, cause: CAUSE },
  }))
}

function nameOf(entry: FeedEntry): string {
  if (entry.kind === 'configuration') return entry.change.id
  return entry.kind === 'revocation' ? entry.revocation.sub : entry.id
}
