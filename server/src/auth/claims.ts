// From verified claims to a principal: what a token must say, and what is made of what it leaves out.

import { DEFAULT_ID, id, ROLES, type Role } from '@rollcall/shared'
import { z } from 'zod'
import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'
import type { JwtClaims } from './hs256.ts'

/** Under which names the identity provider writes the claims. */
export interface ClaimNames {
  readonly sub: string
  readonly roles: string
  readonly tenant: string
  readonly queues: string
  readonly watches: string
  readonly name: string
}

export const CLAIM_NAMES: ClaimNames = {
  sub: 'sub',
  roles: 'roles',
  tenant: 'tenant',
  queues: 'queues',
  watches: 'watches',
  name: 'name',
}

/** How far an issuer's clock may run ahead of the store's (`nbf`, `iat`). An expiry is never stretched. */
export const CLOCK_TOLERANCE_SECONDS = 5

const NAME_LENGTH = 100

/** `now` is the store's time in ms. Throws `unauthenticated`, saying which claim is wrong. */
export function principalOf(
  claims: JwtClaims,
  { names, requireTenant, now }: { names: ClaimNames; requireTenant: boolean; now: number },
): Principal {
  const times = { exp: claims.exp, iat: claims.iat, nbf: claims.nbf }
  const said = claimsSchema.safeParse({
    ...times,
    ...Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [ours, claims[theirs]])),
  })
  if (!said.success) throw new Refused('unauthenticated', sayWhatIsWrong(said.error, names))
  const { exp, iat, nbf, sub, roles, tenant, queues, watches, name } = said.data

  if (now >= exp * 1000) throw new Refused('unauthenticated', 'The token has expired. Sign in again.')
  if (nbf !== undefined && now < (nbf - CLOCK_TOLERANCE_SECONDS) * 1000) {
    throw new Refused('unauthenticated', 'The token is not valid yet (nbf). Check the clock of its issuer.')
  }
  // Dated ahead, it would outlive the revocation of everything issued until now.
  if (now < (iat - CLOCK_TOLERANCE_SECONDS) * 1000) {
    throw new Refused(
      'unauthenticated',
      'The token is issued in the future (iat). Check the clock of its issuer.',
    )
  }
  const known = roles.filter(isRole)
  if (known.length === 0) {
    throw new Refused(
      'unauthenticated',
      `The token grants no role. Put one of ${ROLES.join(', ')} into "${names.roles}".`,
    )
  }
  if (tenant === undefined && requireTenant) {
    throw new Refused('unauthenticated', `The token names no tenant. This server requires "${names.tenant}".`)
  }
  return {
    tenant: tenant ?? DEFAULT_ID,
    sub,
    name: name?.trim().slice(0, NAME_LENGTH) || sub,
    roles: known,
    queues: queues ?? null,
    watches: watches?.includes('*') ? '*' : (watches ?? []),
    issuedAt: iat * 1000,
    expiresAt: exp * 1000,
  }
}

const seconds = z.number().nonnegative().max(8_640_000_000_000)

const claimsSchema = z.object({
  exp: seconds,
  iat: seconds,
  nbf: seconds.optional(),
  sub: id,
  roles: z.array(z.string()).max(100),
  tenant: id.optional(),
  queues: z.array(id).max(1_000).optional(),
  watches: z
    .array(z.union([z.literal('*'), id]))
    .max(1_000)
    .optional(),
  name: z.string().optional(),
})

function sayWhatIsWrong(error: z.ZodError, names: ClaimNames): string {
  const issue = error.issues[0]
  const ours = String(issue?.path[0] ?? 'sub')
  const theirs = Object.entries(names).find(([name]) => name === ours)?.[1] ?? ours
  return `The claim "${theirs}" of the token is missing or wrong (${issue?.message ?? 'unreadable'}). Get another token.`
}

function isRole(role: string): role is Role {
  return ROLES.some(known => known === role)
}
