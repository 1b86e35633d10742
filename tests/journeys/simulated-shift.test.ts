// A simulated shift against a real server process that is killed in the middle: no invariant may break. It is played
// by the command that plays the long ones.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runCommand } from '../support/cli-world.ts'
import { startServerProcess } from '../support/server-process.ts'
import { SECRET } from '../support/tokens.ts'
import { until } from '../support/until.ts'

const SEED = String(process.env['SEED'] ?? 20_261_124)
const script = resolve(import.meta.dirname, '../../scripts/shift.mjs')

describe('npm run shift', () => {
  it(`[I1, I2, I3, I5, I6, I7, I8] plays a shift over a kill -9 with no invariant broken (seed ${SEED})`, async () => {
    const shift = startShift('--people', '20', '--minutes', String(20 / 60), '--kills', '1', '--seed', SEED)
    const code = await shift.exitCode
    expect({ code, said: shift.said(), out: shift.out() }).toMatchObject({ code: 0 })
    expect(shift.said()).toContain('kill -9 number 1 at ')
    // The kill was felt, and each invariant had something to judge.
    const { 1: lost } = /(\d+) × connections lost that nobody closed or cut here/.exec(shift.out()) ?? []
    expect(Number(lost)).toBeGreaterThan(5)
    for (const id of ['I1', 'I2', 'I3', 'I5', 'I8', 'one']) {
      expect(shift.out()).toMatch(new RegExp(`[1-9]\\d* × holds  ${id} `))
    }
    expectNothingLeft(shift.said())
  }, 120_000)

  it('ends early when asked to, and leaves neither a process nor a directory behind', async () => {
    const shift = startShift('--people', '5', '--minutes', '5', '--kills', '3', '--seed', SEED)
    await until('the shift plays', () => shift.out().includes('Simulating 5 people'), 30_000)
    shift.child.kill('SIGTERM')
    expect({ code: await shift.exitCode, out: shift.out() }).toMatchObject({ code: 0 })
    expectNothingLeft(shift.said())
  }, 120_000)
})

describe('rollcall simulate', () => {
  it('puts the policy of its tenant back', async () => {
    const server = await startServerProcess()
    const env = { ROLLCALL_JWT_SECRET: SECRET, ROLLCALL_URL: server.url }
    const { code, complaints } = await runCommand(['simulate', '--people', '3', '--minutes', '0.05'], env)
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' })
    const claims = ['--sub', 'ivo', '--role', 'administrator', '--tenant', 'simulation']
    const { out } = await runCommand(['token', ...claims], env)
    const headers = { authorization: `Bearer ${out.trim()}` }
    const response = await fetch(`${server.url}/v1/policy`, { headers })
    expect(await response.json()).toMatchObject({ restoreWindowMs: 150_000, sessionLimit: 10 })
    await server.remove()
  }, 60_000)

  it.each([
    ['a server elsewhere', ['--url', 'https://presence.example.com'], '--yes-this-server'],
    ['no server', ['--url', 'http://127.0.0.1:9'], 'No server answers at http://127.0.0.1:9.'],
    ['too few people', ['--people', '1'], '--people takes a number from 2'],
  ])('says what to do about %s', async (_what, args, sentence) => {
    const { code, complaints } = await runCommand(['simulate', ...args])
    expect(code).toBe(1)
    expect(complaints).toContain(sentence)
  })
})

interface Shift {
  readonly child: ChildProcess
  readonly out: () => string
  readonly said: () => string
  readonly exitCode: Promise<number | null>
}

function startShift(...args: readonly string[]): Shift {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let said = ''
  child.stdout.on('data', chunk => {
    out += chunk
  })
  child.stderr.on('data', chunk => {
    said += chunk
  })
  const exitCode = new Promise<number | null>(done => child.once('close', done))
  return { child, out: () => out, said: () => said, exitCode }
}

function expectNothingLeft(said: string): void {
  const [, pid, directory] = /process (\d+), http:\S+, (\S+)/.exec(said) ?? []
  const restarted = [...said.matchAll(/as process (\d+)/g)].map(match => match[1])
  expect(directory).toBeDefined()
  expect(existsSync(String(directory))).toBe(false)
  for (const one of [pid, ...restarted]) expect(() => process.kill(Number(one), 0)).toThrow('ESRCH')
}
