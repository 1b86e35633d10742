// What every store must keep, rule by rule (SC: storage contract). Each rule is a plain function that rejects when a
// store breaks it, so that the suite can be turned on broken stores too (see mutants.test.ts).

import type { Storage } from '../../server/src/storage/storage.ts'
import { commandKeyRules } from './command-key-rules.ts'
import { commitRules } from './commit-rules.ts'
import { configurationRules } from './configuration-rules.ts'
import { feedRules } from './feed-rules.ts'
import { historyRules } from './history-rules.ts'
import { reopenRules } from './reopen-rules.ts'
import type { StoreClock } from './store-clock.ts'
import { timeRules } from './time-rules.ts'

/** One place where a store can be opened, closed and opened again on what it kept. */
export interface StoreWorld {
  readonly clock: StoreClock
  /** Feed entries held per tenant: `FEED_CAPACITY`. */
  open(): Promise<Storage>
  dispose(): Promise<void>
}

export type StoreFactory = () => Promise<StoreWorld>

/** Small, so that a test can reach the end of it. */
export const FEED_CAPACITY = 8

export interface ContractRule {
  readonly rule: string
  check(world: StoreWorld): Promise<void>
}

export const contract: readonly ContractRule[] = [
  ...commitRules,
  ...feedRules,
  ...commandKeyRules,
  ...timeRules,
  ...configurationRules,
  ...historyRules,
  ...reopenRules,
]

export function storageContract(name: string, factory: StoreFactory): void {
  describe(`storage contract: ${name}`, () => {
    for (const { rule, check } of contract) {
      it(rule, async () => {
        const world = await factory()
        try {
          await check(world)
        } finally {
          await world.dispose()
        }
      })
    }
  })
}
