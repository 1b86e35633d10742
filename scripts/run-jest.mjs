// Runs Jest over the tree and counts: tests, files that could not run, tests left out, and handles left open.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The whole gate has 15 minutes; what Jest has not finished by then hangs. */
const LIMIT_MS = 13 * 60_000
/** Results are written, yet the process lives on: something was left open. */
const EXIT_LIMIT_MS = 20_000

/**
 * What Jest prints (30.x) when its process could not end by itself. Each file looks for what it left open
 * (tests/support/environment.cjs); Jest's word about workers only says that one took more than half a second to end.
 */
const LEAK = /Jest did not exit/

/** Resolves to the parts of the report: `{ name, passed, failed }` each. Empty `folders`: everything. */
export async function runJest(root, folders, { exitLimitMs = EXIT_LIMIT_MS } = {}) {
  console.log(`\n── tests${folders.length > 0 ? ` (${folders.join(', ')})` : ''}`)
  const directory = mkdtempSync(path.join(os.tmpdir(), 'rollcall-jest-'))
  const file = path.join(directory, 'results.json')
  const { code, ended, leaked } = await run(root, folders, file, exitLimitMs)
  const parts = existsSync(file)
    ? count(JSON.parse(readFileSync(file, 'utf8')), root)
    : [{ name: 'tests', passed: 0, failed: 1 }]
  rmSync(directory, { recursive: true, force: true })
  if (code !== 0 && parts.every(part => part.failed === 0)) {
    parts.push({ name: `Jest ended with code ${code}`, passed: 0, failed: 1 })
  }
  if (!ended) console.log('Jest was ended: it ran into its time limit, or did not exit after its last test.')
  const closed = ended && !leaked
  return [...parts, { name: 'nothing left open by a test', passed: closed ? 1 : 0, failed: closed ? 0 : 1 }]
}

function run(root, folders, file, exitLimitMs) {
  const jest = path.join(root, 'node_modules/jest/bin/jest.js')
  const args = ['--maxWorkers=2', '--json', `--outputFile=${file}`, ...folders]
  return new Promise(resolve => {
    const child = spawn(process.execPath, [jest, ...args], {
      cwd: root,
      // `--json` also prints the results on standard output, where nobody reads them.
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let leaked = false
    let ended = true
    const kill = () => {
      ended = false
      child.kill('SIGKILL')
    }
    const limit = setTimeout(kill, LIMIT_MS)
    let exitLimit
    const watch = setInterval(() => {
      if (existsSync(file)) exitLimit ??= setTimeout(kill, exitLimitMs)
    }, 1_000)
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', text => {
      leaked ||= LEAK.test(text)
      process.stdout.write(text)
    })
    child.on('error', kill)
    child.on('close', code => {
      clearTimeout(limit)
      clearTimeout(exitLimit)
      clearInterval(watch)
      resolve({ code, ended, leaked })
    })
  })
}

/** One part for each folder of tests/, and one if anything was left out: nothing is skipped in silence. */
function count(results, root) {
  const parts = new Map()
  let leftOut = 0
  for (const suite of results.testResults) {
    const [, folder = 'tests'] = path.relative(root, suite.name).split(path.sep)
    const part = parts.get(folder) ?? { name: `tests/${folder}`, passed: 0, failed: 0 }
    parts.set(folder, part)
    // A file that could not run, or whose hooks failed.
    const tests = suite.assertionResults
    if (suite.status === 'failed' && !tests.some(test => test.status === 'failed')) part.failed += 1
    for (const test of tests) {
      if (test.status === 'passed') part.passed += 1
      else if (test.status === 'failed') part.failed += 1
      else {
        leftOut += 1
        console.log(`left out (${test.status}): ${test.fullName}`)
      }
    }
  }
  const sorted = [...parts.values()].sort((a, b) => a.name.localeCompare(b.name))
  if (sorted.length === 0) sorted.push({ name: 'tests', passed: 0, failed: 1 })
  if (leftOut > 0) sorted.push({ name: 'tests left out', passed: 0, failed: leftOut })
  return sorted
}
