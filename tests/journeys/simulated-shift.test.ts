// A simulated shift against a real server process that is killed in the middle: no invariant may break.

import { runCommand, startCommand } from '../support/cli-world.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { SECRET } from '../support/tokens.ts'
import { until } from '../support/until.ts'

const SEED = String(process.env['SEED'] ?? 20_261_124)
const SHIFT = ['--people', '20', '--minutes', String(20 / 60), '--seed', SEED]

describe('rollcall simulate', () => {
  let server: ServerProcess

  beforeAll(async () => {
    server = await startServerProcess()
  })
  afterAll(async () => {
    await server.remove()
  })

  it(`[I1, I2, I3, I5, I6, I7, I8] plays a shift over a kill -9 with no invariant broken (seed ${SEED})`, async () => {
    const env = { ROLLCALL_JWT_SECRET: SECRET, ROLLCALL_URL: server.url }
    const shift = startCommand(['simulate', ...SHIFT], env)
    // Its first line of progress comes after half of the shift.
    await until('half of the shift is over', () => /\d+ here {2}\d+ acts/.test(shift.out()), 30_000)
    server = await server.crashAndRestart()
    const code = await shift.exitCode
    const { 1: lost } = /connections lost without our doing: (\d+)/.exec(shift.out()) ?? []
    expect({ code, complaints: shift.complaints(), out: shift.out() }).toMatchObject({
      code: 0,
      complaints: '',
    })
    // The kill was felt, and each invariant had something to judge.
    expect(Number(lost)).toBeGreaterThan(5)
    for (const id of ['I1', 'I2', 'I3', 'I5', 'I8', 'one']) {
      expect(shift.out()).toMatch(new RegExp(`[1-9]\\d* × holds  ${id} `))
    }
  }, 120_000)

  it('puts the restore window of its tenant back', async () => {
    const { out } = await runCommand(
      ['token', '--sub', 'ivo', '--role', 'administrator', '--tenant', 'simulation'],
      { ROLLCALL_JWT_SECRET: SECRET },
    )
    const headers = { authorization: `Bearer ${out.trim()}` }
    const response = await fetch(`${server.url}/v1/policy`, { headers })
    expect(await response.json()).toMatchObject({ restoreWindowMs: 150_000 })
  })

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
