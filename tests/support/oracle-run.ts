// Runs many random histories, counts what they passed, and stops at the first disagreement.

import { historyOf, playBoth, shortest } from './oracle-history.ts'
import { createCoverage, neverPassed } from './oracle-marks.ts'
import type { Product } from './oracle-product.ts'
import { REPORT_TYPES } from './oracle-reports.ts'
import { STEP_KINDS } from './oracle-steps.ts'

export interface OracleRun {
  /** Histories played. */
  readonly histories: number
  /** The shortest history that fails, its number, and how oracle and core disagree; null: they do not. */
  readonly disagreement: { readonly number: number; readonly words: string } | null
  readonly counts: Readonly<Record<string, number>>
}

/** Plays the histories `from`, `from + 1` … of that seed, as many as `histories`. */
export function runOracle(product: Product, seed: number, from: number, histories: number): OracleRun {
  const coverage = createCoverage()
  for (let number = from; number < from + histories; number++) {
    const history = historyOf(seed, number)
    if (playBoth(history, product, coverage) === null) continue
    const unseen = createCoverage()
    const words = shortest(history, one => playBoth(one, product, unseen))
    return { histories: number - from + 1, disagreement: { number, words }, counts: coverage.counts() }
  }
  return { histories, disagreement: null, counts: coverage.counts() }
}

/** What must be met in a run of some thousands of histories, and was not. */
export function notMet(counts: Readonly<Record<string, number>>, histories: number): readonly string[] {
  const expected = [
    ...STEP_KINDS.map(kind => `event ${kind}`),
    ...REPORT_TYPES.map(type => `report ${type} by service`),
    ...OUTCOMES.map(outcome => `outcome ${outcome}`),
  ]
  return [...neverPassed(counts, histories), ...expected.filter(name => counts[name] === undefined)]
}

/** Done, nothing to do, and every refusal that the core knows but those of another's revision. */
const OUTCOMES = [
  'done',
  'nothing',
  'forbidden',
  'no-capacity',
  'not-found',
  'not-signed-in',
  'offer-gone',
  'offer-not-rejectable',
  'representative-unknown',
  'session-limit',
  'status-not-selectable',
  'transition-not-allowed',
  'work-item-closed',
  'work-item-conflict',
  'work-item-unknown',
]
