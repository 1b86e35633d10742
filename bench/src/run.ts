// `npm run bench -- B1 [--quick] [--rounds n] [--profile]`: runs a scenario, prints its table and writes its result
// file with machine, versions and commit.

import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { environment } from './environment.ts'
import type { Result } from './scenarios/scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { tableOf } from './table.ts'

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))
const PROFILES = join(tmpdir(), 'rollcall-profile')
const USAGE = `Name a scenario: npm run bench -- ${Object.keys(SCENARIOS).join('|')} [--quick] [--rounds n] [--profile]
--quick     a small trial; nothing is written
--rounds n  how many rounds the medians are of (5; with --quick 1)
--profile   a CPU profile of the server, for Chrome's DevTools; nothing else is written`

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const asked = argumentsOf(argv)
  if (!asked) {
    console.error(USAGE)
    return 2
  }
  const { id, scenario, quick, rounds, profile } = asked
  const where = environment()
  const profileTo = profile ? PROFILES : null
  const say = (what: string) => console.error(`${id}: ${what}`)
  const result = await scenario({ quick, rounds, profileTo, say })
  console.log(tableOf(result))
  if (profile) console.log(`\nThe figures are those of a profiled server. Its profile is in ${PROFILES}`)
  else if (quick) console.log('\nA quick trial: that it works is all that it says. Nothing was written.')
  else console.log(`\nWritten to bench/results/${write(id, { at: new Date(), ...where, ...result })}`)
  return result.checks.every(({ holds }) => holds) ? 0 : 1
}

function argumentsOf(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        rounds: { type: 'string' },
      },
    })
    const [id = ''] = positionals
    const scenario = SCENARIOS[id]
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 5))
    if (!scenario || positionals.length > 1 || !Number.isInteger(rounds) || rounds < 1) return null
    return { id, scenario, rounds, quick: values.quick, profile: values.profile }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return null
  }
}

function write(id: string, report: Result & { readonly commit: string; readonly at: Date }): string {
  mkdirSync(RESULTS, { recursive: true })
  const file = `${id.toLowerCase()}-${report.commit}.json`
  writeFileSync(join(RESULTS, file), `${JSON.stringify(report, null, 2)}\n`)
  return file
}
