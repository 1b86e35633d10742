// The embedded store keeps the storage contract: on LMDB, and on the journal in memory that other tests use.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStorage } from '../../server/src/storage/embedded/open-embedded-storage.ts'
import { createMemoryLog, createMemoryStorage } from '../support/memory-storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { FEED_CAPACITY, type StoreFactory, storageContract } from './storage-contract.ts'
import { createStoreClock } from './store-clock.ts'

const onLmdb: StoreFactory = async () => {
  const clock = createStoreClock()
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-contract-'))
  return {
    clock,
    open: () =>
      openEmbeddedStorage(directory, {
        clock,
        initialConfiguration: plainConfiguration(),
        feedCapacity: FEED_CAPACITY,
      }),
    dispose: () => rm(directory, { recursive: true, force: true }),
  }
}

export const inMemory: StoreFactory = async () => {
  const clock = createStoreClock()
  const log = createMemoryLog()
  return {
    clock,
    open: async () =>
      createMemoryStorage({
        clock,
        log,
        initialConfiguration: plainConfiguration(),
        storage: { feedCapacity: FEED_CAPACITY },
      }),
    dispose: async () => {},
  }
}

storageContract('embedded on LMDB', onLmdb)
storageContract('embedded in memory', inMemory)
