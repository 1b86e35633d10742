// Transfers through the doors (TR): at once, as an offer, to a queue; and whoever goes or changes their mind meanwhile.

import type { TestClient } from '../support/gateway.ts'
import { type OpenFloor, openTheFloor, withdrawnFrom } from '../support/open-floor.ts'
import { until } from '../support/until.ts'

let floor: OpenFloor
let ada: TestClient
let ben: TestClient
beforeEach(async () => {
  floor = await openTheFloor({ cost: { units: 50 } })
  for (const sub of ['ada', 'ben', 'cleo'])
    await floor.admin.patch(`/v1/representatives/${sub}`, { capacity: { units: 100, profiles: {} } })
  ada = await floor.tab('ada')
  ben = await floor.tab('ben')
  await floor.put('w1', 'active')
})
afterEach(() => floor.close())

const to = (representativeId: string, offer = true) => ({ workItemId: 'w1', to: { representativeId }, offer })
const error = (code: string) => ({ ok: false, error: { code } })
const used = async (sub: string) => (await floor.view(sub)).capacity.units
const declinedOf = (tab: TestClient) => tab.all('work:notice').map(({ workItemId, by }) => [workItemId, by])

describe('a transfer', () => {
  it('[TR1, TR3] to herself changes nothing', async () => {
    const { revision } = await floor.item('w1')
    await ada.done('work:transfer', to('ada', false))
    await ada.done('work:transfer', to('ada', true))
    expect(await floor.item('w1')).toMatchObject({ representativeId: 'ada', revision })
  })

  it('[TR1] frees the first and takes the second; the first may report it no more', async () => {
    await ada.done('work:transfer', to('ben', false))
    expect([await used('ada'), await used('ben')]).toMatchObject([{ used: 0 }, { used: 50 }])
    expect(await ada.send('work:close', { workItemId: 'w1' })).toMatchObject(error('work-item-conflict'))
    await ben.done('work:close', { workItemId: 'w1' })
  })

  it('[TR2] to a queue leaves it there, known to whoever watches that queue only', async () => {
    await floor.admin.put('/v1/queues/sales', {})
    await ada.done('work:transfer', { workItemId: 'w1', to: { queueId: 'sales' } })
    expect(await floor.item('w1')).toMatchObject({
      state: 'queued',
      queueId: 'sales',
      representativeId: null,
    })
    const watching = (queue: string) => floor.http('sue', { roles: ['supervisor'], watches: [queue] })
    expect((await watching('sales').get('/v1/work-items/w1')).status).toBe(200)
    expect((await watching('billing').get('/v1/work-items/w1')).status).toBe(403)
    expect((await watching('billing').post('/v1/work-items/w1/close')).status).toBe(403)
    expect((await watching('sales').post('/v1/work-items/w1/close')).status).toBe(200)
  })

  it('[TR3] by a supervisor over her socket reaches neither people nor queues that she doesn’t watch', async () => {
    await floor.admin.put('/v1/queues/sales', {})
    await floor.admin.put('/v1/representatives/sid', { queues: ['sales'] })
    const sue = await floor.socket('sue', { roles: ['supervisor'], watches: ['billing'] })
    expect(await sue.send('work:transfer', to('sid', false))).toMatchObject(error('forbidden'))
    const elsewhere = { workItemId: 'w1', to: { queueId: 'sales' } }
    expect(await sue.send('work:transfer', elsewhere)).toMatchObject(error('forbidden'))
    expect(await sue.send('work:transfer', to('nobody', false))).toMatchObject(
      error('representative-unknown'),
    )
    // Cleo is signed out, which keeps her colleagues from it, but no supervisor.
    expect(await ada.send('work:transfer', to('cleo', false))).toMatchObject(error('not-signed-in'))
    expect(await sue.send('work:transfer', to('cleo', false))).toMatchObject({ ok: true })
    expect(await floor.item('w1')).toMatchObject({ representativeId: 'cleo' })
  })

  it('[TR5] can go to the connected colleagues, with room after what is reserved', async () => {
    await floor.put('w2', 'offered', { representativeId: 'ben' })
    const { targets } = await ada.done('work:targets', { workItemId: 'w1' })
    expect(targets).toEqual([{ representativeId: 'ben', name: 'ben', base: 'available', room: 1 }])
    expect(await ben.send('work:targets', { workItemId: 'w1' })).toMatchObject(error('forbidden'))
    expect(await ben.send('work:targets', { workItemId: 'none' })).toMatchObject(error('work-item-unknown'))
  })
})

