// `rollcall serve` and `rollcall watch` as commands, in this process, on real loopback ports.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PresenceView } from '@rollcall/shared'
import { devSecret } from '../../server/src/auth/dev-mode.ts'
import { mintToken } from '../../server/src/auth/mint.ts'
import { CAST } from '../../server/src/cli/simulation/cast.ts'
import { startPlay } from '../../server/src/cli/simulation/player.ts'
import { systemClock } from '../../server/src/clock.ts'
import { type RunningCommand, startCommand } from '../support/cli-world.ts'
import { until } from '../support/until.ts'

const LISTENING = /^rollcall listening on (http:\/\/127\.0\.0\.1:\d+) \(store: embedded\)\n/
const directories: string[] = []
const commands: RunningCommand[] = []

afterAll(async () => {
  // What a failed test left running.
  for (const command of commands) command.stop()
  await Promise.all(commands.map(command => command.exitCode))
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

describe('rollcall serve', () => {
  it('prints its line when it listens, what to do next, and stops when asked', async () => {
    const server = await serve()
    const { status } = await fetch(`${server.url}/healthz`)
    expect(status).toBe(200)
    expect(server.command.out()).toContain('npx rollcall watch')
    expect(await server.stop()).toBe(0)
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  })

  it('says what to do about a port in use', async () => {
    const server = await serve()
    const port = new URL(server.url).port
    const second = startCommand(['serve', '--dev', '--data-dir', newDirectory(), '--port', port])
    expect(await second.exitCode).toBe(1)
    expect(second.complaints()).toBe(
      `Port ${port} of 127.0.0.1 is in use already. Stop what uses it, or take another one with --port.`,
    )
    await server.stop()
  })

  it('says what to do about a data directory in use', async () => {
    const server = await serve()
    const second = startCommand(['serve', '--dev', '--data-dir', server.directory, '--port', '0'])
    expect(await second.exitCode).toBe(1)
    expect(second.complaints()).toContain(server.directory)
    expect(second.complaints()).toContain('Stop it, or give this one a directory of its own with --data-dir')
    await server.stop()
  })

  it('says what to do about a data directory that cannot be made, and does not hang', async () => {
    const server = startCommand(['serve', '--dev', '--data-dir', '/proc/rollcall/data', '--port', '0'])
    expect(await server.exitCode).toBe(1)
    expect(server.complaints()).toMatch(/nother (one with )?--data-dir/)
  })

  it('makes a data directory with what is missing above it', async () => {
    const directory = join(newDirectory(), 'missing', 'too')
    const server = startCommand(['serve', '--dev', '--data-dir', directory, '--port', '0'])
    await until('it listens', () => LISTENING.test(server.out()))
    server.stop()
    expect(await server.exitCode).toBe(0)
  })

  it('warns of a misspelt variable and starts all the same', async () => {
    const server = await serve({ ROLLCALL_PROT: '1' })
    expect(server.command.complaints()).toContain('ROLLCALL_PROT is no setting of this version')
    await server.stop()
  })
})

describe('rollcall watch', () => {
  it('gets itself a token in development mode, and prints each change of the demo as a line of JSON', async () => {
    const server = await serve()
    const demo = await playFast(server)
    const watch = startCommand(['watch', '--url', server.url, '--json'])
    const seen = () => new Map(watch.out().split('\n').filter(Boolean).map(parse))
    const some = (is: (view: PresenceView) => boolean) => [...seen().values()].filter(is)
    await until('fifty are signed in', () => some(view => view.signedIn).length === 50, 20_000)
    await until(
      'somebody is busy with work',
      () => some(view => view.base === 'busy' && view.work.length > 0)[0],
    )
    watch.stop()
    expect(await watch.exitCode).toBe(0)
    await demo.stop()
    await server.stop()
  })

  it('says that nobody is there yet', async () => {
    const server = await serve()
    const watch = startCommand(['watch', '--url', server.url])
    await until('it says so', () => watch.complaints().startsWith('Nobody is in what you watch yet.'))
    watch.stop()
    expect(await watch.exitCode).toBe(0)
    await server.stop()
  })

  it('[SU1] says so when a token may watch no queue, and ends', async () => {
    const server = await serve()
    const secret = await devSecret(server.directory)
    const token = mintToken({ secret, sub: 'sue', roles: ['supervisor'], expiresInSeconds: 60 })
    const watch = startCommand(['watch', '--url', server.url, '--token', token])
    expect(await watch.exitCode).toBe(1)
    expect(watch.complaints()).toMatch(/^This token may watch no queue, .*--watches/)
    await server.stop()
  })

  it('[SU1] says why a token that may not watch is refused', async () => {
    const server = await serve()
    const secret = await devSecret(server.directory)
    const token = mintToken({ secret, sub: 'ada', roles: ['representative'], expiresInSeconds: 60 })
    const watch = startCommand(['watch', '--url', server.url, '--token', token])
    expect(await watch.exitCode).toBe(1)
    expect(watch.complaints()).toMatch(/^The server refuses the watch: .+/)
    await server.stop()
  })
})

function parse(line: string): [string, PresenceView] {
  const view: PresenceView = JSON.parse(line)
  return [view.representativeId, view]
}

/** The demo, thirty times as fast: fifty people sign in within a second. */
async function playFast({ url, directory }: { url: string; directory: string }) {
  const secret = await devSecret(directory)
  return startPlay({
    url,
    cast: CAST,
    seed: 3,
    clock: { ...systemClock, after: (ms, callback) => systemClock.after(ms / 30, callback) },
    tokenFor: claims => mintToken({ secret, ...claims, expiresInSeconds: 600 }),
    onReport: () => {},
  })
}

async function serve(env: Readonly<Record<string, string>> = {}) {
  const directory = newDirectory()
  const args = ['serve', '--dev', '--data-dir', directory, '--port', '0', '--log-level', 'silent']
  const command = startCommand(args, env)
  commands.push(command)
  const ended = command.exitCode.then(code => {
    if (!LISTENING.test(command.out())) throw new Error(`serve ended with ${code}: ${command.complaints()}`)
    return code
  })
  await Promise.race([ended, until('serve listens', () => LISTENING.test(command.out()), 20_000)])
  const url = LISTENING.exec(command.out())?.[1] ?? ''
  return {
    url,
    directory,
    command,
    stop() {
      command.stop()
      return ended
    },
  }
}

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-cli-'))
  directories.push(directory)
  return directory
}
