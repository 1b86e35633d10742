// `npm run bench -- B2`: runs a scenario, prints its table and writes its result file with machine, versions and
// commit. With `--profile` it writes a CPU profile of the server instead (for Chrome's DevTools).

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runB2 } from './b2-commands.ts'
import { runPo1 } from './po1-reevaluation.ts'
import { tableOfB2, tableOfPo1 } from './tables.ts'

interface Outcome {
  readonly result: object
  readonly table: string
}

/** By name: what its result file is called, and the run itself. */
const SCENARIOS: Readonly<Record<string, { file: string; run(profileTo: string | null): Promise<Outcome> }>> =
  {
    B2: {
      file: 'b2-choose',
      async run(profileTo) {
        const result = await runB2(profileTo)
        return { result, table: tableOfB2(result) }
      },
    },
    PO1: {
      file: 'po1-reevaluation',
      async run(profileTo) {
        const result = await runPo1(profileTo)
        return { result, table: tableOfPo1(result) }
      },
    },
  }

const [name = '', option] = process.argv.slice(2)
const scenario = SCENARIOS[name]
if (!scenario || (option !== undefined && option !== '--profile')) {
  console.error(`Name a scenario: npm run bench -- ${Object.keys(SCENARIOS).join(' | ')} [--profile]`)
  process.exitCode = 2
} else if (option === '--profile') {
  const directory = join(tmpdir(), 'rollcall-profile')
  console.log((await scenario.run(directory)).table)
  console.log(`\nThe figures are those of a profiled server. Its profile is in ${directory}`)
} else {
  const { result, table } = await scenario.run(null)
  const report = { at: new Date().toISOString(), ...environment(), ...result }
  const directory = fileURLToPath(new URL('../results/', import.meta.url))
  mkdirSync(directory, { recursive: true })
  const file = `${scenario.file}-${report.commit}.json`
  writeFileSync(join(directory, file), `${JSON.stringify(report, null, 2)}\n`)
  console.log(table)
  console.log(`\nWritten to bench/results/${file}`)
}

function environment() {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  return {
    commit:
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', '--', 'server', 'shared') ? '-changed' : ''),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      platform: process.platform,
    },
    versions: {
      node: process.version,
      'socket.io': version('socket.io'),
      ws: version('ws'),
      lmdb: version('lmdb'),
    },
  }
}

function version(name: string): string {
  const file = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url))
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
