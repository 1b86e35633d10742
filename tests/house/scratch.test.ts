// What somebody tries out in scratch/ is nobody else's business: not Git's, not the gate's.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/tree.ts'

const UGLY = `var x = "1";;\nit("fails", () => { throw x })\nexport const unused: any = import("nothing-like-this")\n`
const NAME = 'ugly.test.ts'

describe('a file in scratch/', () => {
  let directory: string
  beforeAll(() => {
    mkdirSync(join(root, 'scratch'), { recursive: true })
    directory = mkdtempSync(join(root, 'scratch/house-'))
    writeFileSync(join(directory, NAME), UGLY)
  })
  afterAll(() => {
    rmSync(directory, { recursive: true })
    const scratch = join(root, 'scratch')
    if (readdirSync(scratch).length === 0) rmdirSync(scratch)
  })

  it.each([
    ['format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
    ['unused code', 'knip/bin/knip.js', ['--no-progress']],
    ['tests', 'jest/bin/jest.js', ['--listTests']],
  ])('is passed over by %s', (_part, bin, args) => {
    const command = [join(root, 'node_modules', bin), ...args]
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    })
    expect(status).not.toBeNull()
    expect(stdout + stderr).not.toContain(NAME)
  })
})
