// SC27-SC31: configuration, revocations, and the wall between tenants.

import type { Step, Storage } from '../../server/src/storage/storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { CAUSE, facts, TENANT, touching, workItem, writeFacts, writeItem, writing } from './records.ts'
import type { ContractRule } from './storage-contract.ts'

export const configurationRules: readonly ContractRule[] = [
  {
    rule: '[SC27] a tenant begins with the built-in configuration, version 0; each change is the next version (PO1)',
    async check({ open }) {
      const store = await open()
      expect(store.configuration(TENANT)).toEqual(plainConfiguration())
      const updates = [store.update(TENANT, addQueue('q1')), store.update(TENANT, addQueue('q2'))]
      expect(store.configuration(TENANT).version).toBe(0)
      await Promise.all(updates)
      const { version, queues } = store.configuration(TENANT)
      expect([version, Object.keys(queues)]).toEqual([2, ['q1', 'q2']])
      expect(store.configuration('globex').version).toBe(0)
      expect((await store.load(TENANT)).configuration).toEqual(store.configuration(TENANT))
      await store.close()
    },
  },
  {
    rule: '[SC28] a configuration that is not the next version is refused whole',
    async check({ open }) {
      const store = await open()
      await store.update(TENANT, addQueue('q1'))
      for (const version of [1, 3]) {
        const stale = store.update(TENANT, addQueue('q2', version))
        await expect(stale).rejects.toThrow(`version ${version}`)
      }
      expect(store.configuration(TENANT).version).toBe(1)
      expect(store.representative(TENANT, 'q2')).toBeNull()
      await store.close()
    },
  },
  {
    rule: '[SC29] revocations are kept, the latest for each bearer; an earlier one takes nothing back (SU1)',
    async check({ open }) {
      const store = await open()
      for (const [sub, issuedBefore] of [
        ['ada', 100],
        ['bob', 50],
        ['ada', 90],
        ['bob', 60],
      ] as const) {
        await revoke(store, sub, issuedBefore)
      }
      const kept = [
        { sub: 'ada', issuedBefore: 100 },
        { sub: 'bob', issuedBefore: 60 },
      ]
      expect(store.revocations(TENANT)).toEqual(kept)
      expect([...(await store.load(TENANT)).revocations]).toEqual(kept)
      expect(store.feed.since(TENANT, { ...store.feed.position(TENANT), seq: 0 }, 10)).toHaveLength(4)
      await store.close()
    },
  },
  {
    rule: '[SC30] nothing crosses the wall between tenants: same ids, own records, feed and numbers',
    async check({ open }) {
      const store = await open()
      const told: string[] = []
      store.feed.subscribe((tenant, entries) => told.push(`${tenant} ${entries.map(entry => entry.seq)}`))
      await store.update(TENANT, touching('ada'))
      await store.update('globex', writing([writeItem(workItem('w1', 'ada'))]))
      await store.update(TENANT, touching('ada'))
      expect(told).toEqual(['acme 1', 'globex 1', 'acme 2'])
      expect(store.representative('globex', 'ada')).toBeNull()
      expect(store.workItem(TENANT, 'w1')).toBeNull()
      const { representatives, workItems, position } = await store.load('globex')
      expect([[...representatives], [...workItems], position.seq]).toEqual([[], [workItem('w1', 'ada')], 1])
      expect([...store.tenants()].sort()).toEqual([TENANT, 'globex'])
      await store.close()
    },
  },
  {
    rule: '[SC31] a tenant that nobody wrote to is empty, and asking for it does not make it',
    async check({ open }) {
      const store = await open()
      const state = await store.load('nobody')
      expect([[...state.representatives], [...state.workItems], state.position.seq]).toEqual([[], [], 0])
      await store.update('nobody', writing([]))
      expect(store.feed.since('nobody', state.position, 10)).toEqual([])
      expect(store.tenants()).toEqual([])
      await store.close()
    },
  },
]

/** Writes a record beside it, named as the queue, so that "whole" can be seen. */
function addQueue(id: string, version?: number): Step<null> {
  return ({ configuration }) => ({
    result: null,
    writes: [writeFacts(facts(id))],
    validUntil: null,
    configuration: {
      next: {
        ...configuration,
        version: version ?? configuration.version + 1,
        queues: { ...configuration.queues, [id]: { id, name: id } },
      },
      changed: [{ resource: 'queues', id, current: { id, name: id }, previous: null }],
      cause: CAUSE,
    },
  })
}

async function revoke(store: Storage, sub: string, issuedBefore: number): Promise<void> {
  await store.update(TENANT, writing([], { revocation: { next: { sub, issuedBefore }, cause: CAUSE } }))
}
