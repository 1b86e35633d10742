// The gate, run over a small tree of its own: it must count what passed, and let nothing else through.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { root } from '../support/tree.ts'

const run = promisify(execFile)

type Part = { readonly name: string; readonly passed: number; readonly failed: number }

const SOUND = { 'tests/a/sound.test.js': `it('adds', () => expect(1 + 1).toBe(2))` }
const CLOSED: Part = { name: 'nothing left open by a test', passed: 1, failed: 0 }

describe('the gate', () => {
  it('counts what passed, by folder', async () => {
    const more = `it('a', () => {})\nit('b', () => {})`
    expect(await gate({ ...SOUND, 'tests/b/more.test.js': more })).toEqual([
      { name: 'tests/a', passed: 1, failed: 0 },
      { name: 'tests/b', passed: 2, failed: 0 },
      CLOSED,
    ])
  })

  it.each([
    ['a test that fails', `it('fails', () => expect(1).toBe(2))`],
    ['a file that cannot run', `throw new Error('no')`],
    ['a hook that fails', `afterAll(() => { throw new Error('no') })\nit('passes', () => {})`],
  ])('counts %s as failed', async (_what, broken) => {
    const [, part] = await gate({ ...SOUND, 'tests/b/broken.test.js': broken })
    expect(part).toMatchObject({ name: 'tests/b', failed: 1 })
  })

  it.each([
    ['skipped', `it.skip('later', () => {})\nit('now', () => {})`],
    ['only planned', `it.todo('later')\nit('now', () => {})`],
    ['hidden behind another', `it('later', () => {})\nit.only('now', () => {})`],
  ])('lets no test be %s', async (_how, left) => {
    expect(await gate({ 'tests/a/left.test.js': left })).toContainEqual({
      name: 'tests left out',
      passed: 0,
      failed: 1,
    })
  })

  it('fails without any test', async () => {
    expect(await gate({ 'tests/a/none.js': '' })).toContainEqual({ name: 'tests', passed: 0, failed: 1 })
  })

  it('fails when a test leaves something open', async () => {
    const leaking = `it('leaks', () => { require('node:net').createServer().listen(0) })`
    expect(await gate({ 'tests/a/leaking.test.js': leaking })).toContainEqual({
      ...CLOSED,
      passed: 0,
      failed: 1,
    })
  })
})

/** The parts of the report that the gate's Jest makes of these files. */
async function gate(files: Readonly<Record<string, string>>): Promise<readonly Part[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-gate-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
    const configuration = { 'package.json': '{ "jest": { "testEnvironment": "node" } }' }
    for (const [path, text] of Object.entries({ ...configuration, ...files })) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), text)
    }
    const script = pathToFileURL(join(root, 'scripts/run-jest.mjs')).href
    const code = `import { runJest } from ${JSON.stringify(script)}
      const parts = await runJest(${JSON.stringify(directory)}, [], { exitLimitMs: 2_000 })
      process.stdout.write('\\n' + JSON.stringify(parts))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code])
    return JSON.parse(stdout.split('\n').at(-1) ?? '') as readonly Part[]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
