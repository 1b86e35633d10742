// Performs one act of the script and reports what became of it. Never rejects.

import { RollcallError } from '@rollcall/client'
import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import type { Clock } from '../../clock.ts'
import { type Act, itemOf, type Step } from './acts.ts'
import { call, RequestError } from './http.ts'
import { choiceOf, createManagement, type Management } from './management.ts'
import type { Person } from './person.ts'
import type { Report } from './report.ts'

export interface Stage extends Management {
  readonly clock: Clock
  readonly onReport: (report: Report) => void
}

/** Answers to these were lost, or are not known to have been sent: perhaps it happened. */
const UNKNOWN: readonly string[] = ['timed-out', 'unavailable', 'internal']
/** How long a server may be away before nobody asks it any more what became of a command. */
const LOOK_UP_MS = 60_000
const LOOK_AGAIN_MS = 500

export function createPerformance(stage: Stage): (step: Step, person: Person) => Promise<void> {
  const { service, nameOf, pace, clock, onReport } = stage

  const manage = createManagement(stage)

  return async (step, person) => {
    onReport({ kind: 'begun', step })
    try {
      onReport({ kind: 'done', step, presence: await perform(step, person) })
    } catch (error) {
      if (isUnknown(error)) onReport({ kind: 'unknown', step, found: await lookUp(step.act) })
      else onReport({ kind: 'refused', step, error })
    }
  }

  async function perform(step: Step, person: Person): Promise<PresenceView | null> {
    const { act } = step
    const { client } = person
    switch (act.kind) {
      case 'sign-in':
      case 'return':
        await person.connect()
        return client.getPresence()
      case 'reload':
        await person.reload()
        return client.getPresence()
      case 'open-tab':
        await person.openTab()
        return null
      case 'close-tab':
        person.closeTab()
        return null
      case 'drop':
        person.disconnect()
        return null
      case 'cut':
        person.cut()
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
      case 'choose':
        if (act.bySupervisor) return manage(step.playerId, act)
        return (await client.setPresence(act.statusId, choiceOf(act, pace))).presence
      case 'reset':
        return act.bySupervisor ? manage(step.playerId, act) : client.resetPresence()
      case 'cancel-next':
        return client.cancelNext()
      default:
        return manage(step.playerId, act)
    }
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
