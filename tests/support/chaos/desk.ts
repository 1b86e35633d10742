// The work that comes and goes on a chaos floor: what makes the live counts of the queues move.

import type { WorkstreamResource } from '@rollcall/shared'
import type { Caller, WorkReport, WorkService } from '../../../server/src/app/app.ts'
import type { Refused } from '../../../server/src/app/refused.ts'
import type { Random } from '../../../server/src/cli/simulation/random.ts'

export interface Desk {
  /** New work for somebody, or news of work that somebody has. */
  work(representativeId: string): Promise<unknown>
  /** A refusal that random reports run into. */
  expects(refusal: Refused): boolean
}

const REPORTS: readonly WorkReport[] = ['wait', 'resume', 'wrap-up', 'close', 'close', 'release', 'reject']
const EXPECTED = new Set([
  'work-item-conflict',
  'work-item-closed',
  'work-item-unknown',
  'transition-not-allowed',
  'offer-gone',
  'session-limit',
  'no-capacity',
])
const MOST_OPEN = 200

export function createDesk(work: WorkService, caller: Caller, random: Random): Desk {
  const open: string[] = []
  let number = 0

  return {
    work(representativeId) {
      if (open.length === 0 || (open.length < MOST_OPEN && random.chance(0.4))) {
        number += 1
        const workItemId = `item-${number}`
        open.push(workItemId)
        return work.put(caller, {
          workItemId,
          workstreamId: `for-q${random.between(1, 12)}`,
          representativeId,
          state: random.chance(0.5) ? 'active' : 'offered',
          force: true,
          reopen: false,
          by: 'other',
        })
      }
      const workItemId = random.pick(open)
      const report = random.pick(REPORTS)
      if (report === 'close') open.splice(open.indexOf(workItemId), 1)
      return work.report(caller, report, { workItemId, by: 'other' })
    },
    expects: ({ code }) => EXPECTED.has(code),
  }
}

/** A workstream of this queue, with everything as it is by default. */
export function workstreamOf(queueId: string): Omit<WorkstreamResource, 'id' | 'name'> {
  return {
    channel: 'chat',
    queueId,
    allowedPresences: ['available', 'busy'],
    cost: {},
    assignmentMethod: 'highest-capacity',
    assignmentRules: [],
    offerTimeoutMs: 60_000,
    rejectable: true,
    missedCounts: true,
    opensSession: true,
    affectsPresence: true,
    selfAssign: false,
    wrapUp: 'always',
  }
}
