// Offers through the doors: what each tab is told and when, over a lost tab, a sign-out, a choice and a limit.

import { type OpenFloor, openTheFloor, type Problem, withdrawnFrom } from '../support/open-floor.ts'
import { until } from '../support/until.ts'

let floor: OpenFloor
beforeEach(async () => {
  floor = await openTheFloor({ cost: { units: 50 } })
})
afterEach(() => floor.close())

describe('an offer', () => {
  it('[NO1, CA1] reserves, and reaches every tab once; the accept of one tab answers the same in the other', async () => {
    await floor.admin.patch('/v1/representatives/ada', { capacity: { units: 100, profiles: {} } })
    const [one, two] = [await floor.tab('ada'), await floor.tab('ada')]
    await floor.put('w1', 'offered', { attributes: { title: 'Hello' } })
    for (const tab of [one, two])
      expect(await tab.message('work:offered')).toMatchObject({
        workItemId: 'w1',
        rejectable: true,
        attributes: { title: 'Hello' },
      })
    expect((await floor.view('ada')).capacity).toMatchObject({ units: { used: 0, reserved: 50 } })
    const first = await one.done('work:accept', { workItemId: 'w1' })
    const { revision } = await floor.item('w1')
    expect(await two.done('work:accept', { workItemId: 'w1' })).toEqual(first)
    expect((await floor.item('w1')).revision).toBe(revision)
    expect(one.all('work:offered')).toHaveLength(1)
    expect([withdrawnFrom(one), withdrawnFrom(two)]).toEqual([[], []])
  })

  it('[NO2, NO7, NO9] that runs out is missed: told once to every tab, kept until it is seen', async () => {
    const [one, two] = [await floor.tab('ada'), await floor.tab('ada')]
    await floor.put('w1', 'offered')
    floor.clock.shift(120_000)
    for (const tab of [one, two])
      expect(await tab.message('presence:notice')).toMatchObject({
        kind: 'missed',
        workItemId: 'w1',
        presence: { statusId: 'inactive' },
      })
    expect([withdrawnFrom(one), withdrawnFrom(two)]).toEqual([[['w1', 'missed']], [['w1', 'missed']]])
    expect(await one.send('work:accept', { workItemId: 'w1' })).toMatchObject({
      error: { code: 'offer-gone' },
    })
    expect((await floor.report('w1', 'accept')).body.code).toBe('offer-gone')
    const third = await floor.tab('ada')
    const { notices = [] } = await third.ready()
    expect(notices).toMatchObject([{ kind: 'missed', workItemId: 'w1' }])
    await third.done('notice:seen', { id: notices[0]?.id })
    expect((await (await floor.tab('ada')).ready()).notices).toEqual([])
    expect([one, two, third].map(tab => tab.all('presence:notice').length)).toEqual([1, 1, 0])
  })

  it('[NO3, NO7] is rejected with a reason, which the causes keep', async () => {
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    await tab.done('work:reject', { workItemId: 'w1', reason: 'Wrong language' })
    expect(await tab.message('presence:notice')).toMatchObject({ kind: 'rejected', workItemId: 'w1' })
    expect(withdrawnFrom(tab)).toEqual([['w1', 'rejected']])
    const { storage } = floor.server
    expect(storage.workItem('default', 'w1')).toMatchObject({
      declines: { ada: 1 },
      cause: { event: 'work-rejected', inputs: { reason: 'Wrong language' } },
    })
    expect(storage.representative('default', 'ada')?.cause.inputs).toMatchObject({ reason: 'Wrong language' })
    await floor.put('w2', 'offered')
    await floor.report('w2', 'reject', { by: 'representative', reason: 'On the phone' })
    expect(storage.workItem('default', 'w2')?.cause.inputs).toMatchObject({ reason: 'On the phone' })
    const long = await tab.send('work:reject', { workItemId: 'w2', reason: 'x'.repeat(201) })
    expect(long).toMatchObject({ error: { code: 'invalid-message', details: { field: 'reason' } } })
  })

  it('[NO5] of work that cannot be rejected stays', async () => {
    await floor.admin.put('/v1/workstreams/case', {
      queueId: 'billing',
      rejectable: false,
      missedCounts: false,
    })
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered', { workstreamId: 'case' })
    expect(await tab.send('work:reject', { workItemId: 'w1' })).toMatchObject({
      error: { code: 'offer-not-rejectable' },
    })
    expect((await floor.report('w1', 'reject')).body.code).toBe('offer-not-rejectable')
    floor.clock.shift(120_000)
    await until('it is queued', async () => (await floor.item('w1')).state === 'queued')
    expect(await floor.view('ada')).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[NO4] missed under a sticky choice frees the reservation, and nobody is told of a hold', async () => {
    await floor.admin.put('/v1/workstreams/any', {
      queueId: 'billing',
      allowedPresences: ['available', 'busy', 'away'],
    })
    const tab = await floor.tab('ada')
    await tab.done('presence:set', { statusId: 'away' })
    await floor.put('w1', 'offered', { workstreamId: 'any' })
    floor.clock.shift(120_000)
    await tab.message('work:withdrawn')
    expect(await floor.view('ada')).toMatchObject({ statusId: 'away', origin: 'representative' })
    expect(tab.all('presence:notice')).toEqual([])
  })
})

