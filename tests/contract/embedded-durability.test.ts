// What only the embedded store promises: nothing that a kill could take back ever leaves it. A journal that becomes
// durable when the test says so stands in for the disk.

import { createEmbeddedStorage } from '../../server/src/storage/embedded/embedded-storage.ts'
import type { Journal } from '../../server/src/storage/embedded/journal.ts'
import { StorageUnavailable } from '../../server/src/storage/storage.ts'
import { createMemoryJournal, createMemoryLog } from '../support/memory-storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { facts, TENANT, touching, writeFacts } from './records.ts'
import { createStoreClock } from './store-clock.ts'

const KEY = { actor: 'ada', key: 'k1', fingerprint: 'f' }

it('[SC4] an answer that was judged by a commit on its way waits for it, whatever the answer', async () => {
  const { store, disk } = createWorld()
  const keep = { result: null, writes: [writeFacts(facts('ada'))], validUntil: null, keep: 1 }
  const first = store.update(TENANT, () => keep, { commandKey: KEY })
  const settled: string[] = []
  const note = (name: string) => () => void settled.push(name)
  const later = [
    store.update(TENANT, () => keep, { commandKey: KEY }).then(note('repeated')),
    store.update(TENANT, () => keep, { commandKey: { ...KEY, fingerprint: 'g' } }).then(note('reused')),
    store.update(TENANT, ({ representative }) => nothing(representative('ada'))).then(note('nothing')),
    store.update(TENANT, refuse).catch(note('refused')),
  ]
  await turns()
  expect(settled).toEqual([])
  disk.flush()
  await Promise.all([first, ...later])
  expect(settled.sort()).toEqual(['nothing', 'refused', 'repeated', 'reused'])
})

it('[SC4] with nothing on its way a refusal is answered at once', async () => {
  const { store } = createWorld()
  await expect(store.update(TENANT, refuse)).rejects.toThrow('refused')
})

it('[SC4] a later commit to the same record shows only when it is durable itself', async () => {
  const { store, disk } = createWorld()
  const updates = [store.update(TENANT, touching('ada')), store.update(TENANT, touching('ada'))]
  disk.flush(1)
  await updates[0]
  expect(store.representative(TENANT, 'ada')?.revision).toBe(1)
  const third = store.update(TENANT, touching('ada'))
  disk.flush()
  expect(await third).toMatchObject({ result: 3, seq: 3 })
  expect(store.representative(TENANT, 'ada')?.revision).toBe(3)
})

it('[FATAL] a failed write is told once, shows nothing, and ends all writing', async () => {
  const { store, disk, fatal } = createWorld()
  const updates = [store.update(TENANT, touching('ada')), store.update(TENANT, touching('bob'))]
  const refusal = store.update(TENANT, refuse)
  const full = new Error('disk full')
  disk.fail(full)
  for (const update of [...updates, refusal]) await expect(update).rejects.toBeInstanceOf(StorageUnavailable)
  await expect(store.update(TENANT, touching('cyd'))).rejects.toThrow('repeat the command')
  expect(fatal).toEqual([full])
  expect([store.representative(TENANT, 'ada'), store.feed.position(TENANT).seq]).toEqual([null, 0])
})

it('[FATAL] a listener that throws missed an entry, which is the end too', async () => {
  const { store, disk, fatal } = createWorld()
  const lost = new Error('listener')
  store.feed.subscribe(() => {
    throw lost
  })
  const update = store.update(TENANT, touching('ada'))
  disk.flush()
  await expect(update).rejects.toBeInstanceOf(StorageUnavailable)
  expect(fatal).toEqual([lost])
})

it('[SC23] a step that relies on a deadline of the past is an error, not a loop', async () => {
  const { store } = createWorld()
  const update = store.update(TENANT, ({ now }) => ({ result: null, writes: [], validUntil: now - 1 }))
  await expect(update).rejects.toThrow('must handle that deadline')
})

function createWorld() {
  const memory = createMemoryJournal(createMemoryLog())
  const waiting: { done(): void; failed(error: Error): void }[] = []
  const append: Journal['append'] = async commit => {
    await new Promise<void>((done, failed) => {
      waiting.push({ done, failed })
    })
    await memory.append(commit)
  }
  const fatal: unknown[] = []
  const store = createEmbeddedStorage({
    journal: { ...memory, append },
    clock: createStoreClock(),
    initialConfiguration: plainConfiguration(),
    fatal: error => fatal.push(error),
  })
  const disk = {
    flush(count = waiting.length) {
      for (const { done } of waiting.splice(0, count)) done()
    },
    fail(error: Error) {
      for (const { failed } of waiting.splice(0)) failed(error)
    },
  }
  return { store, disk, fatal }
}

function nothing<Result>(result: Result) {
  return { result, writes: [], validUntil: null }
}

function refuse(): never {
  throw new Error('refused')
}

/** Long enough for every promise that could settle without the disk. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
}
