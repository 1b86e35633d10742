// SC32-SC34, SC40: history rows.

import type { HistoryRow, Storage } from '../../server/src/storage/storage.ts'
import { historyRow, TENANT, writing } from './records.ts'
import type { ContractRule } from './storage-contract.ts'

export const historyRules: readonly ContractRule[] = [
  {
    rule: '[SC32] a range gives the row in force at its start, then those that begin before its end (HI1)',
    async check({ open }) {
      const store = await open()
      await keep(store, 'ada', [10, 20, 30, 40])
      await keep(store, 'bob', [15])
      expect(await times(store, ['ada'], 20, 40)).toEqual(['ada 20', 'ada 30'])
      expect(await times(store, ['ada'], 25, 41)).toEqual(['ada 20', 'ada 30', 'ada 40'])
      expect(await times(store, ['ada'], 0, 11)).toEqual(['ada 10'])
      expect(await times(store, ['ada'], 0, 10)).toEqual([])
      expect(await times(store, ['ada'], 90, 99)).toEqual(['ada 40'])
      expect(await times(store, ['ada'], 30, 30)).toEqual([])
      expect(await times(store, ['bob', 'ada', 'nobody'], 35, 36)).toEqual(['bob 15', 'ada 30'])
      expect(await rows(store, 'globex', ['ada'], 0, 100)).toEqual([])
      await store.close()
    },
  },
  {
    rule: '[SC33] trimming removes what ended before, answers how many, and keeps what was still in force (HI5)',
    async check({ open }) {
      const store = await open()
      await keep(store, 'ada', [10, 20, 30])
      await keep(store, 'bob', [5])
      expect(await store.history.trim(TENANT, 25)).toBe(1)
      expect(await times(store, ['ada', 'bob'], 0, 100)).toEqual(['ada 20', 'ada 30', 'bob 5'])
      expect(await store.history.trim('globex', 100)).toBe(0)
      expect(await store.history.trim(TENANT, 25)).toBe(0)
      await keep(store, 'ada', [40])
      expect(await store.history.trim(TENANT, 30)).toBe(1)
      await store.close()
      const again = await open()
      expect(await times(again, ['ada', 'bob'], 0, 100)).toEqual(['ada 30', 'ada 40', 'bob 5'])
      await again.close()
    },
  },
  {
    rule: '[SC34] rows come back as they were written, in order also within one millisecond and over a restart',
    async check({ open }) {
      const first = await open()
      const written = [
        historyRow('ada', 10, 'busy'),
        historyRow('ada', 10, 'away'),
        historyRow('ada', 10, 'available'),
      ]
      await first.update(TENANT, writing([], { history: written.slice(0, 2) }))
      await first.close()
      const again = await open()
      await again.update(TENANT, writing([], { history: written.slice(2) }))
      expect(await rows(again, TENANT, ['ada'], 0, 100)).toEqual(written)
      expect(await rows(again, TENANT, ['ada'], 10, 100)).toEqual(written.slice(2))
      await again.close()
    },
  },
  {
    rule: '[SC40] a removal that erases takes her earlier rows along, hers alone, also over a restart (PO4)',
    async check({ open }) {
      const first = await open()
      await keep(first, 'ada', [10, 20])
      await keep(first, 'bob', [10])
      await first.update('globex', writing([], { history: [historyRow('ada', 10)] }))
      const removal = { kind: 'representative', id: 'ada', record: null, deadline: null } as const
      await first.update(TENANT, writing([removal]))
      expect(await times(first, ['ada'], 0, 100)).toEqual(['ada 10', 'ada 20'])
      await first.close()
      const second = await open()
      await keep(second, 'ada', [30])
      // Rows on the disk, rows on their way, and one of the same commit, which is her next life.
      await second.update(
        TENANT,
        writing([{ ...removal, eraseHistory: true }], { history: [historyRow('ada', 40)] }),
      )
      await keep(second, 'ada', [50])
      const left = ['ada 40', 'ada 50', 'bob 10']
      expect(await times(second, ['ada', 'bob'], 0, 100)).toEqual(left)
      await second.close()
      const third = await open()
      expect(await times(third, ['ada', 'bob'], 0, 100)).toEqual(left)
      expect(await rows(third, 'globex', ['ada'], 0, 100)).toHaveLength(1)
      await third.close()
    },
  },
]

async function keep(store: Storage, id: string, at: readonly number[]): Promise<void> {
  for (const instant of at) await store.update(TENANT, writing([], { history: [historyRow(id, instant)] }))
}

async function times(store: Storage, ids: readonly string[], from: number, to: number) {
  const found = await rows(store, TENANT, ids, from, to)
  return found.map(row => `${row.representativeId} ${row.at}`)
}

export async function rows(
  store: Storage,
  tenant: string,
  ids: readonly string[],
  from: number,
  to: number,
): Promise<readonly HistoryRow[]> {
  const found: HistoryRow[] = []
  for await (const row of store.history.range(tenant, ids, from, to)) found.push(row)
  return found
}
