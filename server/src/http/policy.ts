import type { App } from '../app/app.ts'
import { given, type Handlers } from './handler.ts'

/** The one policy of a tenant. */
export function createPolicyHandlers({
  configuration: { policy },
}: App): Handlers<'getPolicy' | 'patchPolicy'> {
  return {
    getPolicy({ principal }) {
      const { resource, version } = policy.get(principal)
      return { status: 200, body: resource, version }
    },

    async patchPolicy({ caller, body: { attentionAfterMs, ...body }, ifMatch }) {
      const attention = attentionAfterMs && { attentionAfterMs: given(attentionAfterMs) }
      const { resource, version } = await policy.patch(caller, { ...given(body), ...attention }, ifMatch)
      return { status: 200, body: resource, version }
    },
  }
}
