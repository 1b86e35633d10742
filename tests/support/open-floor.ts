// A whole server with ada, ben and cleo in the queue billing and a workstream chat, reached through its doors alone;
// its clock is moved on by the test.

import type { MessagePayload, PresenceView, WorkItemResource } from '@rollcall/shared'
import type { MintOptions } from '../../server/src/auth/mint.ts'
import { createClient, type TestClient } from './gateway.ts'
import { type Answer, type HttpClient, httpClient } from './http.ts'
import { type RunningServer, startServer } from './server.ts'
import { createShiftedClock, type ShiftedClock } from './shifted-clock.ts'
import { until } from './until.ts'

export type Problem = { readonly code: string }

export interface OpenFloor {
  readonly server: RunningServer
  readonly clock: ShiftedClock
  readonly admin: HttpClient
  readonly service: HttpClient
  http(sub: string, claims: Partial<MintOptions>): HttpClient
  /** One more tab of hers, signed in. */
  tab(sub: string): Promise<TestClient>
  socket(sub: string, claims: Partial<MintOptions>): Promise<TestClient>
  put(workItemId: string, state: 'offered' | 'active', more?: object): Promise<Answer<WorkItemResource>>
  report(workItemId: string, report: string, body?: object): Promise<Answer<WorkItemResource & Problem>>
  item(workItemId: string): Promise<WorkItemResource>
  view(sub: string): Promise<PresenceView>
  /** Until her presence has these. */
  shows(sub: string, expected: Partial<PresenceView>): Promise<PresenceView>
  close(): Promise<void>
}

/** `workstream`: of chat, beside its queue. */
export async function openTheFloor(workstream: object = {}): Promise<OpenFloor> {
  const clock = createShiftedClock()
  const server = await startServer({ clock })
  const clients: TestClient[] = []
  // The clock may be moved on by days.
  const token = (sub: string, claims: Partial<MintOptions> = {}) =>
    server.token({ sub, expiresInSeconds: 7 * 86_400, ...claims })
  const http: OpenFloor['http'] = (sub, claims) => httpClient(server.url, token(sub, claims))
  const admin = http('root', { roles: ['administrator'] })
  const service = http('robot', { roles: ['service'] })
  await admin.put('/v1/queues/billing', {})
  await admin.put('/v1/workstreams/chat', { queueId: 'billing', ...workstream })
  for (const sub of ['ada', 'ben', 'cleo'])
    await admin.put(`/v1/representatives/${sub}`, { queues: ['billing'] })

  const open = async (auth: object) => {
    const client = createClient(server.url, { ...auth })
    clients.push(client)
    await client.ready()
    return client
  }
  const view = async (sub: string) =>
    (await service.get<PresenceView>(`/v1/representatives/${sub}/presence`)).body

  return {
    server,
    clock,
    admin,
    service,
    http,
    tab: sub => open({ token: token(sub), signIn: true }),
    socket: (sub, claims) => open({ token: token(sub, claims) }),
    put: (workItemId, state, more = {}) =>
      service.put(`/v1/work-items/${workItemId}`, {
        workstreamId: 'chat',
        representativeId: 'ada',
        state,
        ...more,
      }),
    report: (workItemId, report, body) => service.post(`/v1/work-items/${workItemId}/${report}`, body),
    item: async workItemId => (await service.get<WorkItemResource>(`/v1/work-items/${workItemId}`)).body,
    view,
    shows: (sub, expected) =>
      until(`${sub} is ${JSON.stringify(expected)}`, async () => {
        const shown = await view(sub)
        return (
          Object.entries(expected).every(([key, value]) => shown[key as keyof PresenceView] === value) &&
          shown
        )
      }),
    async close() {
      for (const { socket } of clients) socket.close()
      await server.close()
    },
  }
}

/** What she was told of the ends of offers: item and reason, in order. */
export const withdrawnFrom = (tab: TestClient) =>
  tab
    .all('work:withdrawn')
    .map(({ workItemId, reason }: MessagePayload<'work:withdrawn'>) => [workItemId, reason])
