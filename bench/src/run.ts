// `npm run bench -- B2`: runs a scenario, prints its table and writes its result file with machine, versions and
// commit. With `--profile` it writes a CPU profile of the server instead (for Chrome's DevTools).

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type B2Result, runB2 } from './b2-commands.ts'

const [scenario, option] = process.argv.slice(2)
if (scenario !== 'B2' || (option !== undefined && option !== '--profile')) {
  console.error('Name a scenario: npm run bench -- B2 [--profile]')
  process.exitCode = 2
} else if (option === '--profile') {
  const directory = join(tmpdir(), 'rollcall-profile')
  console.log(table(await runB2(directory)))
  console.log(`\nThe figures are those of a profiled server. Its profile is in ${directory}`)
} else {
  const result = await runB2(null)
  const report = { at: new Date().toISOString(), ...environment(), ...result }
  const directory = fileURLToPath(new URL('../results/', import.meta.url))
  mkdirSync(directory, { recursive: true })
  const file = `${directory}b2-choose-${report.commit}.json`
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  console.log(table(result))
  console.log(`\nWritten to bench/results/b2-choose-${report.commit}.json`)
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

function table({ rollcall, bare, ratios }: B2Result): string {
  const row = (name: string, ...cells: string[]) =>
    name.padEnd(26) + cells.map(cell => cell.padStart(14)).join('')
  return [
    row('B2 choose, acknowledged', 'rollcall', 'bare socket.io', 'ratio', 'target'),
    row(
      'commands/s',
      rollcall.perSecond.toFixed(0),
      bare.perSecond.toFixed(0),
      ratios.throughput.toFixed(2),
      '>= 0.50',
    ),
    row(
      'server CPU us/command',
      rollcall.cpuUsPerCommand.toFixed(0),
      bare.cpuUsPerCommand.toFixed(0),
      ratios.cpu.toFixed(2),
      '<= 2.20',
    ),
    row('p50 ms, 64 in flight', rollcall.p50Ms.toFixed(2), bare.p50Ms.toFixed(2), '', ''),
    row('p99 ms, 64 in flight', rollcall.p99Ms.toFixed(2), bare.p99Ms.toFixed(2), '', ''),
    row('p50 ms, one at a time', rollcall.idleP50Ms.toFixed(2), bare.idleP50Ms.toFixed(2), '', '<= 1.00'),
  ].join('\n')
}
