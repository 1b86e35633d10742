import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthenticator } from '../../server/src/auth/authenticator.ts'
import { devSecret } from '../../server/src/auth/dev-mode.ts'
import { describeConfig } from '../../server/src/config.ts'
import { runCommand } from '../support/cli-world.ts'
import { startServer } from '../support/server.ts'

const SECRET = 'a secret of thirty-two bytes or more'
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9'
const secured = { ROLLCALL_JWT_SECRET: SECRET }

describe('rollcall', () => {
  it('lists in serve --help every setting with its variable and default', async () => {
    const { code, out } = await runCommand(['serve', '--help'])
    expect(code).toBe(0)
    const text = out.replace(/\s+/g, ' ')
    for (const { flag, env, fallback } of describeConfig()) {
      expect(text).toContain(flag)
      expect(text).toContain(env[0])
      expect(text).toContain(`default: ${fallback}`)
    }
    expect(out).toContain('Examples:')
  })

  it.each([
    ['--help'],
    ['token --help'],
    ['watch --help'],
    ['simulate --help'],
    ['load --help'],
    ['--version'],
  ])('answers %s', async args => {
    const { code, out } = await runCommand(args.split(' '))
    expect(code).toBe(0)
    expect(out).not.toBe('')
  })

  it.each([['dance'], ['serve --prot 3000'], ['token --sub ada'], ['serve surplus']])(
    'answers a wrong call, %s, with exit code 2 and where help is',
    async args => {
      const { code, out, complaints } = await runCommand(args.split(' '))
      expect(code).toBe(2)
      expect(complaints).toMatch(/^error: .*\n.*--help/s)
      expect(out).toBe('')
    },
  )

  it('answers wrong settings with exit code 2 and all of them', async () => {
    const { code, complaints } = await runCommand(['serve', '--port', 'x'], { ROLLCALL_LIMITS: 'maybe' })
    expect(code).toBe(2)
    expect(complaints).toContain('--port must be')
    expect(complaints).toContain('ROLLCALL_LIMITS must be')
    expect(complaints).toContain('pass --dev')
  })
})

describe('rollcall token', () => {
  it('makes a token that the server accepts', async () => {
    const args =
      'token --sub ada --role representative supervisor --queues billing,sales --watches * --name Ada'
    const { code, out } = await runCommand(args.split(' '), secured)
    expect(code).toBe(0)
    const principal = await createAuthenticator({
      jwtSecret: SECRET,
      requireTenant: false,
      now: Date.now,
    }).authenticate(out.trim())
    expect(principal).toMatchObject({
      tenant: 'default',
      sub: 'ada',
      name: 'Ada',
      roles: ['representative', 'supervisor'],
      queues: ['billing', 'sales'],
      watches: '*',
    })
    expect(principal.expiresAt - principal.issuedAt).toBe(3_600_000)
  })

  describe('--dev', () => {
    const ADA = ['--dev', '--sub', 'ada', '--role', 'representative']
    let directory: string
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'rollcall-cli-'))
    })
    afterEach(() => rmSync(directory, { recursive: true }))

    it('asks the server that runs, whatever data directory it has', async () => {
      await devSecret(directory)
      const server = await startServer({ env: { ROLLCALL_DEV: 'on', ROLLCALL_JWT_SECRET: SECRET } })
      try {
        const { port } = new URL(server.url)
        const env = { ROLLCALL_PORT: port, ROLLCALL_DATA_DIR: directory }
        for (const place of [[], ['--url', server.url], ['--url', server.url, '--data-dir', directory]]) {
          const { code, out } = await runCommand(['token', ...ADA, ...place], env)
          expect(code).toBe(0)
          const { status } = await fetch(`${server.url}/v1/me`, {
            headers: { authorization: `Bearer ${out.trim()}` },
          })
          expect(status).toBe(200)
        }
      } finally {
        await server.close()
      }
    })

    it('says why the server that runs refuses a token', async () => {
      const server = await startServer({ env: { ROLLCALL_DEV: 'on', ROLLCALL_JWT_SECRET: SECRET } })
      try {
        const { code, complaints } = await runCommand([
          'token',
          ...ADA,
          '--url',
          server.url,
          '--tenant',
          'no tenant',
        ])
        expect(code).toBe(1)
        expect(complaints).toMatch(/^The server at http:\S+ refuses the token: .*tenant/)
      } finally {
        await server.close()
      }
    })

    it.each([
      ['it alone is named', []],
      ['no server answers', ['--url', NOWHERE]],
    ])('signs with the secret of the data directory when %s', async (_when, place) => {
      const secret = await devSecret(directory)
      const { code, out } = await runCommand(['token', ...ADA, ...place, '--data-dir', directory])
      expect(code).toBe(0)
      const authenticator = createAuthenticator({ jwtSecret: secret, requireTenant: false, now: Date.now })
      expect(await authenticator.authenticate(out.trim())).toMatchObject({ sub: 'ada' })
    })

    it('refuses when there is neither a server nor a secret, and makes none', async () => {
      const empty = join(directory, 'empty')
      for (const place of [['--url', NOWHERE], []]) {
        const { code, out, complaints } = await runCommand(['token', ...ADA, ...place, '--data-dir', empty])
        expect(code).toBe(1)
        expect(out).toBe('')
        expect(complaints).toContain(`here is no secret in ${empty}. Start a server with \`npm start\``)
        expect(existsSync(empty)).toBe(false)
      }
    })
  })

  it.each([
    ['no secret', {}, '--sub ada --role representative', 'Set ROLLCALL_JWT_SECRET'],
    ['a short secret', { ROLLCALL_JWT_SECRET: 'short' }, '--sub ada --role representative', '32'],
    ['an unknown role', secured, '--sub ada --role boss', '"boss" is no role'],
    ['a wrong time', secured, '--sub ada --role representative --expires-in 1h', 'whole number of seconds'],
  ])('fails for %s with one sentence and exit code 1', async (_what, env, args, sentence) => {
    const { code, out, complaints } = await runCommand(['token', ...args.split(' ')], env)
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(complaints).toContain(sentence)
    expect(complaints).not.toContain('    at ')
  })
})

describe('rollcall watch', () => {
  it('says how to start a server when none answers', async () => {
    const { code, complaints } = await runCommand(['watch', '--url', 'http://127.0.0.1:9'])
    expect(code).toBe(1)
    expect(complaints).toContain('No server answers at http://127.0.0.1:9.')
    expect(complaints).toContain('rollcall serve --dev')
  })
})
