// The contract can fail: every rule has a broken store that it catches.

import { createMemoryLog, createMemoryStorage } from '../support/memory-storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { commitMutants } from './commit-mutants.ts'
import { dataMutants } from './data-mutants.ts'
import type { Mutant } from './mutant-parts.ts'
import { contract, FEED_CAPACITY, type StoreWorld } from './storage-contract.ts'
import { createStoreClock } from './store-clock.ts'

/** Broken stores, at least one for each rule: a suite that passes one of them proves nothing. */
const mutants = [...commitMutants, ...dataMutants]

const ruleIdOf = (rule: string) => /^\[(SC\d+)\]/.exec(rule)?.[1]

it('[SC] every rule of the contract has a mutant', () => {
  const guarded = new Set(mutants.map(mutant => mutant.rule))
  const unguarded = contract
    .map(({ rule }) => ruleIdOf(rule))
    .filter(id => id === undefined || !guarded.has(id))
  expect(unguarded).toEqual([])
})

for (const mutant of mutants) {
  it(`[${mutant.rule}] catches a store that ${mutant.what}`, async () => {
    const rule = contract.find(({ rule }) => ruleIdOf(rule) === mutant.rule)
    await expect(rule?.check(worldOf(mutant))).rejects.toThrow()
    // What is caught is the mutation, and not the harness: without it the same rule holds.
    await rule?.check(worldOf({ rule: mutant.rule, what: 'is whole' }))
  })
}

function worldOf(mutant: Mutant): StoreWorld {
  const clock = createStoreClock()
  const log = createMemoryLog()
  return {
    clock,
    async open() {
      mutant.spoil?.(log)
      const store = createMemoryStorage({
        clock,
        log,
        initialConfiguration: plainConfiguration(),
        storage: { feedCapacity: FEED_CAPACITY },
      })
      return mutant.mutate?.(store, clock) ?? store
    },
    dispose: async () => {},
  }
}
