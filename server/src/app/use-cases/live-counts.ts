// The live counts of queues (SU6).

import type { LiveCounts } from '@rollcall/shared'
import type { Principal } from '../principal.ts'

export interface LiveCountsService {
  /** Refused: `not-found`, `forbidden` (SU1). */
  get(principal: Principal, queueId: string): Promise<LiveCounts>
  /** Of these queues, or of all there are. Who may see them is the caller's to check. */
  of(tenant: string, queues: readonly string[] | '*'): Promise<readonly LiveCounts[]>
  /** The counts of those queues that differ from what was answered here last; all, the first time. */
  changed(tenant: string): Promise<readonly LiveCounts[]>
}
