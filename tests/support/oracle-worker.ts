// What `npm run oracle` runs on each core: takes ranges of histories and answers how they went.

import { parentPort } from 'node:worker_threads'
import { product } from './oracle-product.ts'
import { notMet, runOracle } from './oracle-run.ts'

export { notMet }

/** Histories `from` up to `from + histories` of a seed. */
interface Range {
  readonly seed: number
  readonly from: number
  readonly histories: number
}

parentPort?.on('message', ({ seed, from, histories }: Range) => {
  parentPort?.postMessage(runOracle(product, seed, from, histories))
})