describe('an offer of somebody who goes', () => {
  it('[NO8] comes again when she is back within 10 s', async () => {
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    tab.socket.close()
    await floor.shows('ada', { link: 'absent' })
    floor.clock.shift(9_000)
    const back = await floor.tab('ada')
    expect((await back.ready()).offers).toMatchObject([{ workItemId: 'w1' }])
    await back.done('work:accept', { workItemId: 'w1' })
    expect(back.all('work:offered')).toEqual([])
  })

  it('[NO8] is withdrawn after 10 s, a decline and no miss', async () => {
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    tab.socket.close()
    await floor.shows('ada', { link: 'absent' })
    floor.clock.shift(10_000)
    await until('it is queued', async () => (await floor.item('w1')).state === 'queued')
    expect(await floor.item('w1')).toMatchObject({ offeredTo: null, declines: 1 })
    const back = await floor.tab('ada')
    expect(await back.ready()).toMatchObject({ offers: [], notices: [], presence: { statusId: 'available' } })
    expect(await back.send('work:accept', { workItemId: 'w1' })).toMatchObject({
      error: { code: 'offer-gone' },
    })
  })

  it('[NO8] stays while another tab is open', async () => {
    const [one, two] = [await floor.tab('ada'), await floor.tab('ada')]
    await floor.put('w1', 'offered')
    one.socket.close()
    await floor.shows('ada', { connections: 1 })
    floor.clock.shift(60_000)
    await two.done('work:accept', { workItemId: 'w1' })
  })

  it('[NO8, DI8] is withdrawn at once on a sign-out', async () => {
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    await tab.done('sign-out', {})
    expect(await floor.item('w1')).toMatchObject({ state: 'queued', offeredTo: null, declines: 1 })
    expect((await (await floor.tab('ada')).ready()).offers).toEqual([])
  })
})

describe('an offer that her presence no longer allows', () => {
  it.each(['away', 'lunch'])('[NO10] is withdrawn by the choice of %s', async statusId => {
    const only = { id: 'lunch', text: 'Lunch', base: 'busy', workstreams: [] }
    expect((await floor.admin.post('/v1/statuses', only)).status).toBe(201)
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    await tab.done('presence:set', { statusId })
    await tab.message('work:withdrawn')
    expect(withdrawnFrom(tab)).toEqual([['w1', 'withdrawn']])
    expect(await floor.item('w1')).toMatchObject({ state: 'queued', declines: 1 })
  })

  it('[NO10] is withdrawn by the hold for another offer, each with its own reason', async () => {
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    await floor.put('w2', 'offered')
    await tab.done('work:reject', { workItemId: 'w1' })
    await until('both are told', () => withdrawnFrom(tab).length === 2)
    expect(withdrawnFrom(tab).sort()).toEqual([
      ['w1', 'rejected'],
      ['w2', 'withdrawn'],
    ])
  })

  it('[NO10] stays when capacity says Do not disturb', async () => {
    await floor.admin.patch('/v1/representatives/ada', { capacity: { units: 100, profiles: {} } })
    await floor.tab('ada')
    await floor.put('w1', 'offered')
    await floor.put('w2', 'active')
    await floor.put('w3', 'active')
    expect(await floor.view('ada')).toMatchObject({ statusId: 'do-not-disturb', origin: 'capacity' })
    expect(await floor.item('w1')).toMatchObject({ state: 'offered', offeredTo: 'ada' })
  })

  it('[SE2, SE3, NO10] stays at the session limit, which it fills', async () => {
    await floor.admin.patch('/v1/policy', { sessionLimit: 1 })
    const tab = await floor.tab('ada')
    await floor.put('w1', 'offered')
    expect((await floor.put('w2', 'offered')).body).toMatchObject({ code: 'session-limit' })
    expect(await tab.message('presence:notice')).toMatchObject({ kind: 'session-limit' })
    expect(await floor.view('ada')).toMatchObject({
      origin: 'session-limit',
      capacity: { sessions: { reserved: 1 } },
    })
    await tab.done('work:accept', { workItemId: 'w1' })
    expect(await floor.view('ada')).toMatchObject({ origin: 'session-limit' })
    await tab.done('work:close', { workItemId: 'w1' })
    expect(await floor.view('ada')).toMatchObject({ statusId: 'available', origin: 'capacity' })
  })
})

describe('what an offer asks', () => {
  it('[RO7] of somebody away not-signed-in, without room no-capacity; force skips room', async () => {
    const codeOf = async (id: string, more = {}) =>
      ((await floor.put(id, 'offered', more)).body as unknown as Problem).code
    expect(await codeOf('w1')).toBe('not-signed-in')
    await floor.admin.patch('/v1/representatives/ada', { capacity: { units: 60, profiles: {} } })
    await floor.tab('ada')
    await floor.put('w1', 'offered')
    expect(await codeOf('w2')).toBe('no-capacity')
    expect((await floor.put('w2', 'offered', { force: true })).body).toMatchObject({ state: 'offered' })
  })
})
