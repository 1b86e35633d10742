// Capacity, stale and forgotten work, picks and bulk choices, through the doors alone.

import type { PresenceView } from '@rollcall/shared'
import { type OpenFloor, openTheFloor, type Problem } from '../support/open-floor.ts'
import { until } from '../support/until.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let floor: OpenFloor
beforeEach(async () => {
  floor = await openTheFloor({ cost: { units: 50 } })
})
afterEach(() => floor.close())

const supervisor = (...watches: string[]) => floor.http('sue', { roles: ['supervisor'], watches })
const capacityOf = (units: number | null, profiles = {}) =>
  floor.admin.patch('/v1/representatives/ada', { capacity: { units, profiles } })

describe('capacity', () => {
  it('[CA5, CA7] a limit taken away shows at once, and leaves work and costs', async () => {
    await capacityOf(100)
    await floor.tab('ada')
    await floor.put('w1', 'active')
    await capacityOf(40)
    expect(await floor.view('ada')).toMatchObject({
      statusId: 'do-not-disturb',
      capacity: { units: { total: 40, used: 50 } },
      work: [{ workItemId: 'w1', state: 'active' }],
      cause: { rule: 'CA5' },
    })
  })

  it('[CA5] so does a profile that becomes blocking', async () => {
    await floor.admin.put('/v1/capacity-profiles/call', { limit: 1 })
    await floor.admin.put('/v1/capacity-profiles/mail', { limit: 2 })
    await floor.admin.put('/v1/workstreams/calls', { queueId: 'billing', cost: { profiles: ['call'] } })
    await capacityOf(null, { call: null, mail: null })
    await floor.tab('ada')
    await floor.put('w1', 'active', { workstreamId: 'calls' })
    expect(await floor.view('ada')).toMatchObject({ statusId: 'busy' })
    await floor.admin.put('/v1/capacity-profiles/call', { limit: 1, blocking: true })
    await floor.shows('ada', { statusId: 'do-not-disturb' })
  })

  it('[CA9] work that does not affect presence consumes, and leaves her Available', async () => {
    await floor.admin.put('/v1/workstreams/mail', {
      queueId: 'billing',
      affectsPresence: false,
      cost: { units: 10 },
    })
    await capacityOf(100)
    await floor.tab('ada')
    await floor.put('w1', 'active', { workstreamId: 'mail' })
    expect(await floor.view('ada')).toMatchObject({
      statusId: 'available',
      origin: 'capacity',
      capacity: { units: { used: 10 } },
    })
  })

  it.each(['Asia/Kolkata', 'Pacific/Auckland'])('[CA6] a day ends by the clock of %s', async timeZone => {
    const end = Math.floor(Date.now() / MINUTE) * MINUTE + 2 * HOUR
    const endOfDay = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
    }).format(end)
    const day = { limit: 1, reset: 'end-of-day', timeZone, endOfDay }
    expect((await floor.admin.put('/v1/capacity-profiles/case', day)).status).toBe(201)
    await floor.admin.put('/v1/workstreams/cases', { queueId: 'billing', cost: { profiles: ['case'] } })
    await capacityOf(null, { case: null })
    await floor.tab('ada')
    await floor.put('w1', 'active', { workstreamId: 'cases' })
    await floor.report('w1', 'close')
    expect(await floor.view('ada')).toMatchObject({ statusId: 'do-not-disturb', cause: { rule: 'CA2.3' } })
    floor.clock.shift(end - Date.now() - 1_000 * 30)
    expect((await floor.put('w2', 'offered', { workstreamId: 'cases' })).body).toMatchObject({
      code: 'no-capacity',
    })
    floor.clock.shift(30_000)
    await floor.shows('ada', { statusId: 'available' })
    expect((await floor.put('w2', 'offered', { workstreamId: 'cases' })).status).toBe(200)
  })

  it('[CA8] wrap-up holds its capacity for its seconds, and her own view says until when', async () => {
    await floor.admin.put('/v1/workstreams/chat', {
      queueId: 'billing',
      cost: { units: 50 },
      wrapUp: { seconds: 30 },
    })
    await capacityOf(50)
    const tab = await floor.tab('ada')
    await floor.put('w1', 'active')
    await tab.done('work:wrap-up', { workItemId: 'w1' })
    const view = await floor.view('ada')
    const [item] = view.work
    expect(view).toMatchObject({ statusId: 'do-not-disturb', capacity: { units: { used: 50 } } })
    const capacityUntil = item && 'capacityUntil' in item ? String(item.capacityUntil) : ''
    expect(Date.parse(capacityUntil) - Date.parse(item?.since ?? '')).toBe(30_000)
    floor.clock.shift(30_000)
    await floor.shows('ada', { statusId: 'available' })
    expect(await floor.view('ada')).toMatchObject({
      capacity: { units: { used: 0 } },
      work: [{ state: 'wrap-up', capacityUntil: null }],
    })
  })

  it('[ST7] a status with an expected duration says when it is overdue', async () => {
    await floor.admin.post('/v1/statuses', { id: 'lunch', text: 'Lunch', base: 'away', expectedMs: HOUR })
    const tab = await floor.tab('ada')
    const { presence } = await tab.done('presence:set', { statusId: 'lunch' })
    expect(Date.parse(presence.overdueAt ?? '') - Date.parse(presence.since)).toBe(HOUR)
  })
})

