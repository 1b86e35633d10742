// A report about work, as it is sent to a running server: over a tab of hers, or over HTTP.

import type { RepresentativeClient } from '@rollcall/client'
import type { Answer, HttpClient } from './http.ts'
import type { Report } from './oracle-work.ts'
import type { Item } from './oracle-world.ts'

/** Who sends. `tab`: one of hers that is connected; null: she has none. */
export interface Senders {
  readonly service: HttpClient
  readonly supervisor: HttpClient
  tab(id: string): RepresentativeClient | null
}

const BY_SUPERVISORS = ['close', 'withdraw', 'release', 'transfer']

/**
 * `ok`, or the code of the refusal. null: nobody could send that, or what is unknown is found out before anything is
 * judged, so that the answer says nothing of the rules.
 */
export function sending(
  what: Report,
  item: Item | undefined,
  senders: Senders,
): (() => Promise<string>) | null {
  const { type, by, itemId } = what
  const heardOf = item !== undefined && item.state !== 'closed'
  if (!heardOf && type !== 'offer' && type !== 'assign' && !(type === 'accept' && what.workstreamId !== null))
    return null
  if ('workstreamId' in what && what.workstreamId === 'nowhere') return null
  if ('to' in what && (what.to === 'nobody' || what.to === 'nowhere')) return null
  if (by.kind === 'representative') {
    const tab = senders.tab(by.id)
    const send = tab === null ? null : bySocket(what, tab)
    return send === null ? null : () => codeOfCall(send)
  }
  if (by.kind === 'supervisor' && !BY_SUPERVISORS.includes(type)) return null
  const http = by.kind === 'supervisor' ? senders.supervisor : senders.service
  const said = by.kind === 'supervisor' ? {} : { by: what.doneBy }
  const path = `/v1/work-items/${itemId}`
  switch (what.type) {
    case 'offer':
    case 'assign': {
      const { workstreamId, cost, force, reopen, to } = what
      const state = type === 'offer' ? 'offered' : 'active'
      const costs = cost === null ? {} : { cost }
      const body = { workstreamId, representativeId: to, state, force, reopen, ...costs, ...said }
      return () => codeOf(http.put(path, body))
    }
    case 'accept':
      // Over HTTP an accept answers an offer, of whomever it is on offer to.
      return item?.offeredTo === what.to && what.workstreamId === null
        ? () => codeOf(http.post(`${path}/accept`, said))
        : null
    case 'transfer': {
      const to = what.toQueue ? { queueId: what.to } : { representativeId: what.to }
      return () => codeOf(http.post(`${path}/transfer`, { to, offer: what.offer, ...said }))
    }
    default:
      return () => codeOf(http.post(`${path}/${type}`, said))
  }
}

export async function codeOf(answer: Promise<Answer>): Promise<string> {
  const { status, body } = await answer
  return status < 300 ? 'ok' : (body as { code: string }).code
}

export async function codeOfCall(call: () => Promise<unknown>): Promise<string> {
  try {
    await call()
    return 'ok'
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code)
    throw error
  }
}

function bySocket(what: Report, tab: RepresentativeClient): (() => Promise<unknown>) | null {
  const { itemId } = what
  switch (what.type) {
    case 'accept': {
      const { workstreamId } = what
      return () => tab.accept(itemId, workstreamId === null ? {} : { workstreamId })
    }
    case 'reject':
      return () => tab.reject(itemId)
    case 'wait':
      return () => tab.wait(itemId)
    case 'resume':
      return () => tab.resume(itemId)
    case 'wrap-up':
      return () => tab.wrapUp(itemId)
    case 'close':
      return () => tab.close(itemId)
    case 'transfer': {
      const to = what.toQueue ? { queueId: what.to } : { representativeId: what.to }
      return () => tab.transfer(itemId, to, { offer: what.offer })
    }
    default:
      return null
  }
}
