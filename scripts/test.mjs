// `npm test`: the gate. Runs every part even if an earlier one failed, says what ran, and ends with one line,
// `N passed, M failed`. With `--quick` (`npm run check`) of the tests only the fast folders run.

import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureChromium } from './ensure-chromium.mjs'
import { runJest } from './run-jest.mjs'

const root = path.resolve(import.meta.dirname, '..')
const quick = process.argv.includes('--quick')
const QUICK_FOLDERS = ['tests/domain', 'tests/house']

const bin = name => path.join(root, 'node_modules', name)
const tsc = bin('typescript/bin/tsc')
const sources = ['shared/src', 'client-sdk/src', 'server/src', 'bench/src']

/** In this order: what is cheap and explains most comes first. Several commands make one part. */
const steps = [
  {
    name: 'build',
    commands: [[tsc, '-b'], ['client-sdk/build.mjs']],
  },
  {
    name: 'format and lint',
    commands: [[bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
  },
  { name: 'types of the tests', commands: [[tsc, '-p', 'tests']] },
  {
    name: 'arrows',
    commands: [
      [
        bin('dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'err-long',
        ...sources,
      ],
    ],
  },
  { name: 'unused code', commands: [[bin('knip/bin/knip.js'), '--no-progress']] },
]

await main()

async function main() {
  const report = []
  if (!quick && !(await ensureChromium(root))) {
    return finish([{ name: 'Chromium', passed: 0, failed: 1 }])
  }
  for (const step of steps) report.push(await runStep(step))
  report.push(...(await runJest(root, quick ? QUICK_FOLDERS : [])))
  finish(report)
}

async function runStep({ name, commands }) {
  heading(name)
  const began = performance.now()
  let sound = true
  for (const command of commands) sound = (await exitCode(command)) === 0 && sound
  console.log(`${sound ? 'ok' : 'FAILED'} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return { name, passed: sound ? 1 : 0, failed: sound ? 0 : 1 }
}

function exitCode(command) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' })
    child.on('error', () => resolve(1))
    child.on('close', code => resolve(code ?? 1))
  })
}

function heading(name) {
  console.log(`\n── ${name}`)
}

function finish(report) {
  heading('what ran')
  for (const { name, passed, failed } of report) {
    console.log(`${failed === 0 ? 'ok    ' : 'FAILED'}  ${name}: ${passed} passed, ${failed} failed`)
  }
  const total = key => report.reduce((sum, part) => sum + part[key], 0)
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
  process.exitCode = total('failed') === 0 ? 0 : 1
}
