// What every tenant has before anybody configures anything: the standard statuses (ST1), the queue and the
// workstream `default` (PO5).

import { DEFAULT_ID } from '@rollcall/shared/vocabulary'
import type { Configuration } from './configuration.ts'
import { dictionary } from './own.ts'
import { defaultPolicy, defaultWorkstream } from './policy.ts'
import { STANDARD } from './statuses.ts'

/** Version 0. The built-in workstream may be picked from (WK9) and goes to Available people only, one item at a time. */
export function builtInConfiguration(): Configuration {
  const workstream = {
    ...defaultWorkstream(DEFAULT_ID),
    name: 'Default',
    allowedPresences: ['available'],
    selfAssign: true,
  }
  return {
    version: 0,
    policy: defaultPolicy(),
    statuses: dictionary(STANDARD),
    queues: dictionary({ [DEFAULT_ID]: { id: DEFAULT_ID, name: 'Default' } }),
    workstreams: dictionary({ [DEFAULT_ID]: workstream }),
    profiles: dictionary({}),
    versions: dictionary({}),
  }
}
