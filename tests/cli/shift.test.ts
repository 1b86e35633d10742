// `npm run shift` says what it takes before it starts anything.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../support/tree.ts'

const USAGE = 'Usage: npm run shift -- [options]'

describe('npm run shift', () => {
  it.each(['--help', '-h'])('answers %s with what it takes', option => {
    const { status, stdout, stderr } = shift(option)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    for (const words of [USAGE, '--minutes', '--people', '--seed', '--pace', '--kills']) {
      expect(stdout).toContain(words)
    }
  })

  it.each([
    ['an unknown option', ['--minuets', '3'], '--minuets'],
    ['a stray word', ['fast'], 'fast'],
    ['an option without its value', ['--seed'], '--seed'],
    ['a number that is none', ['--kills', 'x'], '--kills takes a whole number from 0 to 100, not "x".'],
  ])('answers %s with exit code 2, why, and what it takes', (_what, args, words) => {
    const { status, stdout, stderr } = shift(...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: /)
    expect(stderr).toContain(words)
    expect(stderr).toContain(USAGE)
    expect(stderr).not.toContain('    at ')
  })
})

function shift(...args: readonly string[]) {
  const file = join(root, 'scripts/shift.mjs')
  return spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', timeout: 20_000 })
}
