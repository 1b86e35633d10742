// Reads the settings once, at the start: flags before environment before defaults. All mistakes are reported
// together, and combinations that cannot work are refused with what to do instead.

import { isLoopback } from './auth/loopback.ts'
import type { Setting } from './config-kinds.ts'
import { SETTINGS } from './config-table.ts'

type Key = keyof typeof SETTINGS
type ValueOf<Row> = Row extends Setting<infer Value> ? Value : never

/** Every setting of the table by its name; times in ms. */
export type Config = { readonly [Name in Key]: ValueOf<(typeof SETTINGS)[Name]> }

/** Flags as the command line parsed them, by the setting's name: text, or `true` for a flag without a value. */
export type Flags = Readonly<Record<string, unknown>>
export type Environment = Readonly<Record<string, string | undefined>>

export class ConfigurationMistakes extends Error {
  override readonly name = 'ConfigurationMistakes'
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    const many = mistakes.length === 1 ? 'One setting is' : `${mistakes.length} settings are`
    super(`${many} wrong:\n${mistakes.map(mistake => `  - ${mistake}`).join('\n')}`)
    this.mistakes = mistakes
  }
}

/** @throws ConfigurationMistakes with every mistake found */
export function parseConfig(env: Environment, flags: Flags = {}): Config {
  const mistakes: string[] = []
  const values = Object.fromEntries(
    settings().map(([name, row]) => [name, readOne(row, given(row, env, flags[name]), mistakes)]),
  ) as Config
  const config = mistakes.length === 0 ? values : null
  mistakes.push(...impossible(values, env, flags))
  if (config === null || mistakes.length > 0) throw new ConfigurationMistakes(mistakes)
  return config
}

/** Variables that look like ours but are none: most likely misspelt. */
export function unknownVariables(env: Environment): readonly string[] {
  const known = new Set<string>([...settings().flatMap(([, row]) => row.env), ...CLIENT_VARIABLES])
  return Object.keys(env)
    .filter(name => name.startsWith('ROLLCALL_') && !known.has(name))
    .sort()
}

/** What the commands that talk to a server read; `serve` ignores them. */
export const CLIENT_VARIABLES = ['ROLLCALL_URL', 'ROLLCALL_TOKEN'] as const

export interface SettingDescription {
  readonly name: string
  readonly env: readonly string[]
  readonly flag: string
  readonly fallback: string
  readonly unit: string
  readonly about: string
  readonly trades: string
}

/** The table in words: what `--help` and docs/CONFIGURATION.md print. */
export function describeConfig(): readonly SettingDescription[] {
  return settings().map(([name, row]) => ({
    name,
    env: row.env,
    flag: row.flag,
    fallback: row.fallbackText ?? inWords(row.fallback),
    unit: row.unit,
    about: row.about,
    trades: row.trades,
  }))
}

interface Given {
  readonly text: string
  /** Where it was given, as a complaint names it. */
  readonly where: string
}

function given(row: Setting<unknown>, env: Environment, flag: unknown): Given | null {
  if (flag === true) return { text: 'on', where: flagName(row) }
  if (flag !== undefined) return { text: String(flag), where: flagName(row) }
  for (const name of row.env) {
    const text = env[name]
    // An empty variable is an unset one: compose files and CI write them so.
    if (text !== undefined && text !== '') return { text, where: name }
  }
  return null
}

function readOne(row: Setting<unknown>, one: Given | null, mistakes: string[]): unknown {
  if (one === null) return row.fallback
  try {
    return row.read(one.text)
  } catch (error) {
    const complaint = error instanceof Error ? error.message : String(error)
    mistakes.push(`${one.where} ${complaint}${row.secret ? '' : ` (it is "${one.text}")`}.${hint(one)}`)
    return row.fallback
  }
}

/** Kubernetes writes the address of a service called "rollcall" into the very name of our port. */
function hint({ where, text }: Given): string {
  if (where !== 'ROLLCALL_PORT' || !text.startsWith('tcp://')) return ''
  return ' Kubernetes set it for a service of that name: set enableServiceLinks: false, or pass --port.'
}

/** Settings that are right alone and wrong together. Says for each what to do. */
function impossible(config: Config, env: Environment, flags: Flags): readonly string[] {
  const isGiven = (name: Key) => given(SETTINGS[name], env, flags[name]) !== null
  const mistakes: string[] = []
  if (isGiven('redisUrl')) {
    mistakes.push(
      'ROLLCALL_REDIS_URL is set, but this version keeps its data in the data directory only. Unset it.',
    )
  }
  if (isGiven('jwtSecret') && isGiven('jwksUrl')) {
    mistakes.push(
      'ROLLCALL_JWT_SECRET and ROLLCALL_JWKS_URL exclude each other. Unset the one you do not use.',
    )
  }
  if (isGiven('jwksUrl') && !(isGiven('jwtIssuer') && isGiven('jwtAudience'))) {
    mistakes.push('ROLLCALL_JWKS_URL needs ROLLCALL_JWT_ISSUER and ROLLCALL_JWT_AUDIENCE. Set both.')
  }
  if (!isGiven('jwksUrl') && (isGiven('jwtIssuer') || isGiven('jwtAudience'))) {
    mistakes.push(
      'ROLLCALL_JWT_ISSUER and ROLLCALL_JWT_AUDIENCE are checked with ROLLCALL_JWKS_URL only. Unset them, or set it.',
    )
  }
  if (!isGiven('jwtSecret') && !isGiven('jwksUrl') && !config.dev) {
    mistakes.push(
      'Nothing says whose tokens to trust. Set ROLLCALL_JWT_SECRET (at least 32 bytes) or ROLLCALL_JWKS_URL; to try things out on this machine, pass --dev.',
    )
  }
  if (config.dev && isGiven('jwksUrl')) {
    mistakes.push(
      '--dev hands out its own tokens, which ROLLCALL_JWKS_URL would refuse. Leave one of them out.',
    )
  }
  if (config.dev && !isLoopback(config.host)) {
    mistakes.push(
      `--dev gives a token to whoever asks, so it listens on a loopback address only (ROLLCALL_HOST is "${config.host}"). Use 127.0.0.1, or set a secret and leave --dev out.`,
    )
  }
  if (config.demo && isGiven('jwksUrl')) {
    mistakes.push(
      'The demo signs its own tokens, which ROLLCALL_JWKS_URL would refuse. Use a secret or --dev with it.',
    )
  }
  return mistakes
}

function settings(): readonly (readonly [string, Setting<unknown>])[] {
  return Object.entries(SETTINGS)
}

function flagName(row: Setting<unknown>): string {
  return row.flag.split(' ')[0] ?? row.flag
}

function inWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return value === null ? 'none' : String(value)
}
