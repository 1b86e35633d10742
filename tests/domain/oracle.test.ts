// The core against a naive second telling of the rules (tests/support/oracle.ts): random histories, compared after
// every step. A failure prints the seed, the path and the shortest history that still fails.
// ORACLE_RUNS sets the number of histories, ORACLE_SEED repeats a run.

import fc from 'fast-check'
import { type History, history, playBoth } from '../support/oracle-history.ts'

const { ORACLE_RUNS = '2000', ORACLE_SEED } = process.env
const runs = Number(ORACLE_RUNS)
const seed = ORACLE_SEED === undefined ? {} : { seed: Number(ORACLE_SEED) }

describe('the core and the oracle', () => {
  it(`[ST4 SI1 SI4 SI5 MA3 MA7 CA2 CA4 CA5 DI2 DI3 DI4 TR1 TR3 WK9] agree after each step of ${runs} histories of 40 events`, () => {
    fc.assert(
      fc.property(history, (one: History) => {
        const disagreement = playBoth(one)
        if (disagreement !== null) throw new Error(disagreement)
      }),
      { numRuns: runs, ...seed },
    )
  }, 300_000)
})