describe('a transfer as an offer', () => {
  beforeEach(async () => {
    await ada.done('work:transfer', to('ben'))
    await ben.message('work:offered')
  })

  it('[TR4] keeps the first’s capacity and reserves the second’s, until the accept moves both', async () => {
    expect([await used('ada'), await used('ben')]).toMatchObject([{ used: 50 }, { used: 0, reserved: 50 }])
    await ben.done('work:accept', { workItemId: 'w1' })
    expect([await used('ada'), await used('ben')]).toMatchObject([{ used: 0 }, { used: 50, reserved: 0 }])
    await ada.message('presence:self', view => view.work.length === 0)
    expect(declinedOf(ada)).toEqual([])
  })

  it('[TR4] declined is told to every tab of the first, who keeps it', async () => {
    const second = await floor.tab('ada')
    await ben.done('work:reject', { workItemId: 'w1' })
    for (const tab of [ada, second]) {
      await tab.message('work:notice')
      expect(declinedOf(tab)).toEqual([['w1', 'ben']])
    }
    expect(await floor.item('w1')).toMatchObject({
      state: 'active',
      representativeId: 'ada',
      offeredTo: null,
    })
    expect(await floor.view('ada')).toMatchObject({ statusId: 'busy', origin: 'capacity' })
  })

  it('[TR4] missed is a decline, and the second’s miss', async () => {
    floor.clock.shift(120_000)
    await ada.message('work:notice')
    expect(withdrawnFrom(ben)).toEqual([['w1', 'missed']])
    expect(await floor.view('ben')).toMatchObject({ origin: 'missed' })
    expect(await floor.view('ada')).toMatchObject({ origin: 'capacity' })
  })

  it('[TR4] withdrawn by a supervisor is no decline', async () => {
    const sue = floor.http('sue', { roles: ['supervisor'], watches: ['billing'] })
    expect((await sue.post('/v1/work-items/w1/withdraw')).status).toBe(200)
    await ben.message('work:withdrawn')
    expect(withdrawnFrom(ben)).toEqual([['w1', 'withdrawn']])
    expect(await floor.item('w1')).toMatchObject({ representativeId: 'ada', offeredTo: null, declines: 0 })
    expect(await ben.send('work:accept', { workItemId: 'w1' })).toMatchObject(error('work-item-conflict'))
  })

  it('[TR4, NO8] ends 10 s after the second went, and the first is told', async () => {
    ben.socket.close()
    await floor.shows('ben', { link: 'absent' })
    floor.clock.shift(10_000)
    await ada.message('work:notice')
    expect(await floor.item('w1')).toMatchObject({ representativeId: 'ada', offeredTo: null, declines: 1 })
  })

  it('[TR4, NO10] ends when the second chooses a presence that the work doesn’t allow', async () => {
    await ben.done('presence:set', { statusId: 'away' })
    await ada.message('work:notice')
    expect(withdrawnFrom(ben)).toEqual([['w1', 'withdrawn']])
  })

  it.each(['close', 'release'])('[TR4] ends with a %s of the item', async report => {
    await floor.report('w1', report)
    await ben.message('work:withdrawn')
    expect(withdrawnFrom(ben)).toEqual([['w1', 'withdrawn']])
    expect((await ben.send('work:accept', { workItemId: 'w1' })).ok).toBe(false)
    expect(await floor.view('ben')).toMatchObject({ origin: 'default', capacity: { units: { reserved: 0 } } })
    expect(declinedOf(ada)).toEqual([])
  })

  it('[TR4, TR2] ends with a transfer to a queue', async () => {
    await ada.done('work:transfer', { workItemId: 'w1', to: { queueId: 'billing' } })
    await ben.message('work:withdrawn')
    expect(await floor.item('w1')).toMatchObject({ state: 'queued', offeredTo: null, representativeId: null })
    expect(await ben.send('work:accept', { workItemId: 'w1' })).toMatchObject(error('offer-gone'))
  })

  it('[TR4, TR1] ends with a transfer at once, to the same or to another', async () => {
    const cleo = await floor.tab('cleo')
    await ada.done('work:transfer', to('cleo'))
    await ben.message('work:withdrawn')
    await cleo.message('work:offered')
    await ada.done('work:transfer', to('cleo', false))
    await cleo.message('presence:self', view => view.work.length === 1)
    expect([await used('ada'), await used('ben'), await used('cleo')]).toMatchObject([
      { used: 0 },
      { reserved: 0 },
      { used: 50, reserved: 0 },
    ])
    expect(declinedOf(ada)).toEqual([])
  })

  it('[TR4, WK3] made again changes nothing', async () => {
    const { revision } = await floor.item('w1')
    await ada.done('work:transfer', to('ben'))
    expect((await floor.item('w1')).revision).toBe(revision)
    expect(ben.all('work:offered')).toHaveLength(1)
  })

  it('[TR4, DI8] goes on when the first signs out', async () => {
    await ada.done('sign-out', {})
    await ben.done('work:accept', { workItemId: 'w1' })
    expect(await floor.item('w1')).toMatchObject({ representativeId: 'ben', state: 'active' })
    await until('she has none', async () => (await floor.view('ada')).work.length === 0)
  })

  it('[TR4, WK5] goes on while the first parks the item or wraps it up', async () => {
    await ada.done('work:wait', { workItemId: 'w1' })
    expect([await used('ada'), await used('ben')]).toMatchObject([{ used: 0 }, { reserved: 50 }])
    await ada.done('work:resume', { workItemId: 'w1' })
    await ada.done('work:wrap-up', { workItemId: 'w1' })
    await ben.done('work:accept', { workItemId: 'w1' })
    expect(await floor.item('w1')).toMatchObject({ representativeId: 'ben', state: 'active' })
  })
})
