// What others do to a representative, over HTTP: the telephony, her supervisor, the administrator.

import type { PresenceView } from '@rollcall/shared'
import type { Act, Change } from './acts.ts'
import { call, type Http } from './http.ts'

export interface Management {
  readonly service: Http
  readonly supervisor: Http
  readonly nameOf: (workItemId: string) => string
  readonly pace: number
}

type Choice = Act & { kind: 'choose' }
type Managed =
  | Choice
  | Extract<
      Act,
      {
        kind:
          | ('offer' | 'assign' | 'hang-up')
          | ('withdraw' | 'release' | 'take-away')
          | ('reset' | 'choose-many' | 'reset-many' | 'configure')
      }
    >

/** @returns her presence after a choice or a reset for her alone, else null. */
export function createManagement({
  service,
  supervisor,
  nameOf,
  pace,
}: Management): (playerId: string, act: Managed) => Promise<PresenceView | null> {
  const report = async (http: Http, workItemId: string, what: string) => {
    await call(http, 'POST', `/v1/work-items/${nameOf(workItemId)}/${what}`, {})
    return null
  }

  return async (playerId, act) => {
    const presence = `/v1/representatives/${playerId}/presence`
    switch (act.kind) {
      case 'offer':
      case 'assign':
        await give(playerId, act)
        return null
      case 'hang-up':
        return report(service, act.workItemId, 'close')
      case 'take-away':
        return report(supervisor, act.workItemId, 'close')
      case 'withdraw':
      case 'release':
        return report(supervisor, act.workItemId, act.kind)
      case 'choose': {
        const choice = { statusId: act.statusId, ...choiceOf(act, pace) }
        return ((await call(supervisor, 'PUT', presence, choice)) as { presence: PresenceView }).presence
      }
      case 'reset':
        return (await call(supervisor, 'POST', `${presence}/reset`, {})) as PresenceView
      case 'choose-many':
        await many({ representativeIds: act.ids, statusId: act.statusId })
        return null
      case 'reset-many':
        await many({ representativeIds: act.ids, reset: true })
        return null
      case 'configure':
        await configure(act.change)
        return null
    }
  }

  async function give(representativeId: string, act: Act & { kind: 'offer' | 'assign' }): Promise<void> {
    const { workstreamId, attributes } = act
    const state = act.kind === 'offer' ? 'offered' : 'active'
    const force = act.kind === 'offer' && act.force
    const body = { workstreamId, representativeId, state, attributes, force }
    await call(service, 'PUT', `/v1/work-items/${nameOf(act.workItemId)}`, body)
  }

  async function many(body: object): Promise<void> {
    await call(supervisor, 'POST', '/v1/presences/bulk', body)
  }

  async function configure(change: Change): Promise<void> {
    if (change.what === 'policy') await call(service, 'PATCH', '/v1/policy', change.patch)
    else if (change.what === 'profile') {
      const path = `/v1/capacity-profiles/${change.id}`
      const profile = (await call(service, 'GET', path)) as object
      await call(service, 'PUT', path, { ...profile, limit: change.limit })
    } else {
      for (const id of change.ids) {
        const path = `/v1/representatives/${id}`
        const { capacity } = (await call(service, 'GET', path)) as { capacity: object }
        await call(service, 'PATCH', path, { capacity: { ...capacity, units: change.units } })
      }
    }
  }
}

/** What a choice says besides its status; the script's times at the pace it is played. */
export function choiceOf({ when, forMs, note }: Choice, pace: number) {
  return {
    when,
    ...(forMs !== null && { forMs: Math.max(1_000, Math.round(forMs / pace)) }),
    ...(note !== null && { note }),
  }
}
