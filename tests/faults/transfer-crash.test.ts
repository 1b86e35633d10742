// kill -9 while items go from hand to hand: each is with exactly one afterwards, in her hands and in its record.

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import { io } from 'socket.io-client'
import { httpClient } from '../support/http.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { tokenFor } from '../support/tokens.ts'
import { until } from '../support/until.ts'

const PEOPLE = ['ada', 'ben', 'cyd', 'dan']
const ITEMS = Array.from({ length: 20 }, (_, number) => `w${number}`)
const ROUNDS = 3
const TRANSFERS = 60

let server: ServerProcess

beforeEach(async () => {
  server = await startServerProcess()
})
afterEach(() => server.remove())

it('[TR1, WK2] never with both, never with none', async () => {
  const tabs = PEOPLE.map(tabOf)
  await until('all are signed in', async () => (await views()).every(({ link }) => link === 'present'))
  const service = serviceOf()
  for (const id of ITEMS)
    await service.put(`/v1/work-items/${id}`, {
      workstreamId: 'default',
      representativeId: 'ada',
      state: 'active',
    })
  for (let round = 0; round < ROUNDS; round += 1) {
    let transfers = 0
    let crashed = false
    const hands = ITEMS.map(async (id, place) => {
      for (let turn = place + round; !crashed; turn += 1) {
        const to = { representativeId: PEOPLE[turn % PEOPLE.length] }
        // The one that is under way at the kill gets no answer.
        await service.post(`/v1/work-items/${id}/transfer`, { to }).catch(() => {
          crashed = true
        })
        transfers += 1
      }
    })
    await until('items go from hand to hand', () => transfers > TRANSFERS, 10_000)
    server = await server.crashAndRestart()
    await Promise.all(hands)
    const [held, recorded] = [await holders(), await records()]
    expect(held).toEqual(recorded)
    expect(held).toHaveLength(ITEMS.length)
  }
  for (const tab of tabs) tab.disconnect()
})

function tabOf(sub: string) {
  return io(server.url, {
    transports: ['websocket'],
    forceNew: true,
    auth: { token: tokenFor(sub), signIn: true },
  })
}

function serviceOf() {
  return httpClient(server.url, tokenFor('router', { roles: ['service'] }))
}

async function views(): Promise<readonly PresenceView[]> {
  const answers = PEOPLE.map(id => serviceOf().get<PresenceView>(`/v1/representatives/${id}/presence`))
  return (await Promise.all(answers)).map(({ body }) => body)
}

async function holders(): Promise<readonly string[]> {
  const held = (await views()).flatMap(({ representativeId, work }) =>
    work.map(({ workItemId }) => `${workItemId} ${representativeId}`),
  )
  return held.sort()
}

async function records(): Promise<readonly string[]> {
  const answers = ITEMS.map(id => serviceOf().get<WorkItemResource>(`/v1/work-items/${id}`))
  return (await Promise.all(answers)).map(({ body }) => `${body.id} ${body.representativeId}`).sort()
}
