// kill -9 of the server between the beginning and the end of what has a time: a wrap-up, an offer that was missed.

import type { PresenceView } from '@rollcall/shared'
import { createClient, type TestClient } from '../support/gateway.ts'
import { type HttpClient, httpClient } from '../support/http.ts'
import { type ServerProcess, startServerProcess, tokenFor } from '../support/server-process.ts'
import { until } from '../support/until.ts'

let server: ServerProcess
let service: HttpClient
const tabs: TestClient[] = []

beforeEach(async () => {
  server = await startServerProcess()
  const claims = { roles: ['service', 'administrator'] } as const
  service = httpClient(server.url, tokenFor('router', claims))
})
afterEach(async () => {
  for (const { socket } of tabs.splice(0)) socket.close()
  await server.remove()
})

const view = async () => (await service.get<PresenceView>('/v1/representatives/ada/presence')).body
const put = (state: 'offered' | 'active') =>
  service.put('/v1/work-items/w1', { workstreamId: 'chat', representativeId: 'ada', state })

async function signIn(): Promise<TestClient> {
  const tab = createClient(server.url, { token: tokenFor('ada'), signIn: true })
  tabs.push(tab)
  await tab.ready()
  return tab
}

it('[CA8, DI10] the seconds of a wrap-up go on, and end when they would have', async () => {
  await service.put('/v1/workstreams/chat', { cost: { units: 50 }, wrapUp: { seconds: 5 } })
  const tab = await signIn()
  await service.patch('/v1/representatives/ada', { capacity: { units: 50, profiles: {} } })
  await put('active')
  await tab.done('work:wrap-up', { workItemId: 'w1' })
  const [before] = (await view()).work
  const ends = before && 'capacityUntil' in before ? Date.parse(String(before.capacityUntil)) : Number.NaN

  server = await server.crashAndRestart()
  await signIn()
  expect((await view()).work).toEqual([before])
  expect(await view()).toMatchObject({ statusId: 'do-not-disturb', capacity: { units: { used: 50 } } })
  const freed = async () => {
    const shown = await view()
    return shown.capacity.units?.used === 0 && shown
  }
  const free = await until('its capacity is free', freed, 10_000)
  expect(Date.now()).toBeGreaterThanOrEqual(ends)
  expect(Date.parse(free.since)).toBe(ends)
  expect(free).toMatchObject({ statusId: 'available', work: [{ state: 'wrap-up', capacityUntil: null }] })
})

it('[NO7, NO2] a notice that nobody saw is there afterwards, and is not told a second time', async () => {
  await service.put('/v1/workstreams/chat', { offerTimeoutMs: 1_000 })
  const tab = await signIn()
  await put('offered')
  const told = await tab.message('presence:notice')

  server = await server.crashAndRestart()
  const back = await signIn()
  expect(await back.ready()).toMatchObject({ presence: { origin: 'missed' }, notices: [told] })
  await back.done('notice:seen', { id: told.id })
  const again = await signIn()
  expect((await again.ready()).notices).toEqual([])
  expect([...back.all('presence:notice'), ...again.all('presence:notice')]).toEqual([])
})
