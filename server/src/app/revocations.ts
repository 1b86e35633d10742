// SU1: tokens that were taken back. Stored and in the feed, so that every node refuses them, on open sockets too.

import type { Storage } from '../storage/storage.ts'
import { actorAs } from './access.ts'
import type { RevocationService } from './app.ts'
import type { Commit } from './commit.ts'

export function createRevocations(storage: Storage, commit: Commit): RevocationService {
  return {
    async revoke(caller, { sub, issuedBefore }) {
      const { principal } = caller
      const { kind, id } = actorAs(principal, 'administrator')
      await commit({
        tenant: principal.tenant,
        event: 'revoked',
        caller,
        run(draft) {
          const cause = { event: 'revoked', actor: { kind, id }, rule: 'SU1', inputs: { sub, issuedBefore } }
          draft.revoke({ sub, issuedBefore }, cause)
          return null
        },
      })
    },

    isRevoked: ({ tenant, sub, issuedAt }) =>
      storage
        .revocations(tenant)
        // `iat` has whole seconds, and so has `issuedBefore`.
        .some(revoked => revoked.sub === sub && Math.floor(issuedAt / 1000) <= revoked.issuedBefore),
  }
}
