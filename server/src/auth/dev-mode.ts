// The guards of development mode, in which anybody on this machine may have a token: it must never be reachable
// from another machine, nor from a foreign page in a browser on this one.

import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDirectory } from '../make-directory.ts'
import { isLoopback, isLoopbackHostHeader } from './loopback.ts'
import { isOwnLoopbackPage } from './origins.ts'

/** Throws an Error unless `host` is a loopback address. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return
  throw new Error(
    `Development mode listens on a loopback address only, not on ${host}. Set ROLLCALL_HOST=127.0.0.1, or set ROLLCALL_JWT_SECRET or ROLLCALL_JWKS_URL and leave out --dev.`,
  )
}

/** Why a request for a token is refused; null: it came from this machine, directly. Header names in lower case. */
export function refuseDevRequest(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | null {
  const proxied = Object.keys(headers).find(
    name => name === 'forwarded' || name === 'via' || name.startsWith('x-forwarded-'),
  )
  if (proxied !== undefined) {
    return `The request came through a proxy (header ${proxied}). Development tokens are for this machine only.`
  }
  const { host, origin } = headers
  if (typeof host !== 'string' || !isLoopbackHostHeader(host)) {
    return 'The Host header is not a loopback address. Open this server as http://127.0.0.1.'
  }
  if (origin !== undefined && (typeof origin !== 'string' || !isOwnLoopbackPage({ origin, host }))) {
    return 'A page of another origin asked. Development tokens are for the pages of this server.'
  }
  return null
}

/** The secret of this data directory, made at the first start: tokens survive a restart, and nobody shares one. */
export async function devSecret(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'dev-secret')
  await makeDirectory(dataDirectory)
  try {
    const secret = randomBytes(48).toString('base64url')
    await writeFile(file, secret, { mode: 0o600, flag: 'wx' })
    return secret
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    return (await readFile(file, 'utf8')).trim()
  }
}

/** The secret that a start has made there; null: none has. Makes nothing. */
export async function readDevSecret(dataDirectory: string): Promise<string | null> {
  try {
    return (await readFile(join(dataDirectory, 'dev-secret'), 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null
}
