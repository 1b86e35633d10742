// Routes about the server itself, the bearer of a token, and development mode.
import { z } from 'zod'
import { ROLES } from '../../vocabulary.ts'
import { id, instant, milliseconds } from '../primitives.ts'
import { revocationBody } from '../resources.ts'
import type { RouteSpec } from './route.ts'

export const about = z.object({
  version: z.string(),
  protocol: z.int(),
  mode: z.enum(['development', 'production']),
  demo: z.boolean(),
  store: z.enum(['embedded', 'redis']),
  oidc: z.object({ issuer: z.string(), clientId: z.string(), scopes: z.array(z.string()) }).nullable(),
})
export type About = z.infer<typeof about>

export const me = z.object({
  sub: id,
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  tenant: id,
  queues: z.array(id),
  watches: z.array(z.string()).meta({ description: 'Queues that may be watched; `*` is all of them.' }),
  expiresAt: instant,
  policy: z.object({
    timeZone: z.string(),
    restoreWindowMs: milliseconds,
    signOutRestores: z.boolean(),
    sessionLimit: z.int(),
  }),
})
export type Me = z.infer<typeof me>

export const devTokenBody = z.strictObject({
  sub: id,
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  queues: z.array(id).max(1_000).optional(),
  watches: z
    .array(z.union([z.literal('*'), id]))
    .max(1_000)
    .optional(),
  tenant: id.optional(),
  name: z.string().trim().min(1).max(100).optional(),
  expiresInSeconds: z.int().min(1).max(31_536_000).optional(),
})
export type DevTokenBody = z.infer<typeof devTokenBody>

/** Somebody a page may offer to sign in as; the other fields are those of the token. */
export const devPerson = devTokenBody.omit({ expiresInSeconds: true }).extend({ name: z.string() })
export type DevPerson = z.infer<typeof devPerson>

export const SYSTEM_ROUTES = {
  getHealth: {
    method: 'get',
    path: '/healthz',
    group: 'Server',
    summary: 'Whether the process lives',
    access: 'public',
    responses: { 200: z.object({ status: z.literal('ok') }) },
    errors: [],
  },
  getReadiness: {
    method: 'get',
    path: '/readyz',
    group: 'Server',
    summary: 'Whether requests can be answered now',
    description:
      'For a load balancer: 503 while the store does not answer, is still being read, or the node is stopping.',
    access: 'public',
    responses: {
      200: z.object({ status: z.literal('ready') }),
      503: z.object({ status: z.literal('not-ready'), reasons: z.array(z.string()) }),
    },
    errors: [],
  },
  getAbout: {
    method: 'get',
    path: '/v1/about',
    group: 'Server',
    summary: 'What this server is',
    access: 'public',
    responses: { 200: about },
    errors: [],
  },
  getMe: {
    method: 'get',
    path: '/v1/me',
    group: 'Server',
    summary: 'Who the token says you are',
    access: 'token',
    responses: { 200: me },
    errors: [],
  },
  createRevocation: {
    method: 'post',
    path: '/v1/revocations',
    group: 'Access',
    summary: 'Refuse the tokens of somebody',
    description:
      'Every token of `sub` issued at or before `issuedBefore` (seconds since 1970) is refused from now on, also on open sockets.',
    access: ['administrator'],
    body: revocationBody,
    command: true,
    responses: { 200: revocationBody },
    errors: [],
  },
  createDevToken: {
    method: 'post',
    path: '/v1/dev/token',
    group: 'Development',
    summary: 'Mint a token',
    description:
      'In development mode only; refused for a request that came through a proxy or from a foreign page.',
    access: 'public',
    body: devTokenBody,
    development: true,
    responses: { 200: z.object({ token: z.string() }) },
    errors: ['forbidden'],
  },
  listDevPeople: {
    method: 'get',
    path: '/v1/dev/people',
    group: 'Development',
    summary: 'Whom a page may sign in as',
    description: 'In development mode only.',
    access: 'public',
    development: true,
    responses: { 200: z.object({ items: z.array(devPerson), next: z.string().nullable() }) },
    errors: ['forbidden'],
  },
} as const satisfies Record<string, RouteSpec>
