// A token of development mode: from the server that runs, or, when none does, from the secret of a data directory.

import { readDevSecret } from '../auth/dev-mode.ts'
import { type MintOptions, mintToken } from '../auth/mint.ts'
import type { Environment } from '../config.ts'
import { Failure } from './world.ts'

export type DevClaims = Omit<MintOptions, 'secret' | 'issuedAt'>

export interface DevPlace {
  readonly url?: string
  readonly dataDir?: string
}

/** A port may be held by something that never answers. */
const ANSWER_MS = 3_000

/**
 * A directory that is named and no server beside it: that directory's secret, whatever runs. Rejects with a Failure
 * when neither a server nor a secret is there; makes no secret, because no server would know it.
 */
export async function devToken(claims: DevClaims, place: DevPlace, env: Environment): Promise<string> {
  const { ROLLCALL_URL, ROLLCALL_PORT, ROLLCALL_DATA_DIR } = env
  const url = place.url ?? (ROLLCALL_URL || `http://127.0.0.1:${ROLLCALL_PORT || 3000}`)
  if (!URL.canParse(url)) throw new Failure(`"${url}" is no URL. Write it like http://127.0.0.1:3000.`)
  const asksServer = place.dataDir === undefined || place.url !== undefined
  const mode = asksServer ? await modeOf(url) : null
  if (mode === 'development') return askServer(url, claims)
  const directory = place.dataDir ?? (ROLLCALL_DATA_DIR || './data')
  const secret = await readDevSecret(directory)
  if (secret !== null) return mintToken({ secret, ...claims })
  const what =
    mode === null ? 'No server in development mode answers' : 'The server is not in development mode'
  const there = asksServer ? `${what} at ${url}, and there` : 'There'
  throw new Failure(
    `${there} is no secret in ${directory}. Start a server with \`npm start\` or \`rollcall serve --dev\` and do this again, or say where it is with --url, or its directory with --data-dir.`,
  )
}

/** Null: nothing answers there, or it is no Rollcall. */
async function modeOf(url: string): Promise<string | null> {
  try {
    const response = await fetch(new URL('/v1/about', url), { signal: AbortSignal.timeout(ANSWER_MS) })
    const { mode } = (await response.json()) as { mode?: unknown }
    return typeof mode === 'string' ? mode : null
  } catch {
    return null
  }
}

async function askServer(url: string, claims: DevClaims): Promise<string> {
  const response = await fetch(new URL('/v1/dev/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(claims),
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => {
    throw new Failure(`The server at ${url} gave no token within ${ANSWER_MS / 1000} s. Do this again.`)
  })
  const body = (await response.json()) as { token?: string; detail?: string }
  if (body.token !== undefined) return body.token
  throw new Failure(`The server at ${url} refuses the token: ${body.detail ?? response.statusText}`)
}
