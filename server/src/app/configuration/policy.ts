// The tenant's policy: one document, changed field by field.

import type { PolicyResource } from '@rollcall/shared'
import type { Policy } from '../../domain/configuration.ts'
import type { PolicyDocument, PolicyPatch } from '../app.ts'
import { defined } from '../defined.ts'
import { same } from '../same.ts'
import type { CollectionOptions } from './collection.ts'
import { configuring, setPolicy } from './configure.ts'
import { checkDefaultStatus, checkProfiles } from './references.ts'
import { checkIfMatch, POLICY_ID, versionOf } from './versions.ts'

export function createPolicy({ storage, commit }: CollectionOptions): PolicyDocument {
  const versioned = (tenant: string) => {
    const configuration = storage.configuration(tenant)
    return {
      resource: configuration.policy as PolicyResource,
      version: versionOf(configuration, 'policy', POLICY_ID),
    }
  }

  return {
    get: principal => versioned(principal.tenant),

    async patch(caller, body, ifMatch) {
      await configuring(commit, caller, (draft, configuration) => {
        checkIfMatch(ifMatch, versionOf(configuration, 'policy', POLICY_ID))
        if (body.defaultStatusId !== undefined) checkDefaultStatus(body.defaultStatusId, configuration)
        checkProfiles(Object.keys(body.newRepresentativeCapacity?.profiles ?? {}), configuration)
        const policy = merged(configuration.policy, body)
        if (!same(configuration.policy, policy)) setPolicy(draft, caller, policy)
        return null
      })
      return versioned(caller.principal.tenant)
    },
  }
}

/** Fields that are named replace; of `attentionAfterMs` each of its own. */
function merged(policy: Policy, { attentionAfterMs, ...fields }: PolicyPatch): Policy {
  return {
    ...policy,
    ...defined(fields),
    attentionAfterMs: { ...policy.attentionAfterMs, ...defined(attentionAfterMs ?? {}) },
  }
}
