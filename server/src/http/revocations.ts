import type { App } from '../app/app.ts'
import type { Handlers } from './handler.ts'

/** SU1: access ends when a token is revoked. */
export function createRevocationHandlers({ revocations }: App): Handlers<'createRevocation'> {
  return {
    async createRevocation({ caller, body }) {
      await revocations.revoke(caller, body)
      return { status: 200, body }
    },
  }
}
