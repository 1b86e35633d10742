// SC21-SC26: the store's time, and deadlines.

import { facts, TENANT, touching, workItem, writeFacts, writeItem, writing } from './records.ts'
import type { ContractRule } from './storage-contract.ts'

export const timeRules: readonly ContractRule[] = [
  {
    rule: '[SC21] time follows the wall clock forward, and goes on when that is set back',
    async check({ open, clock }) {
      const store = await open()
      const start = clock.wall()
      expect(store.now()).toBe(start)
      clock.setWall(start + 60_000)
      expect(store.now()).toBe(start + 60_000)
      clock.setWall(start - 3_600_000)
      clock.advance(500)
      expect(store.now()).toBe(start + 60_500)
      expect(await store.update(TENANT, touching('ada'))).toMatchObject({ at: start + 60_500 })
      await store.close()
    },
  },
  {
    rule: '[SC22] after a restart time is never before the last commit',
    async check({ open, clock }) {
      const first = await open()
      const start = clock.wall()
      clock.advance(10_000)
      await first.update(TENANT, touching('ada'))
      await first.close()
      clock.setWall(start - 3_600_000)
      const again = await open()
      expect(again.now()).toBe(start + 10_000)
      clock.advance(250)
      expect(again.now()).toBe(start + 10_250)
      await again.close()
    },
  },
  {
    rule: '[SC23] a commit past its `validUntil` is refused, and the step runs again with the true time (SI5)',
    async check({ open, clock }) {
      const store = await open()
      const until = clock.wall() + 100
      const ran: number[] = []
      const updated = await store.update(TENANT, ({ now }) => {
        ran.push(now - until)
        // The first run is slow: the deadline passes while it thinks.
        if (ran.length === 1) clock.advance(101)
        const open = now <= until
        return {
          result: open ? 'restored' : 'signed in',
          writes: [writeFacts(facts('ada', open ? 10 : 20))],
          validUntil: open ? until : null,
        }
      })
      expect(ran).toEqual([-100, 1])
      expect(updated).toMatchObject({ result: 'signed in', at: until + 1, seq: 1 })
      expect(store.representative(TENANT, 'ada')?.revision).toBe(20)
      await store.close()
    },
  },
  {
    rule: '[SC24] a commit exactly at its `validUntil` stands (DI2)',
    async check({ open, clock }) {
      const store = await open()
      const until = clock.wall() + 100
      let runs = 0
      await store.update(TENANT, () => {
        runs += 1
        clock.advance(100)
        return { result: null, writes: [writeFacts(facts('ada'))], validUntil: until }
      })
      expect(runs).toBe(1)
      await store.close()
    },
  },
  {
    rule: '[SC25] `due` gives what is due at or before an instant, earliest first, over all tenants, up to the limit (DI10)',
    async check({ open }) {
      const store = await open()
      const deadlines = [70, 30, 90, 10, 50, 20, 80, 60, 40]
      for (const deadline of deadlines) {
        await store.update(TENANT, writing([writeFacts(facts(`r${deadline}`), deadline)]))
      }
      await store.update('globex', writing([writeItem(workItem('w1', null), 35)]))
      expect(store.nextDeadline()).toBe(10)
      expect(store.due(40, 100).map(({ deadline }) => deadline)).toEqual([10, 20, 30, 35, 40])
      expect(store.due(1_000, 2)).toEqual([
        { tenant: TENANT, key: { kind: 'representative', id: 'r10' }, deadline: 10 },
        { tenant: TENANT, key: { kind: 'representative', id: 'r20' }, deadline: 20 },
      ])
      expect(store.due(9, 100)).toEqual([])
      expect(store.due(40, 100).at(3)).toMatchObject({
        tenant: 'globex',
        key: { kind: 'work-item', id: 'w1' },
      })
      await store.close()
    },
  },
  {
    rule: '[SC26] a write moves or removes the deadline of its record; proposals alone change nothing',
    async check({ open }) {
      const store = await open()
      const set = (id: string, deadline: number | null) =>
        store.update(TENANT, writing([writeFacts(facts(id), deadline)]))
      for (const [id, deadline] of [
        ['ada', 10],
        ['bob', 20],
        ['cyd', 30],
      ] as const)
        await set(id, deadline)
      expect(store.due(100, 100)).toHaveLength(3)
      expect(store.due(100, 100)).toHaveLength(3)
      await set('ada', 40)
      expect(store.due(100, 100).map(({ key }) => key.id)).toEqual(['bob', 'cyd', 'ada'])
      await set('cyd', 5)
      await set('bob', null)
      expect(store.due(100, 100).map(({ key }) => key.id)).toEqual(['cyd', 'ada'])
      await set('cyd', null)
      await set('ada', null)
      expect([store.nextDeadline(), store.due(100, 100)]).toEqual([null, []])
      await store.close()
    },
  },
]
