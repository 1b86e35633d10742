// DI6: a process that ended without a word left connections behind. They end here, before anybody is answered.

import { setImmediate } from 'node:timers/promises'
import type { Storage } from '../storage/storage.ts'
import type { Logger } from '../telemetry/log.ts'
import { judgedAt } from './aged.ts'
import type { Commit } from './commit.ts'

/** Commits under way at once. */
const BATCH = 200

/**
 * Ends the connections of every ended incarnation, then forgets it. May be cut short anywhere and run again: what
 * was ended stays ended, and an incarnation is forgotten only when nothing of it is left.
 */
export async function recoverFromRestart(storage: Storage, commit: Commit, log: Logger): Promise<void> {
  for (const ended of storage.nodes.ended()) {
    const left = storage.nodes.connectionsOf(ended.incarnation)
    for (let first = 0; first < left.length; first += BATCH) {
      const slice = left.slice(first, first + BATCH)
      await Promise.all(
        slice.map(({ tenant, representativeId }) => end(commit, ended, tenant, representativeId)),
      )
      await setImmediate()
    }
    await storage.nodes.forget(ended.incarnation)
    log.info(
      { incarnation: ended.incarnation, reason: ended.reason, representatives: left.length },
      'Connections of an ended server process were removed.',
    )
  }
}

function end(
  commit: Commit,
  { incarnation, reason, at }: ReturnType<Storage['nodes']['ended']>[number],
  tenant: string,
  representativeId: string,
): Promise<null> {
  return commit({
    tenant,
    event: 'incarnation-ended',
    run(draft) {
      const facts = draft.representative(representativeId)
      if (!facts) return null
      // Gone since the process was last known to live; but nobody could come back before there was a server again.
      const event = { type: 'incarnation-ended', incarnation, reason, restoreFrom: draft.now } as const
      draft.decide(facts, event, judgedAt(facts, draft.now, draft.now - at))
      return null
    },
  })
}
