// DI7: this node stops as planned. That is no disconnection: what is shown of its people stays as it is until the
// handover window ends, and whoever comes back in time was never away.

import { setImmediate } from 'node:timers/promises'
import type { Storage } from '../storage/storage.ts'
import type { Commit } from './commit.ts'

/** Commits under way at once. */
const BATCH = 200

/** Begins the handover of everybody who is connected here. `windowMs` counts from now. */
export async function beginHandover(storage: Storage, commit: Commit, windowMs: number): Promise<void> {
  const { incarnation } = storage
  const people = storage.nodes.connectionsOf(incarnation)
  for (let first = 0; first < people.length; first += BATCH) {
    await Promise.all(
      people.slice(first, first + BATCH).map(({ tenant, representativeId }) =>
        commit({
          tenant,
          event: 'handover-began',
          run(draft) {
            const facts = draft.representative(representativeId)
            if (facts) draft.decide(facts, { type: 'handover-began', incarnation, windowMs })
            return null
          },
        }),
      ),
    )
    await setImmediate()
  }
}
