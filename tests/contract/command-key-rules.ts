// SC15-SC20: a repeated command changes nothing.

import type { CommandKey, Step, Storage } from '../../server/src/storage/storage.ts'
import { facts, TENANT, writeFacts, writing } from './records.ts'
import type { ContractRule } from './storage-contract.ts'

const KEY: CommandKey = { actor: 'representative/ada', key: 'k1', fingerprint: 'body-1' }
const FIVE_MINUTES = 300_000

export const commandKeyRules: readonly ContractRule[] = [
  {
    rule: '[SC15] the same key with the same body answers what was kept, and runs no step',
    async check({ open, clock }) {
      const store = await open()
      const first = await store.update(TENANT, counting(), { commandKey: KEY })
      clock.advance(1_000)
      const again = await store.update(TENANT, counting(), { commandKey: KEY })
      const at = first.kind === 'committed' && first.at
      expect(again).toEqual({ kind: 'repeated', kept: { revision: 1 }, at })
      expect(store.representative(TENANT, 'ada')?.revision).toBe(1)
      expect(store.feed.position(TENANT).seq).toBe(1)
      await store.close()
    },
  },
  {
    rule: '[SC16] the same key with another body is refused',
    async check({ open }) {
      const store = await open()
      await store.update(TENANT, counting(), { commandKey: KEY })
      const other = { commandKey: { ...KEY, fingerprint: 'body-2' } }
      expect(await store.update(TENANT, counting(), other)).toEqual({ kind: 'key-reused' })
      expect(store.representative(TENANT, 'ada')?.revision).toBe(1)
      await store.close()
    },
  },
  {
    rule: "[SC17] another actor's or tenant's key is another key",
    async check({ open }) {
      const store = await open()
      await store.update(TENANT, counting(), { commandKey: KEY })
      const bob = { commandKey: { ...KEY, actor: 'representative/bob' } }
      expect(await store.update(TENANT, counting(), bob)).toMatchObject({ kind: 'committed' })
      const elsewhere = await store.update('globex', counting(), { commandKey: KEY })
      expect(elsewhere).toMatchObject({ kind: 'committed' })
      const tangled = { commandKey: { ...KEY, actor: 'representative', key: 'ada/k1' } }
      expect(await store.update(TENANT, counting(), tangled)).toMatchObject({ kind: 'committed' })
      await store.close()
    },
  },
  {
    rule: '[SC18] a key is kept for five minutes of store time, and free from then on',
    async check({ open, clock }) {
      const store = await open()
      await store.update(TENANT, counting(), { commandKey: KEY })
      clock.advance(FIVE_MINUTES - 1)
      expect(await store.update(TENANT, counting(), { commandKey: KEY })).toMatchObject({ kind: 'repeated' })
      clock.advance(1)
      expect(await store.update(TENANT, counting(), { commandKey: KEY })).toMatchObject({ result: 2 })
      clock.advance(FIVE_MINUTES - 1)
      expect(await store.update(TENANT, counting(), { commandKey: KEY })).toMatchObject({ kind: 'repeated' })
      await store.close()
    },
  },
  {
    rule: '[SC19] a refused command, or one that says nothing to keep, may be tried again',
    async check({ open }) {
      const store = await open()
      const refused = store.update(TENANT, refusing, { commandKey: KEY })
      await expect(refused).rejects.toThrow('refused')
      await store.update(TENANT, writing([]), { commandKey: KEY })
      expect(await store.update(TENANT, counting(), { commandKey: KEY })).toMatchObject({ result: 1 })
      await store.close()
    },
  },
  {
    rule: '[SC20] a command that changed nothing is kept too, at once and over a restart',
    async check({ open }) {
      const first = await open()
      const nothing = writing([], { keep: { outcome: 'nothing' } })
      const [, twin] = await Promise.all([keyed(first, nothing), keyed(first, nothing)])
      expect(twin).toMatchObject({ kind: 'repeated', kept: { outcome: 'nothing' } })
      await first.close()
      const again = await open()
      expect(await keyed(again, nothing)).toMatchObject({ kind: 'repeated', kept: { outcome: 'nothing' } })
      await again.close()
    },
  },
]

const refusing: Step<null> = () => {
  throw new Error('refused')
}

function keyed(store: Storage, step: Step<null>) {
  return store.update(TENANT, step, { commandKey: KEY })
}

function counting(): Step<number> {
  return ({ representative }) => {
    const revision = (representative('ada')?.revision ?? 0) + 1
    const writes = [writeFacts(facts('ada', revision))]
    return { result: revision, writes, validUntil: null, keep: { revision } }
  }
}
