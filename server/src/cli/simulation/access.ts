// How the simulation gets its tokens: made with the server's secret, or asked of a server in development mode.

import { type MintOptions, mintToken } from '../../auth/mint.ts'
import { Failure } from '../world.ts'
import type { Claims } from './player.ts'

const TOKEN_SECONDS = 3_600
/** Well before a token ends another one is made. */
const USED_MS = 1_800_000

export interface AccessOptions {
  readonly url: string
  readonly tenant: string
  readonly secret: string | null
}

/** Rejects with a Failure when there is neither a secret nor a development mode, or the secret is not the server's. */
export async function tokensFor(options: AccessOptions): Promise<(claims: Claims) => Promise<string>> {
  const { url, tenant, secret } = options
  if (secret === null && (await modeOf(url)) !== 'development') {
    throw new Failure(
      'This server is not in development mode. Give its secret with ROLLCALL_JWT_SECRET or --jwt-secret.',
    )
  }
  if (secret !== null) await tryOut(secret, options)
  const made = new Map<string, { readonly token: Promise<string>; readonly untilMs: number }>()
  return async claims => {
    const key = `${claims.sub} ${claims.roles.join()}`
    const known = made.get(key)
    if (known && known.untilMs > performance.now()) return known.token
    const token = make({ ...claims, tenant, expiresInSeconds: TOKEN_SECONDS })
    made.set(key, { token, untilMs: performance.now() + USED_MS })
    token.catch(() => made.delete(key))
    return token
  }

  async function make(claims: Claims & { tenant: string; expiresInSeconds: number }): Promise<string> {
    if (secret !== null) return mintToken({ secret, ...claims })
    const response = await fetch(new URL('/v1/dev/token', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(claims),
    })
    if (!response.ok) throw new Error(`No token for ${claims.sub}: ${await response.text()}`)
    const { token } = (await response.json()) as { token: string }
    return token
  }
}

/** What the server says to a token of another secret, "sign in again", would help nobody here. */
async function tryOut(secret: string, { url, tenant }: AccessOptions): Promise<void> {
  const token = signed({ secret, tenant, sub: 'simulation', roles: ['administrator'], expiresInSeconds: 60 })
  const response = await ask(url, '/v1/me', { headers: { authorization: `Bearer ${token}` } })
  if (response.status !== 401) return
  throw new Failure(
    `The server at ${url} refuses tokens of this secret: ROLLCALL_JWT_SECRET, or --jwt-secret, differs from the server's. Give the one that it was started with; a server in development mode needs none.`,
  )
}

function signed(options: MintOptions): string {
  try {
    return mintToken(options)
  } catch (error) {
    throw error instanceof Error ? new Failure(error.message) : error
  }
}

function ask(url: string, path: string, request?: RequestInit): Promise<Response> {
  return fetch(new URL(path, url), request).catch(() => {
    throw new Failure(
      `No server answers at ${url}. Start one with \`rollcall serve --dev\`, or say where it is with --url.`,
    )
  })
}

async function modeOf(url: string): Promise<string> {
  const response = await ask(url, '/v1/about')
  const { mode } = (await response.json()) as { mode: string }
  return mode
}
