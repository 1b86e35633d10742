// A whole server with a queue, a workstream and two colleagues, the tabs of their desks, and a service that brings
// work over HTTP. The server's clock can be moved on.

import { createHttpClient, type HttpClient } from '../../client-sdk/src/http.ts'
import {
  type ClientOptions,
  createRepresentative,
  type RepresentativeClient,
} from '../../client-sdk/src/index.ts'
import type { MintOptions } from '../../server/src/auth/mint.ts'
import { type RunningServer, startServer } from './server.ts'
import { createShiftedClock, type ShiftedClock } from './shifted-clock.ts'

export interface DeskWorld {
  readonly server: RunningServer
  /** The server's. */
  readonly clock: ShiftedClock
  /** May do everything over HTTP. */
  readonly service: HttpClient
  http(claims: Partial<MintOptions> & Pick<MintOptions, 'sub'>): HttpClient
  /** A connected tab. */
  tab(sub: string, options?: Partial<ClientOptions>): Promise<RepresentativeClient>
  /** Offers an item of the workstream `chat`. */
  offer(workItemId: string, representativeId?: string, more?: object): Promise<unknown>
  close(): Promise<void>
}

export async function createDeskWorld(): Promise<DeskWorld> {
  const clock = createShiftedClock()
  const server = await startServer({ clock })
  const tabs: RepresentativeClient[] = []
  const http: DeskWorld['http'] = claims => createHttpClient({ url: server.url, token: server.token(claims) })
  const service = http({ sub: 'router', roles: ['service', 'administrator'] })
  await service.putQueue({ id: 'billing', body: { name: 'Billing' } })
  const chat = { queueId: 'billing', selfAssign: true, wrapUp: { seconds: 30 } }
  await service.putWorkstream({ id: 'chat', body: { ...chat, cost: { units: 50 } } })
  for (const id of ['ada', 'ben']) {
    await service.putRepresentative({ id, body: { queues: ['billing'], capacity: { units: 100 } } })
  }

  return {
    server,
    clock,
    service,
    http,
    async tab(sub, options) {
      const client = createRepresentative({ url: server.url, token: server.token({ sub }), ...options })
      tabs.push(client)
      await client.connect()
      return client
    },
    offer: (id, representativeId = 'ada', more = {}) =>
      service.putWorkItem({
        id,
        body: { workstreamId: 'chat', state: 'offered', representativeId, ...more },
      }),
    async close() {
      for (const client of tabs) client.disconnect()
      await server.close()
    },
  }
}

/** What a tab tells its application about offers and notices, in order. */
export function heardBy(tab: RepresentativeClient): string[] {
  const heard: string[] = []
  tab.onOffer(({ workItemId }) => heard.push(`offer ${workItemId}`))
  tab.onOfferEnd(({ offer, reason }) => heard.push(`${reason} ${offer.workItemId}`))
  tab.onNotice(({ kind }) => heard.push(`notice ${kind}`))
  tab.onNoticeEnd(({ kind }) => heard.push(`no more ${kind}`))
  tab.onTransferDeclined(({ workItemId, by }) => heard.push(`declined ${workItemId} ${by}`))
  return heard
}
