// Performs one act of the script and reports what became of it. Never rejects.

import { type RepresentativeClient, RollcallError } from '@rollcall/client'
import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import type { Clock } from '../../clock.ts'
import { type Act, itemOf, type Step } from './acts.ts'
import { call, type Http, RequestError } from './http.ts'
import type { Report } from './report.ts'

export interface Stage {
  readonly service: Http
  readonly supervisor: Http
  readonly nameOf: (workItemId: string) => string
  readonly pace: number
  readonly clock: Clock
  readonly onReport: (report: Report) => void
}

/** Answers to these were lost, or are not known to have been sent: perhaps it happened. */
const UNKNOWN: readonly string[] = ['timed-out', 'unavailable', 'internal']
/** How long a server may be away before nobody asks it any more what became of a command. */
const LOOK_UP_MS = 60_000
const LOOK_AGAIN_MS = 500

export function createPerformance(stage: Stage): (step: Step, client: RepresentativeClient) => Promise<void> {
  const { service, supervisor, nameOf, pace, clock, onReport } = stage

  return async (step, client) => {
    onReport({ kind: 'begun', step })
    try {
      onReport({ kind: 'done', step, presence: await perform(step, client) })
    } catch (error) {
      if (isUnknown(error)) onReport({ kind: 'unknown', step, found: await lookUp(step.act) })
      else onReport({ kind: 'refused', step, error })
    }
  }

  async function perform(step: Step, client: RepresentativeClient): Promise<PresenceView | null> {
    const { act, playerId } = step
    switch (act.kind) {
      case 'sign-in':
      case 'return':
        await client.connect()
        return client.getPresence()
      case 'drop':
        client.disconnect()
        return null
      case 'sign-out':
        await client.signOut()
        return null
      case 'pick':
        return client.accept(nameOf(act.workItemId), {
          workstreamId: act.workstreamId,
          attributes: act.attributes,
        })
      case 'answer':
        return client.accept(nameOf(act.workItemId))
      case 'reject':
        return client.reject(nameOf(act.workItemId), { reason: 'in a conversation' })
      case 'wait':
        return client.wait(nameOf(act.workItemId))
      case 'resume':
        return client.resume(nameOf(act.workItemId))
      case 'wrap-up':
        return client.wrapUp(nameOf(act.workItemId))
      case 'close':
        return client.close(nameOf(act.workItemId))
      case 'transfer':
        return client.transfer(nameOf(act.workItemId), act.to, { offer: act.offer })
      case 'offer':
      case 'assign':
        await give(playerId, act)
        return null
      case 'choose':
        return choose(playerId, client, act)
      case 'reset':
        return client.resetPresence()
      case 'cancel-next':
        return client.cancelNext()
    }
  }

  async function give(representativeId: string, act: Act & { kind: 'offer' | 'assign' }): Promise<void> {
    const { workstreamId, attributes } = act
    const state = act.kind === 'offer' ? 'offered' : 'active'
    const force = act.kind === 'offer' && act.force
    const body = { workstreamId, representativeId, state, attributes, force }
    await call(service, 'PUT', `/v1/work-items/${nameOf(act.workItemId)}`, body)
  }

  async function choose(
    playerId: string,
    client: RepresentativeClient,
    { statusId, when, forMs, note, bySupervisor }: Act & { kind: 'choose' },
  ): Promise<PresenceView> {
    const choice = {
      when,
      ...(forMs !== null && { forMs: Math.max(1_000, Math.round(forMs / pace)) }),
      ...(note !== null && { note }),
    }
    if (!bySupervisor) return (await client.setPresence(statusId, choice)).presence
    const path = `/v1/representatives/${playerId}/presence`
    const answer = await call(supervisor, 'PUT', path, { statusId, ...choice })
    return (answer as { presence: PresenceView }).presence
  }

  /** Undefined: the act was about no work item, or no server answers. */
  async function lookUp(act: Act): Promise<WorkItemResource | null | undefined> {
    const item = itemOf(act)
    if (item === null) return undefined
    const began = clock.elapsed()
    while (clock.elapsed() - began < LOOK_UP_MS) {
      try {
        return (await call(service, 'GET', `/v1/work-items/${nameOf(item)}`)) as WorkItemResource
      } catch (error) {
        if (error instanceof RequestError && error.code === 'work-item-unknown') return null
      }
      await new Promise<void>(resolve => clock.after(LOOK_AGAIN_MS, resolve))
    }
    return undefined
  }
}

function isUnknown(error: unknown): boolean {
  return (error instanceof RequestError || error instanceof RollcallError) && UNKNOWN.includes(error.code)
}
