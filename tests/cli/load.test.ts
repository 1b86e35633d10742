// `rollcall load` against a real server: it measures, it checks, and it fails when the server lies.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createLatencies } from '../../server/src/cli/load/latencies.ts'
import { readScenario } from '../../server/src/cli/load/scenario.ts'
import { runCommand, startCommand } from '../support/cli-world.ts'
import { startLyingProxy, type Twist } from '../support/lying-proxy.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { SECRET } from '../support/tokens.ts'

const directory = mkdtempSync(join(tmpdir(), 'rollcall-load-'))
const secured = { ROLLCALL_JWT_SECRET: SECRET }
const WORK = { work: 1 }
const SMALL = { representatives: 20, watchers: 2 }
const SHORT = {
  ...SMALL,
  phases: [{ kind: 'burst', commands: 60, inFlight: 8, mix: { work: 1, choose: 1 } }],
}

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

describe('rollcall load', () => {
  it('[SU3] plays steady work, a burst and a storm, and finds that every check holds', async () => {
    const file = scenario({
      ...SMALL,
      phases: [
        { kind: 'steady', seconds: 2, perSecond: 40, mix: { choose: 1, work: 2, read: 1 } },
        { kind: 'burst', commands: 100, inFlight: 20, mix: WORK },
        { kind: 'storm', share: 0.5, awaySeconds: 0.1 },
        { kind: 'steady', seconds: 1, perSecond: 20, mix: WORK },
      ],
    })
    const { code, out, complaints } = await runCommand(['load', file, '--url', server.url], secured)
    expect(complaints).toBe('')
    expect(code).toBe(0)
    expect(out).toMatch(/signed in, or back +30 /)
    expect(out).toMatch(/watchers told +\d+ /)
    expect(out).not.toMatch(/BROKEN|unseen/)
    expect(out).toMatch(/20 × holds {2}at the end GET says/)
  })

  it.each([
    ['load', () => [scenario(SHORT)]],
    ['simulate', () => ['--minutes', '0.05', '--people', '2']],
  ])("says in rollcall %s that the secret is not the server's", async (command, rest) => {
    const other = { ROLLCALL_JWT_SECRET: `another ${SECRET}` }
    const { code, complaints } = await runCommand([command, ...rest(), '--url', server.url], other)
    expect(code).toBe(1)
    expect(complaints).toContain("ROLLCALL_JWT_SECRET, or --jwt-secret, differs from the server's")
    expect(complaints).not.toContain('Sign in again')
  })

  it.each<[string, () => Twist, string]>([
    ['a watcher is told an older revision', olderRevision, 'BROKEN rising'],
    ['a watcher is not told a change', lostChange, 'BROKEN final'],
    ['a change is acknowledged that was none', sameRevision, 'BROKEN revisions'],
    ['a command is refused', refusal, 'BROKEN answers'],
  ])(
    'fails with exit code 1 when %s',
    async (_what, twist, sentence) => {
      const proxy = await startLyingProxy(server.url, twist())
      try {
        const { code, out, complaints } = await runCommand(
          ['load', scenario(SHORT), '--url', proxy.url],
          secured,
        )
        expect(code).toBe(1)
        expect(out).toContain(sentence)
        expect(complaints).toMatch(/^\d+ checks failed\./)
      } finally {
        await proxy.close()
      }
    },
    40_000,
  )

  it('ends early when it is asked to, and compares all the same', async () => {
    const file = scenario({ ...SMALL, phases: [{ kind: 'idle', seconds: 3_600 }] })
    const command = startCommand(['load', file, '--url', server.url], secured)
    command.stop()
    expect(await command.exitCode).toBe(0)
    expect(command.out()).toContain('at the end every watcher has what GET says')
  })

  it.each([
    ['no file', '', 'cannot be read'],
    ['no JSON', '{', 'is not JSON'],
    ['an unknown field', JSON.stringify({ ...SHORT, agents: 3 }), 'agents'],
    [
      'a phase without a mix',
      JSON.stringify({ ...SHORT, phases: [{ kind: 'burst', commands: 1 }] }),
      'phases.0.mix',
    ],
    [
      'a mix of nothing',
      JSON.stringify({ ...SHORT, phases: [{ kind: 'burst', commands: 1, mix: {} }] }),
      'a weight',
    ],
  ])('refuses %s with one sentence', async (_what, text, sentence) => {
    const file = join(directory, text === '' ? 'missing.json' : 'wrong.json')
    if (text !== '') writeFileSync(file, text)
    const { code, complaints } = await runCommand(['load', file, '--url', server.url], secured)
    expect(code).toBe(1)
    expect(complaints).toContain(sentence)
    expect(complaints).not.toContain('    at ')
  })

  it('refuses a server that is not on this machine, unless that is wanted', async () => {
    const { code, complaints } = await runCommand(
      ['load', scenario(SHORT), '--url', 'http://192.0.2.1'],
      secured,
    )
    expect(code).toBe(1)
    expect(complaints).toContain('--yes-this-server')
  })

  it('comes with an example that is a scenario', async () => {
    const example = resolve(import.meta.dirname, '../../examples/load.json')
    expect((await readScenario(example)).phases.map(({ kind }) => kind)).toEqual([
      'steady',
      'burst',
      'storm',
      'steady',
    ])
  })
})

describe('its latencies', () => {
  it('are told at most 2 % too high, and the greatest exactly', () => {
    const latencies = createLatencies()
    for (let ms = 1; ms <= 1_000; ms++) latencies.add(ms)
    expect(latencies.count()).toBe(1_000)
    for (const q of [0.5, 0.9, 0.99]) {
      expect(latencies.quantile(q)).toBeGreaterThanOrEqual(q * 1_000)
      expect(latencies.quantile(q)).toBeLessThanOrEqual(q * 1_020)
    }
    expect(latencies.quantile(1)).toBe(1_000)
  })

  it('are no number when there are none', () => {
    expect(createLatencies().quantile(0.5)).toBeNaN()
  })
})

function scenario(content: object): string {
  const file = join(directory, `${Math.random().toString(36).slice(2)}.json`)
  writeFileSync(file, JSON.stringify(content))
  return file
}

/** Live changes only: those of a state say `complete`. */
const isLive = (frame: string) => frame.startsWith('42["presence:changes"') && !frame.includes('"complete"')

function olderRevision(): Twist {
  let lies = 0
  return frame => {
    if (!isLive(frame) || lies > 0) return frame
    lies += 1
    return frame.replace(/"revision":\d+/, '"revision":1')
  }
}

function lostChange(): Twist {
  return frame => (isLive(frame) ? null : frame)
}

function sameRevision(): Twist {
  let lies = 0
  return frame => {
    if (!frame.startsWith('43') || !frame.includes('"revision":') || lies > 0) return frame
    lies += 1
    return frame.replace(/"revision":\d+/, '"revision":1')
  }
}

function refusal(): Twist {
  let lies = 0
  return frame => {
    if (!/^43\d+\[\{"ok":true,"data":\{"(outcome|representativeId)"/.test(frame) || lies > 0) return frame
    lies += 1
    const start = frame.indexOf('[')
    const error = { code: 'no-capacity', message: 'There is no room.', retry: false }
    return frame.slice(0, start) + JSON.stringify([{ ok: false, error }])
  }
}