describe('work that is stuck', () => {
  beforeEach(async () => {
    await floor.admin.patch('/v1/policy', { staleWorkAfterMs: HOUR })
    await floor.tab('ada')
    await floor.put('w1', 'active')
  })

  const stale = async () => (await floor.view('ada')).work[0]?.stale

  it('[WK8] is told to watchers once, and no longer stale when it is touched', async () => {
    const board = await floor.socket('sue', { roles: ['supervisor'], watches: ['billing'] })
    await board.done('watch', { queues: ['billing'] })
    floor.clock.shift(HOUR)
    await until('it is stale', stale)
    const told = () => board.all('presence:changes').flatMap(({ presences }) => presences)
    await until('the board hears', () => told().length > 0)
    expect(told()).toMatchObject([{ representativeId: 'ada', work: [{ workItemId: 'w1', stale: true }] }])
    await floor.report('w1', 'resume')
    expect(await stale()).toBeUndefined()
  })

  it.each(['close', 'release'])('[WK8, WK4] is ended by a supervisor with a %s', async report => {
    floor.clock.shift(HOUR)
    await until('it is stale', stale)
    expect((await supervisor('sales').post<Problem>(`/v1/work-items/w1/${report}`)).body.code).toBe(
      'forbidden',
    )
    expect((await supervisor('billing').post(`/v1/work-items/w1/${report}`)).status).toBe(200)
    expect(await floor.view('ada')).toMatchObject({
      work: [],
      statusId: 'available',
      cause: { actor: { id: 'sue' } },
    })
  })

  it('[WK4, NO11] a stuck offer is withdrawn by a supervisor; a release declines nothing', async () => {
    await floor.put('w2', 'offered')
    expect((await supervisor('billing').post('/v1/work-items/w2/withdraw')).status).toBe(200)
    await floor.put('w2', 'offered')
    await floor.report('w2', 'reject')
    await floor.put('w2', 'active')
    expect((await supervisor('billing').post('/v1/work-items/w2/release')).body).toMatchObject({
      state: 'queued',
      declines: 1,
    })
  })

  it('[WK3] a closed item is gone after 24 hours, and then it is new', async () => {
    await floor.report('w1', 'close')
    floor.clock.shift(23 * HOUR)
    expect((await floor.put('w1', 'active')).body).toMatchObject({ code: 'work-item-closed' })
    floor.clock.shift(HOUR)
    await until('it is forgotten', () => floor.server.storage.workItem('default', 'w1') === null)
    expect((await floor.service.get('/v1/work-items/w1')).status).toBe(404)
    expect((await floor.report('w1', 'close')).status).toBe(204)
    expect((await floor.put('w1', 'active')).body).toMatchObject({ state: 'active' })
  })
})

