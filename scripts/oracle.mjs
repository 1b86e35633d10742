// `npm run oracle`: plays random histories to the core and to the naive oracle of the tests, on all cores, and ends
// with `N histories, 0 disagreements`. ORACLE_RUNS (a million), ORACLE_SEED and ORACLE_WORKERS set what is played.

import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'

const root = path.resolve(import.meta.dirname, '..')
const runs = Number(process.env.ORACLE_RUNS ?? 1_000_000)
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000)
const workers = Number(process.env.ORACLE_WORKERS ?? os.availableParallelism())
/** Histories that a worker is given at once: a second or two of work. */
const RANGE = 500
const PROGRESS_MS = 10_000

const directory = mkdtempSync(path.join(os.tmpdir(), 'rollcall-oracle-'))
try {
  process.exitCode = (await main()) ? 0 : 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}

async function main() {
  const file = path.join(directory, 'worker.mjs')
  await build({
    entryPoints: [path.join(root, 'tests/support/oracle-worker.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { '@rollcall/shared/vocabulary': path.join(root, 'shared/src/vocabulary.ts') },
  })
  const { notMet } = await import(pathToFileURL(file).href)
  console.log(`${runs} histories of 40 events, seed ${seed}, on ${workers} cores`)
  const { histories, disagreements, counts } = await playAll(file)
  for (const { number, words } of disagreements) console.log(`\nSeed ${seed}, history ${number}:\n${words}\n`)
  const missing = disagreements.length === 0 && histories >= 2_000 ? notMet(counts, histories) : []
  for (const name of missing) console.log(`never met: ${name}`)
  console.log(`${histories} histories, ${disagreements.length} disagreements`)
  return disagreements.length === 0 && missing.length === 0
}

/** Stops giving out ranges once one of them failed. */
async function playAll(file) {
  const began = performance.now()
  const sum = { histories: 0, disagreements: [], counts: {} }
  let next = 0
  const progress = setInterval(() => {
    const seconds = (performance.now() - began) / 1_000
    console.log(`${sum.histories} after ${seconds.toFixed(0)} s, ${(sum.histories / seconds).toFixed(0)}/s`)
  }, PROGRESS_MS)
  await Promise.all(Array.from({ length: workers }, playSome))
  clearInterval(progress)
  return sum

  async function playSome() {
    // Almost all that it makes dies young.
    const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: 64 } })
    try {
      while (next < runs && sum.disagreements.length === 0) {
        const from = next
        next = Math.min(runs, next + RANGE)
        add(await ask(worker, { seed, from, histories: next - from }))
      }
    } finally {
      await worker.terminate()
    }
  }

  function add({ histories, disagreement, counts }) {
    sum.histories += histories
    if (disagreement !== null) sum.disagreements.push(disagreement)
    for (const [name, count] of Object.entries(counts)) sum.counts[name] = (sum.counts[name] ?? 0) + count
  }
}

function ask(worker, range) {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', answer => {
      worker.off('error', reject)
      resolve(answer)
    })
    worker.postMessage(range)
  })
}
