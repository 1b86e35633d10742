// SC1-SC8, SC41: what a commit is.

import { type FeedEntry, StorageUnavailable } from '../../server/src/storage/storage.ts'
import { facts, TENANT, touching, workItem, writeFacts, writeItem, writing } from './records.ts'
import type { ContractRule } from './storage-contract.ts'

export const commitRules: readonly ContractRule[] = [
  {
    rule: '[SC1] all records of a commit become visible at once (TR1)',
    async check({ open }) {
      const store = await open()
      const seen: unknown[] = []
      store.feed.subscribe((_tenant, entries) => {
        seen.push([
          entries.length,
          store.representative(TENANT, 'ada')?.revision,
          store.representative(TENANT, 'bob')?.revision,
          store.workItem(TENANT, 'w1')?.representativeId,
        ])
      })
      const transfer = [writeFacts(facts('ada')), writeFacts(facts('bob')), writeItem(workItem('w1', 'bob'))]
      await store.update(TENANT, writing(transfer))
      expect(seen).toEqual([[3, 1, 1, 'bob']])
      await store.close()
    },
  },
  {
    rule: '[SC2] concurrent commits to one record are serialised, in the order of their calls (WK2)',
    async check({ open }) {
      const store = await open()
      const updates = Array.from({ length: 50 }, () => store.update(TENANT, touching('ada')))
      const results = (await Promise.all(updates)).map(
        updated => updated.kind === 'committed' && updated.result,
      )
      expect(results).toEqual(Array.from({ length: 50 }, (_, place) => place + 1))
      expect(store.representative(TENANT, 'ada')?.revision).toBe(50)
      await store.close()
    },
  },
  {
    rule: '[SC3] a step that throws changes nothing, and the update rejects with what it threw',
    async check({ open }) {
      const store = await open()
      await store.update(TENANT, touching('ada'))
      const before = store.feed.position(TENANT)
      const refusal = new Error('not today')
      const refused = store.update(TENANT, () => {
        throw refusal
      })
      await expect(refused).rejects.toBe(refusal)
      expect(store.representative(TENANT, 'ada')).toEqual(facts('ada', 1))
      expect(store.feed.position(TENANT)).toEqual(before)
      expect(await store.update(TENANT, touching('ada'))).toMatchObject({ result: 2, seq: 2 })
      await store.close()
    },
  },
  {
    rule: '[SC4] nobody sees or hears of a commit that is not yet durable',
    async check({ open }) {
      const store = await open()
      let told = 0
      store.feed.subscribe(() => {
        told += 1
      })
      const update = store.update(
        TENANT,
        writing([writeFacts(facts('ada'), 5), writeItem(workItem('w1', 'ada'))]),
      )
      expect([store.representative(TENANT, 'ada'), store.workItem(TENANT, 'w1'), told]).toEqual([
        null,
        null,
        0,
      ])
      expect([store.nextDeadline(), store.feed.position(TENANT).seq]).toEqual([null, 0])
      await update
      expect(store.representative(TENANT, 'ada')).toEqual(facts('ada'))
      expect([store.nextDeadline(), store.feed.position(TENANT).seq, told]).toEqual([5, 1 + 1, 1])
      await store.close()
    },
  },
  {
    rule: '[SC5] what was told is answered: listeners hear of a commit before its update resolves',
    async check({ open }) {
      const store = await open()
      const order: string[] = []
      store.feed.subscribe((_tenant, entries) => order.push(...entries.map(entry => `told ${entry.seq}`)))
      const answer = async () => {
        const updated = await store.update(TENANT, touching('ada'))
        order.push(`answered ${updated.kind === 'committed' && updated.seq}`)
      }
      await Promise.all([answer(), answer()])
      expect(order.indexOf('told 1')).toBeLessThan(order.indexOf('answered 1'))
      expect(order.indexOf('told 2')).toBeLessThan(order.indexOf('answered 2'))
      expect(order).toHaveLength(4)
      await store.close()
    },
  },
  {
    rule: '[SC6] a step sees the records and the time of its commit, and its result is the answer',
    async check({ open }) {
      const store = await open()
      await store.update(TENANT, writing([writeFacts(facts('ada')), writeItem(workItem('w1', 'ada'))]))
      const updated = await store.update(TENANT, ({ tenant, now, representative, workItem: item }) => ({
        result: [tenant, now, representative('ada'), item('w1'), representative('w1'), item('ada')],
        writes: [],
        validUntil: null,
      }))
      const result = [TENANT, updated.kind === 'committed' && updated.at, facts('ada'), workItem('w1', 'ada')]
      expect(updated).toMatchObject({ kind: 'committed', result: [...result, null, null], seq: null })
      await store.close()
    },
  },
  {
    rule: '[SC41] a step that looks at all records sees those on their way, and none that is removed (PO4)',
    async check({ open }) {
      const store = await open()
      await store.update(TENANT, writing([writeFacts(facts('ada')), writeItem(workItem('w1', 'ada'))]))
      const under = [
        store.update(TENANT, touching('ada')),
        store.update(
          TENANT,
          writing([writeFacts(facts('bob')), { kind: 'work-item', id: 'w1', record: null, deadline: null }]),
        ),
      ]
      const seen = await store.update(TENANT, ({ representatives, workItems }) => ({
        result: [
          [...representatives()].map(one => `${one.representativeId} ${one.revision}`).sort(),
          [...workItems()].map(one => one.workItemId),
        ],
        writes: [],
        validUntil: null,
      }))
      await Promise.all(under)
      expect(seen).toMatchObject({ result: [['ada 2', 'bob 1'], []] })
      await store.close()
    },
  },
  {
    rule: '[SC7] a removed record is gone, and its deadline with it; the feed says what it was and why',
    async check({ open }) {
      const store = await open()
      await store.update(TENANT, writing([writeFacts(facts('ada'), 7), writeItem(workItem('w1', 'ada'), 8)]))
      const told: FeedEntry[] = []
      store.feed.subscribe((_tenant, entries) => told.push(...entries))
      const cause = { ...facts('ada').cause, event: 'deleted' }
      await store.update(
        TENANT,
        writing([{ kind: 'representative', id: 'ada', record: null, deadline: null, cause }]),
      )
      expect(store.representative(TENANT, 'ada')).toBeNull()
      expect(store.nextDeadline()).toBe(8)
      expect(told).toMatchObject([{ id: 'ada', current: null, previous: facts('ada'), cause }])
      await store.close()
    },
  },
  {
    rule: '[SC8] a closing store carries out what it took, and refuses what comes after',
    async check({ open }) {
      const store = await open()
      const update = store.update(TENANT, touching('ada'))
      const closing = store.close()
      await expect(store.update(TENANT, touching('ada'))).rejects.toBeInstanceOf(StorageUnavailable)
      await expect(update).resolves.toMatchObject({ result: 1 })
      await closing
      const again = await open()
      expect(again.representative(TENANT, 'ada')?.revision).toBe(1)
      await again.close()
    },
  },
]