describe('a pick', () => {
  it('[WK9] is of work that may be taken, in a queue of hers, by its own workstream', async () => {
    await floor.admin.put('/v1/queues/sales', {})
    await floor.admin.put('/v1/workstreams/mail', { queueId: 'billing', selfAssign: true })
    await floor.admin.put('/v1/workstreams/leads', { queueId: 'sales', selfAssign: true })
    const tab = await floor.tab('ada')
    const pick = async (workItemId: string, workstreamId?: string) => {
      const reply = await tab.send('work:accept', { workItemId, ...(workstreamId && { workstreamId }) })
      return reply.ok ? 'ok' : reply.error.code
    }
    expect(await pick('w1', 'chat')).toBe('forbidden')
    expect(await pick('w1', 'none')).toBe('not-found')
    expect(await pick('w1')).toBe('offer-gone')
    expect(await pick('w1', 'mail')).toBe('ok')
    await floor.report('w1', 'release')
    expect(await pick('w1', 'leads')).toBe('forbidden')
    expect(await pick('w1')).toBe('offer-gone')
    expect(await pick('w1', 'mail')).toBe('ok')
    await floor.put('w2', 'active', { workstreamId: 'leads' })
    await floor.report('w2', 'release')
    expect(await pick('w2', 'leads')).toBe('forbidden')
  })

  it('[WK9] ends at fifty open items, as does whatever else would come', async () => {
    const tab = await floor.tab('ada')
    await floor.tab('ben')
    for (let number = 0; number < 50; number++) await floor.put(`w${number}`, 'active')
    await floor.put('other', 'active', { representativeId: 'ben' })
    const full = { ok: false, error: { code: 'no-capacity' } }
    expect(await tab.send('work:accept', { workItemId: 'more', workstreamId: 'default' })).toMatchObject(full)
    expect((await floor.put('more', 'active')).body).toMatchObject({ code: 'no-capacity' })
    expect((await floor.put('more', 'offered', { force: true })).body).toMatchObject({ code: 'no-capacity' })
    const transfer = await floor.report('other', 'transfer', { to: { representativeId: 'ada' } })
    expect(transfer.body.code).toBe('no-capacity')
  })
})

describe('many at once', () => {
  it('[SU7] a supervisor chooses and resets for those of her queues; of others each is refused', async () => {
    await floor.admin.put('/v1/queues/sales', {})
    await floor.admin.put('/v1/representatives/sid', { queues: ['sales'] })
    const tabs = await Promise.all(['ada', 'ben', 'sid'].map(sub => floor.tab(sub)))
    const asked = {
      representativeIds: ['ada', 'ben', 'cleo', 'sid', 'nobody'],
      statusId: 'away',
      note: 'Fire drill',
    }
    const { status, body } = await supervisor('billing').post('/v1/presences/bulk', asked)
    expect([status, body]).toMatchObject([
      200,
      {
        items: [
          { representativeId: 'ada', outcome: 'updated' },
          { representativeId: 'ben', outcome: 'updated' },
          { representativeId: 'cleo', error: { code: 'not-signed-in' } },
          { representativeId: 'sid', error: { code: 'forbidden' } },
          { representativeId: 'nobody', error: { code: 'representative-unknown' } },
        ],
      },
    ])
    expect(await tabs[0]?.message('presence:notice')).toMatchObject({ kind: 'changed-by', by: { id: 'sue' } })
    expect(await floor.view('sid')).toMatchObject({ statusId: 'available' })
    const reset = await supervisor('billing').post('/v1/presences/bulk', {
      representativeIds: ['ada'],
      reset: true,
    })
    expect(reset.body).toEqual({ items: [{ representativeId: 'ada', outcome: 'reset' }] })
    const shown = await floor.service.get<{ items: PresenceView[] }>('/v1/presences?base=away')
    expect(shown.body.items.map(view => view.representativeId)).toEqual(['ben'])
  })
})
