// The core against a naive second telling of the rules (tests/support/oracle.ts): random histories, compared after
// every step. A failure prints the seed, the history's number and the shortest history that still fails.
// ORACLE_RUNS sets the number of histories, ORACLE_SEED repeats a run; `npm run oracle` plays a million.

import { product } from '../support/oracle-product.ts'
import { notMet, runOracle } from '../support/oracle-run.ts'

const { ORACLE_RUNS = '2000', ORACLE_SEED } = process.env
const runs = Number(ORACLE_RUNS)
const seed = Number(ORACLE_SEED ?? Date.now() % 1_000_000)

describe('the core and the oracle', () => {
  it(`[ST4 SI1 SI4 SI5 MA3 MA7 CA2 CA4 CA5 CA6 CA8 DI2 DI3 DI4 DI7 TR1 TR3 TR4 WK3 WK7 WK8 WK9 NO1 NO2 NO3 NO4 NO5 NO6 NO8 NO9 NO10 SE2 SE3 RO7 PO3] agree after each step of ${runs} histories of 40 events (seed ${seed})`, () => {
    const { disagreement, counts } = runOracle(product, seed, 0, runs)
    if (disagreement !== null)
      throw new Error(`Seed ${seed}, history ${disagreement.number}:\n${disagreement.words}`)
    expect(notMet(counts, runs)).toEqual([])
  }, 300_000)
})
