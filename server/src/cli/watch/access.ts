// Which server `rollcall watch` talks to, with what token, and which queues that token lets it watch.

import type { Environment } from '../../config.ts'
import { Failure } from '../world.ts'

export interface Access {
  readonly url: string
  readonly getToken: () => Promise<string>
  readonly watches: readonly string[] | '*'
}

const DEFAULT_URL = 'http://127.0.0.1:3000'

/** Rejects with a Failure that says what is missing: the server, a token, or a right. */
export async function accessTo(
  flags: { readonly url?: string; readonly token?: string },
  env: Environment,
): Promise<Access> {
  const { ROLLCALL_URL, ROLLCALL_TOKEN } = env
  const url = flags.url ?? (ROLLCALL_URL || DEFAULT_URL)
  if (!URL.canParse(url)) throw new Failure(`"${url}" is no URL. Write it like ${DEFAULT_URL}.`)
  const given = flags.token ?? (ROLLCALL_TOKEN || undefined)
  const { mode } = await read<{ mode: string }>(url, '/v1/about')
  if (given === undefined && mode !== 'development') {
    throw new Failure(
      'This server asks for a token. Pass a supervisor\'s with --token or ROLLCALL_TOKEN; `rollcall token --sub you --role supervisor --watches "*"` makes one.',
    )
  }
  const getToken = async () => given ?? developmentToken(url)
  const { watches } = await read<{ watches: readonly string[] }>(url, '/v1/me', {
    headers: { authorization: `Bearer ${await getToken()}` },
  })
  return { url, getToken, watches: watches.includes('*') ? '*' : watches }
}

async function developmentToken(url: string): Promise<string> {
  const claims = { sub: 'watch', name: 'rollcall watch', roles: ['supervisor'], watches: ['*'] }
  const { token } = await read<{ token: string }>(url, '/v1/dev/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(claims),
  })
  return token
}

async function read<Body>(url: string, path: string, request?: RequestInit): Promise<Body> {
  const response = await fetch(new URL(path, url), request).catch(() => {
    throw new Failure(
      `No server answers at ${url}. Start one with \`rollcall serve --dev\`, or say where it is with --url.`,
    )
  })
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  throw new Failure(`The server at ${url} refuses ${path}: ${reasonIn(text) ?? response.statusText}`)
}

/** What a problem document says, if it is one. */
function reasonIn(text: string): string | null {
  try {
    const { detail }: { detail?: unknown } = JSON.parse(text)
    return typeof detail === 'string' ? detail : null
  } catch {
    return null
  }
}
