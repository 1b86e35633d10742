// `rollcall token`: makes a token offline, with the server's secret, or has one of a server in development mode.

import { ROLES, type Role } from '@rollcall/shared/vocabulary'
import { mintToken } from '../auth/mint.ts'
import { type DevClaims, devToken } from './dev-token.ts'
import { Failure, type World } from './world.ts'

export interface TokenFlags {
  readonly sub: string
  readonly role: readonly string[]
  readonly name?: string
  readonly tenant?: string
  readonly queues?: string
  readonly watches?: string
  readonly expiresIn: string
  readonly jwtSecret?: string
  readonly dev?: boolean
  readonly url?: string
  readonly dataDir?: string
}

export async function token(flags: TokenFlags, world: World): Promise<void> {
  const roles = flags.role.flatMap(splitList).map(roleOf)
  const expiresInSeconds = Number(flags.expiresIn)
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 1) {
    throw new Failure(`--expires-in takes a whole number of seconds, not "${flags.expiresIn}".`)
  }
  const claims = {
    sub: flags.sub,
    roles,
    expiresInSeconds,
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.tenant !== undefined && { tenant: flags.tenant }),
    ...(flags.queues !== undefined && { queues: splitList(flags.queues) }),
    ...(flags.watches !== undefined && { watches: splitList(flags.watches) }),
  }
  try {
    world.screen.write(`${await tokenFor(claims, flags, world)}\n`)
  } catch (error) {
    throw error instanceof Error ? new Failure(error.message) : error
  }
}

export function splitList(text: string): string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

async function tokenFor(claims: DevClaims, flags: TokenFlags, { env }: World): Promise<string> {
  const { ROLLCALL_JWT_SECRET } = env
  const secret = flags.jwtSecret ?? (ROLLCALL_JWT_SECRET || undefined)
  if (secret !== undefined) return mintToken({ secret, ...claims })
  if (flags.dev) return devToken(claims, flags, env)
  throw new Failure(
    'No secret to sign with. Set ROLLCALL_JWT_SECRET to the one that the server uses or, for a server in development mode, pass --dev.',
  )
}

function roleOf(text: string): Role {
  const role = ROLES.find(one => one === text)
  if (role !== undefined) return role
  throw new Failure(`"${text}" is no role. Roles are ${ROLES.join(', ')}.`)
}
