import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Config, describeConfig, parseConfig, unknownVariables } from '../../server/src/config.ts'
import { configurationPage } from '../../server/src/config-page.ts'

const SECRET = 'a secret of thirty-two bytes or more'
const secured = { ROLLCALL_JWT_SECRET: SECRET }

describe('settings', () => {
  it('have the documented defaults', () => {
    const config = parseConfig(secured)
    expect(config).toMatchObject<Partial<Config>>({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      redisUrl: null,
      jwtSecret: SECRET,
      jwksUrl: null,
      requireTenant: false,
      allowedOrigins: [],
      handoverWindowMs: 30_000,
      pingIntervalMs: 10_000,
      pingTimeoutMs: 8_000,
      limits: true,
      logLevel: 'info',
      demo: false,
      dev: false,
    })
  })

  it('come from flags before the environment', () => {
    const env = { ...secured, ROLLCALL_PORT: '4000', ROLLCALL_HOST: '::1' }
    expect(parseConfig(env, { port: '5000' })).toMatchObject({ port: 5000, host: '::1' })
  })

  it('take an empty variable for an unset one', () => {
    expect(parseConfig({ ...secured, ROLLCALL_PORT: '' }).port).toBe(3000)
  })

  it.each([
    ['1', true],
    ['on', true],
    ['TRUE', true],
    ['off', false],
    ['0', false],
  ])('read %s as a switch', (text, expected) => {
    expect(parseConfig({ ...secured, ROLLCALL_LIMITS: text }).limits).toBe(expected)
  })

  it('begin the demo with the plain variable DEMO too', () => {
    expect(parseConfig({ ...secured, DEMO: '1' }).demo).toBe(true)
  })

  it('read a list of origins', () => {
    const env = { ...secured, ROLLCALL_ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173' }
    expect(parseConfig(env).allowedOrigins).toEqual(['https://a.example', 'http://localhost:5173'])
  })

  it('report all mistakes at once, each with its name and what to write', () => {
    const env = {
      ROLLCALL_PORT: '70000',
      ROLLCALL_LIMITS: 'maybe',
      ROLLCALL_LOG_LEVEL: 'loud',
      ROLLCALL_ALLOWED_ORIGINS: 'https://a.example/desk,*',
      ROLLCALL_JWT_SECRET: 'short',
      ROLLCALL_REDIS_URL: 'redis://localhost',
    }
    const mistakes = mistakesOf(() => parseConfig(env, { pingTimeoutMs: '8s' }))
    expect(mistakes).toHaveLength(7)
    const all = mistakes.join('\n')
    expect(all).toContain('ROLLCALL_PORT must be a whole number from 0 to 65535 (it is "70000")')
    expect(all).toContain('ROLLCALL_LIMITS must be on or off (it is "maybe")')
    expect(all).toContain('ROLLCALL_LOG_LEVEL must be one of fatal, error')
    expect(all).toContain('"https://a.example/desk" is no origin')
    expect(all).toContain('"*" is no origin')
    expect(all).toContain('--ping-timeout-ms must be a whole number')
    expect(all).toContain('ROLLCALL_REDIS_URL is set, but this version')
    expect(all).toContain('ROLLCALL_JWT_SECRET must have at least 32 bytes')
  })

  it('never print a secret back', () => {
    expect(mistakesOf(() => parseConfig({ ROLLCALL_JWT_SECRET: 'hunter2' })).join()).not.toContain('hunter2')
  })

  it.each<[string, Record<string, string>, string]>([
    ['no secret and no --dev', {}, 'pass --dev'],
    ['two ways to verify', { ...secured, ...jwks() }, 'exclude each other'],
    ['a JWKS without an audience', { ...jwks(), ROLLCALL_JWT_AUDIENCE: '' }, 'ROLLCALL_JWT_AUDIENCE'],
    [
      'an issuer that nothing would check',
      { ...secured, ROLLCALL_JWT_ISSUER: 'x' },
      'ROLLCALL_JWKS_URL only',
    ],
    ['--dev with a JWKS', { ...jwks(), ROLLCALL_DEV: '1' }, 'Leave one of them out'],
    ['--dev for everybody', { ROLLCALL_DEV: '1', ROLLCALL_HOST: '0.0.0.0' }, 'loopback address only'],
    ['a demo that could not sign in', { ...jwks(), DEMO: '1' }, 'Use a secret or --dev'],
    ['keys fetched in the clear', { ...jwks(), ROLLCALL_JWKS_URL: 'http://login.example/keys' }, 'https://'],
  ])('refuse %s, saying what to do', (_what, env, advice) => {
    expect(mistakesOf(() => parseConfig(env)).join('\n')).toContain(advice)
  })

  it('explain the port that Kubernetes writes for a service of that name', () => {
    const mistakes = mistakesOf(() => parseConfig({ ...secured, ROLLCALL_PORT: 'tcp://10.0.0.1:3000' }))
    expect(mistakes.join()).toContain('enableServiceLinks: false')
  })

  it('notice misspelt variables, but not those of other commands', () => {
    const env = { ROLLCALL_PROT: '1', ROLLCALL_TOKEN: 'x', ROLLCALL_PORT: '1', HOME: '/' }
    expect(unknownVariables(env)).toEqual(['ROLLCALL_PROT'])
  })

  it('are all described, each with a variable, a flag and what it trades', () => {
    const rows = describeConfig()
    expect(rows.map(row => row.name).sort()).toEqual(Object.keys(parseConfig(secured)).sort())
    for (const row of rows) {
      expect(row.env[0]).toMatch(/^ROLLCALL_[A-Z_]+$/)
      expect(row.flag).toMatch(/^--[a-z-]+( <.+>)?$/)
      expect(row.about).toMatch(/\.$/)
      expect(row.trades).toMatch(/\.$/)
    }
  })

  it('stand in docs/CONFIGURATION.md as they are in the table (else run scripts/write-configuration.mjs)', () => {
    const file = readFileSync(resolve(import.meta.dirname, '../../docs/CONFIGURATION.md'), 'utf8')
    expect(file).toBe(configurationPage())
  })
})

function jwks() {
  return {
    ROLLCALL_JWKS_URL: 'https://login.example/keys',
    ROLLCALL_JWT_ISSUER: 'https://login.example',
    ROLLCALL_JWT_AUDIENCE: 'rollcall',
  }
}

function mistakesOf(parse: () => unknown): readonly string[] {
  try {
    parse()
  } catch (error) {
    if (error instanceof Error && 'mistakes' in error) return error.mistakes as readonly string[]
    throw error
  }
  return []
}
