// The server about itself and about the bearer of a token.

import { type About, type Me, PROTOCOL_VERSION } from '@rollcall/shared'
import type { App } from '../app/app.ts'
import type { Handlers } from './handler.ts'

export type ServerInfo = Omit<About, 'protocol'>

/** `reasons`: why this node should get no requests now, besides the application not being ready. */
export function createAboutHandlers(
  app: App,
  info: ServerInfo,
  reasons: () => readonly string[],
): Handlers<'getHealth' | 'getReadiness' | 'getAbout' | 'getMe'> {
  return {
    getHealth: () => ({ status: 200, body: { status: 'ok' } }),

    getReadiness() {
      const why = app.ready()
        ? reasons()
        : ['The store does not answer, or is still being read.', ...reasons()]
      return why.length === 0
        ? { status: 200, body: { status: 'ready' } }
        : { status: 503, body: { status: 'not-ready', reasons: why } }
    },

    getAbout() {
      const { version, mode, demo, store, oidc } = info
      const about: About = { version, protocol: PROTOCOL_VERSION, mode, demo, store, oidc }
      return { status: 200, body: about }
    },

    getMe({ principal }) {
      const { sub, name, roles, tenant, queues, watches, expiresAt } = principal
      const { timeZone, restoreWindowMs, signOutRestores, sessionLimit } =
        app.configuration.policy.get(principal).resource
      // Claims give a representative's queues at her creation only; afterwards her record does.
      const known = roles.includes('representative') ? app.replica.view(tenant, sub) : null
      const me: Me = {
        sub,
        name: known?.name ?? name,
        roles: [...roles],
        tenant,
        queues: [...(known?.queues ?? queues ?? [])],
        watches: watches === '*' ? ['*'] : [...watches],
        expiresAt: new Date(expiresAt).toISOString(),
        policy: { timeZone, restoreWindowMs, signOutRestores, sessionLimit },
      }
      return { status: 200, body: me }
    },
  }
}
