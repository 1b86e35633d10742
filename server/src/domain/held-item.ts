// An item as the one representative who holds it, or is offered it, carries it in her facts.

import type { Configuration } from './configuration.ts'
import type { HeldItem } from './facts.ts'
import { own } from './own.ts'
import type { WorkItem } from './work-record.ts'

/** NO1: for a workstream that is gone. */
const OFFER_TIMEOUT_MS = 120_000

/** null: it is not in her hands. `before`: as she carried it till now; what goes on is taken from there. */
export function heldItem(
  item: WorkItem,
  representativeId: string,
  before: HeldItem | null,
  config: Configuration,
  at: number,
): HeldItem | null {
  const state = stateFor(item, representativeId)
  if (state === null) return null
  const { workItemId, workstreamId, queueId, cost, attributes, routed } = item
  const described = { workItemId, workstreamId, queueId, cost, attributes, routed }
  if (before?.state === state) return touched({ ...before, ...described }, config, at)
  const overReset = before?.overReset ?? false
  const began = { holdsCapacity: false, capacityUntil: null, expiresAt: null }
  const timers =
    state === 'wrap-up'
      ? { ...began, ...wrapUpOf(workstreamId, config, at) }
      : state === 'offered'
        ? { ...began, expiresAt: at + offerTimeoutOf(workstreamId, config) }
        : began
  return touched(
    { ...described, state, since: at, ...timers, overReset, stale: false, staleAt: null },
    config,
    at,
  )
}

/** WK8: something was reported about it. An offer has its own end. */
export function touched(item: HeldItem, { policy }: Configuration, at: number): HeldItem {
  const { staleWorkAfterMs } = policy
  const lasts = item.state === 'offered' || staleWorkAfterMs === null
  return { ...item, stale: false, staleAt: lasts ? null : at + staleWorkAfterMs }
}

function stateFor(item: WorkItem, representativeId: string): HeldItem['state'] | null {
  if (item.state === 'closed' || item.state === 'queued') return null
  if (item.offeredTo === representativeId) return 'offered'
  return item.representativeId === representativeId ? item.state : null
}

/** CA8. */
function wrapUpOf(
  workstreamId: string,
  config: Configuration,
  at: number,
): Pick<HeldItem, 'holdsCapacity' | 'capacityUntil'> {
  const wrapUp = own(config.workstreams, workstreamId)?.wrapUp ?? 'always'
  if (typeof wrapUp === 'object') return { holdsCapacity: true, capacityUntil: at + wrapUp.seconds * 1_000 }
  return { holdsCapacity: wrapUp === 'always', capacityUntil: null }
}

function offerTimeoutOf(workstreamId: string, config: Configuration): number {
  return own(config.workstreams, workstreamId)?.offerTimeoutMs ?? OFFER_TIMEOUT_MS
}
