// One command under one key is one command, whether it comes over the socket or over HTTP; and its answer outlives
// what it was about.

import { type OpenFloor, openTheFloor, type Problem } from '../support/open-floor.ts'

const SUPERVISOR = { roles: ['supervisor'], watches: ['*'] } as const
const key = (value: string) => ({ 'Idempotency-Key': value })

let floor: OpenFloor
beforeEach(async () => {
  floor = await openTheFloor()
})
afterEach(() => floor.close())

describe('the same key over both doors', () => {
  const path = '/v1/representatives/ada/presence'

  it('[WK3, I5] a choice over the socket again over HTTP changes nothing, and answers as the first', async () => {
    await floor.tab('ada')
    const socket = await floor.socket('sue', SUPERVISOR)
    const http = floor.http('sue', SUPERVISOR)
    const asked = { representativeId: 'ada', statusId: 'away', note: 'Lunch' }
    expect(await socket.done('presence:set', { ...asked, commandId: 'k1' })).toMatchObject({
      outcome: 'updated',
    })
    await socket.done('presence:reset', { representativeId: 'ada', commandId: 'k2' })
    const body = { statusId: 'away', note: 'Lunch', when: 'now' }
    expect(await http.put(path, body, key('k1'))).toMatchObject({
      status: 200,
      body: { outcome: 'updated', presence: { statusId: 'available' } },
    })
    expect(await http.post(`${path}/reset`, undefined, key('k2'))).toMatchObject({ status: 200 })
    const others = [
      http.put<Problem>(path, { ...body, note: 'Tea' }, key('k1')),
      http.put<Problem>('/v1/representatives/ben/presence', body, key('k1')),
      http.post<Problem>(`${path}/reset`, undefined, key('k1')),
    ]
    for (const { body: problem } of await Promise.all(others)) expect(problem.code).toBe('key-reused')
  })

  it('[WK3, I5] so does a transfer over HTTP, again over the socket', async () => {
    await floor.tab('ada')
    await floor.put('w1', 'active')
    const to = { representativeId: 'ben' }
    const moved = await floor.http('sue', SUPERVISOR).post('/v1/work-items/w1/transfer', { to }, key('k1'))
    expect(moved.status).toBe(200)
    const { revision } = await floor.item('w1')
    const socket = await floor.socket('sue', SUPERVISOR)
    const again = await socket.send('work:transfer', { workItemId: 'w1', to, commandId: 'k1' })
    expect(again).toMatchObject({ ok: true })
    expect((await floor.item('w1')).revision).toBe(revision)
    const offered = await socket.send('work:transfer', { workItemId: 'w1', to, offer: true, commandId: 'k1' })
    expect(offered).toMatchObject({ error: { code: 'key-reused' } })
  })

  it('[WK3, I5] a report that comes again after the item moved on changes nothing, and answers as the first', async () => {
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    const accept = { workItemId: 'w1', commandId: 'k1' }
    expect(await tab.done('work:accept', accept)).toMatchObject({ statusId: 'busy' })
    await tab.done('work:close', { workItemId: 'w1' })
    expect(await tab.done('work:accept', accept)).toMatchObject({ statusId: 'available', work: [] })
    expect(await floor.item('w1')).toMatchObject({ state: 'closed' })
    // Under a new key it is a new report.
    expect(await tab.send('work:accept', { ...accept, commandId: 'k2' })).toMatchObject({
      error: { code: 'work-item-closed' },
    })
  })

  it('[WK3, CA4] who did it is part of what a service says', async () => {
    await floor.put('w1', 'active')
    const close = (by: string) => floor.service.post<Problem>('/v1/work-items/w1/close', { by }, key('k1'))
    expect((await close('other')).status).toBe(200)
    expect((await close('other')).status).toBe(200)
    expect((await close('representative')).body.code).toBe('key-reused')
  })
})

describe('a put that comes again after what it put was deleted', () => {
  it.each([
    ['/v1/queues/mail', { name: 'Mail' }],
    ['/v1/capacity-profiles/mail', { limit: 3 }],
    ['/v1/workstreams/mail', { queueId: 'billing' }],
    ['/v1/representatives/dora', { name: 'Dora', queues: ['billing'] }],
  ])('[PO1, I5] %s: the first answer, and it stays deleted', async (path, body) => {
    const first = await floor.admin.put(path, body, key('k1'))
    expect(first.status).toBe(201)
    expect((await floor.admin.remove(path)).status).toBe(204)
    expect(await floor.admin.put(path, body, key('k1'))).toEqual(first)
    expect((await floor.admin.get(path)).status).toBe(404)
  })
})
