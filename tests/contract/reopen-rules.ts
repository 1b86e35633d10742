// SC35-SC39: what a restart finds.

import type { Facts } from '../../server/src/domain/facts.ts'
import type { Storage } from '../../server/src/storage/storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { rows } from './history-rules.ts'
import {
  CAUSE,
  facts,
  historyRow,
  present,
  TENANT,
  touching,
  workItem,
  writeFacts,
  writeItem,
  writing,
} from './records.ts'
import type { ContractRule, StoreWorld } from './storage-contract.ts'

export const reopenRules: readonly ContractRule[] = [
  {
    rule: '[SC35] everything is there after a restart, and after the next one',
    async check({ open }) {
      const first = await open()
      await fill(first)
      const before = await everything(first)
      await first.close()
      for (const _restart of [1, 2]) {
        const again = await open()
        expect(await everything(again)).toEqual(before)
        await again.close()
      }
    },
  },
  {
    rule: '[SC36] fields that this version does not know survive, in records and in the configuration',
    async check({ open }) {
      const first = await open()
      const record: Facts & { readonly mood: string } = { ...facts('ada'), mood: 'sunny' }
      const next = { ...plainConfiguration(), version: 1, plans: { a: [1] } }
      await first.update(
        TENANT,
        writing([writeFacts(record)], { configuration: { next, changed: [], cause: CAUSE } }),
      )
      await first.close()
      const again = await open()
      expect(again.representative(TENANT, 'ada')).toEqual(record)
      expect(again.configuration(TENANT)).toEqual(next)
      await again.close()
    },
  },
  {
    rule: '[SC37] an incarnation that ended is named while its connections stand, until it is forgotten (DI6)',
    async check({ open, clock }) {
      const first = await open()
      const old = first.incarnation
      expect(first.nodes.ended()).toEqual([])
      await first.update(TENANT, writing([writeFacts(facts('ada', 1, present(old, old)))]))
      await first.update('globex', writing([writeFacts(facts('bob', 1, present(old)))]))
      await first.update(TENANT, writing([writeFacts(facts('cyd'))]))
      clock.advance(5_000)
      await first.close()
      const at = clock.wall()
      clock.advance(60_000)
      const again = await open()
      expect(again.incarnation).not.toBe(old)
      expect(again.nodes.ended()).toEqual([{ incarnation: old, reason: 'server-down', at }])
      expect(again.nodes.connectionsOf(old)).toEqual([
        { tenant: TENANT, representativeId: 'ada' },
        { tenant: 'globex', representativeId: 'bob' },
      ])
      await again.update(TENANT, writing([writeFacts(facts('ada', 2))]))
      await again.update('globex', writing([writeFacts(facts('bob', 2, present(again.incarnation)))]))
      expect(again.nodes.connectionsOf(old)).toEqual([])
      await again.nodes.forget(old)
      expect(again.nodes.ended()).toEqual([])
      await again.close()
      await forgottenFor(open, old, again.incarnation)
    },
  },
  {
    rule: '[SC38] an incarnation whose reaping was cut short is named again, with the instant of its own end',
    async check({ open, clock }) {
      const first = await open()
      await first.update(TENANT, writing([writeFacts(facts('ada', 1, present(first.incarnation)))]))
      await first.close()
      const at = clock.wall()
      clock.advance(60_000)
      const second = await open()
      await second.update(TENANT, writing([writeFacts(facts('bob', 1, present(second.incarnation)))]))
      clock.advance(60_000)
      await second.close()
      const third = await open()
      expect([...third.nodes.ended()].sort((one, other) => one.at - other.at)).toEqual([
        { incarnation: first.incarnation, reason: 'server-down', at },
        { incarnation: second.incarnation, reason: 'server-down', at: at + 120_000 },
      ])
      await third.close()
    },
  },
  {
    rule: '[SC39] an id such as `constructor` finds nothing in a configuration that was read back',
    async check({ open }) {
      const first = await open()
      const next = { ...plainConfiguration(), version: 1 }
      await first.update(TENANT, writing([], { configuration: { next, changed: [], cause: CAUSE } }))
      await first.update(TENANT, touching('ada'))
      await first.close()
      const again = await open()
      const { statuses, queues, workstreams, profiles, versions } = again.configuration(TENANT)
      const record = again.representative(TENANT, 'ada')
      const dictionaries = [statuses, queues, workstreams, profiles, versions]
      const found = [...dictionaries, record?.tallies, record?.limits.profiles].map(
        dictionary => dictionary && Reflect.get(dictionary, 'constructor'),
      )
      expect(found).toEqual(Array(7).fill(undefined))
      await again.close()
    },
  },
]

const commandKey = { actor: 'ada', key: 'k1', fingerprint: 'f' }

async function fill(store: Storage): Promise<void> {
  for (let count = 0; count < 30; count += 1) await store.update(TENANT, touching('ada'))
  const row = historyRow('ada', 10)
  const steps = [
    writing([writeFacts(facts('bob'), 20), writeItem(workItem('w1', 'bob'), 30)], { history: [row] }),
    writing([writeItem(workItem('w2', null), 40)], {
      revocation: { next: { sub: 'x', issuedBefore: 9 }, cause: CAUSE },
    }),
    writing([{ kind: 'work-item', id: 'w1', record: null, deadline: null }]),
    writing([], {
      configuration: { next: { ...plainConfiguration(), version: 1 }, changed: [], cause: CAUSE },
    }),
  ]
  await Promise.all(steps.map(step => store.update(TENANT, step)))
  await store.update('globex', touching('ada'))
  await store.update(TENANT, writing([], { keep: 'kept' }), { commandKey })
}

/** All that a store can be asked for, but not what a restart renews. */
async function everything(store: Storage) {
  const states = []
  for (const tenant of [...store.tenants()].sort()) {
    const { representatives, workItems, configuration, revocations } = await store.load(tenant)
    states.push({
      tenant,
      representatives: [...representatives].sort((one, other) =>
        one.representativeId < other.representativeId ? -1 : 1,
      ),
      workItems: [...workItems],
      configuration,
      revocations: [...revocations],
      history: await rows(store, tenant, ['ada', 'bob'], 0, 1_000),
    })
  }
  const command = await store.update(TENANT, writing([], { keep: 'new' }), { commandKey })
  return { states, due: store.due(1_000, 100), next: store.nextDeadline(), command }
}

async function forgottenFor(open: StoreWorld['open'], ...incarnations: readonly string[]): Promise<void> {
  const again = await open()
  const named = again.nodes.ended().map(({ incarnation }) => incarnation)
  expect(named).toEqual(incarnations.slice(1))
  await again.close()
}
