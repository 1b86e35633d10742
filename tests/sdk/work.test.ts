import { failure } from '../support/client-world.ts'
import { createDeskWorld, type DeskWorld, heardBy } from '../support/desk-world.ts'
import { until } from '../support/until.ts'

const statesOf = (view: { readonly work: readonly { workItemId: string; state: string }[] } | null) =>
  view?.work.map(({ workItemId, state }) => `${workItemId} ${state}`)

describe('work through the client, over a whole server', () => {
  let world: DeskWorld
  beforeEach(async () => {
    world = await createDeskWorld()
  })
  afterEach(() => world.close())

  it('[WK3, WK5] goes from accepted over waiting and wrap-up to closed, in every tab', async () => {
    const [one, other] = [await world.tab('ada'), await world.tab('ada')]
    const seen: (readonly string[] | undefined)[] = []
    other.onPresenceChange(view => seen.push(statesOf(view)))
    await world.offer('w1')
    await one.accept('w1')
    expect(await one.wait('w1')).toMatchObject({ capacity: { units: { used: 0 } } })
    expect(await one.resume('w1')).toMatchObject({ capacity: { units: { used: 50 } } })
    await one.wrapUp('w1')
    expect(statesOf(await one.close('w1'))).toEqual([])
    await until('the other tab saw the end', () => seen.at(-1)?.length === 0 && seen.length >= 6)
    const steps = seen.map(states => states?.join() ?? '')
    expect(steps).toEqual(['', 'w1 active', 'w1 waiting', 'w1 active', 'w1 wrap-up', ''])
  })

  it('[WK3] the same report again is answered as the first; one that does not fit is refused', async () => {
    const ada = await world.tab('ada')
    await ada.accept('w1', { workstreamId: 'chat' })
    const waiting = await ada.wait('w1')
    expect(await ada.wait('w1')).toEqual(waiting)
    expect(await failure(ada.wrapUp('w1'))).toMatchObject({ code: 'transition-not-allowed' })
    expect(await failure(ada.wait('w9'))).toMatchObject({ code: 'work-item-unknown' })
    await ada.close('w1')
    expect(statesOf(await ada.close('w1'))).toEqual([])
    expect(await failure(ada.resume('w1'))).toMatchObject({ code: 'work-item-closed' })
  })

  it('[CA8] wrap-up holds its capacity for as long as its workstream says, and every tab sees it go', async () => {
    const [one, other] = [await world.tab('ada'), await world.tab('ada')]
    await one.accept('w1', { workstreamId: 'chat' })
    const wrapping = await one.wrapUp('w1')
    expect(wrapping).toMatchObject({ statusId: 'busy', work: [{ state: 'wrap-up' }] })
    const until30 = Date.parse(wrapping.work[0]?.capacityUntil ?? '') - one.serverNow()
    expect(until30).toBeGreaterThan(28_000)
    // The client knows the server's clock as exactly as messages are fast.
    expect(until30).toBeLessThan(30_500)
    world.clock.shift(30_000)
    await until('both are free', () =>
      [one, other].every(tab => tab.getPresence()?.capacity.units?.used === 0),
    )
    expect(other.getPresence()).toMatchObject({ statusId: 'available', work: [{ state: 'wrap-up' }] })
  })

  it('[TR5] names the colleagues to whom an item may be transferred, with their room', async () => {
    const [ada] = [await world.tab('ada'), await world.tab('ben')]
    await world.service.putRepresentative({ id: 'cleo', body: { queues: ['billing'] } })
    await ada.accept('w1', { workstreamId: 'chat' })
    expect(await ada.getTransferTargets('w1')).toEqual([
      { representativeId: 'ben', name: 'ben', base: 'available', room: 2 },
    ])
  })

  it('[TR1, TR2] a transfer gives the item to a colleague, or back to a queue', async () => {
    const [ada, ben] = [await world.tab('ada'), await world.tab('ben')]
    await ada.accept('w1', { workstreamId: 'chat' })
    expect(statesOf(await ada.transfer('w1', { representativeId: 'ben' }))).toEqual([])
    await until('he has it', () => statesOf(ben.getPresence())?.[0] === 'w1 active')
    expect(await failure(ada.close('w1'))).toMatchObject({ code: 'work-item-conflict' })
    await ben.transfer('w1', { queueId: 'billing' })
    expect(await world.service.getWorkItem({ id: 'w1' })).toMatchObject({ state: 'queued' })
  })

  it('[TR4] a transfer that is offered stays hers until he accepts, with one word to every tab if he does not', async () => {
    const [ada, adaToo, ben] = [await world.tab('ada'), await world.tab('ada'), await world.tab('ben')]
    const [heard, heardToo, heardByBen] = [heardBy(ada), heardBy(adaToo), heardBy(ben)]
    await ada.accept('w1', { workstreamId: 'chat' })
    await ada.transfer('w1', { representativeId: 'ben' }, { offer: true })
    await until('he is asked', () => heardByBen.length === 1)
    await ben.reject('w1')
    await until('she is told', () => heard.length + heardToo.length === 2)
    expect([heard, heardToo]).toEqual([['declined w1 ben'], ['declined w1 ben']])
    expect(statesOf(ada.getPresence())).toEqual(['w1 active'])

    await ben.resetPresence()
    await ada.transfer('w1', { representativeId: 'ben' }, { offer: true })
    await until('he is asked again', () => ben.getOffers().length === 1)
    await ben.accept('w1')
    await until('it has left her', () => statesOf(adaToo.getPresence())?.length === 0)
    expect(heardByBen.filter(what => what.endsWith('w1'))).toEqual([
      'offer w1',
      'rejected w1',
      'offer w1',
      'accepted w1',
    ])
    expect(heard).toHaveLength(1)
  })

  it('[TR4, NO2] a transfer that he lets run out is declined too', async () => {
    const [ada, ben] = [await world.tab('ada'), await world.tab('ben')]
    const heard = heardBy(ada)
    await ada.accept('w1', { workstreamId: 'chat' })
    await ada.transfer('w1', { representativeId: 'ben' }, { offer: true })
    await until('he is asked', () => ben.getOffers().length === 1)
    world.clock.shift(120_000)
    await until('she is told', () => heard.length === 1)
    expect(heard).toEqual(['declined w1 ben'])
  })

  it('[WK4] a supervisor withdraws, releases, closes and transfers what is stuck, and her tab follows', async () => {
    const sue = world.http({ sub: 'sue', roles: ['supervisor'], watches: ['billing'] })
    const [ada, ben] = [await world.tab('ada'), await world.tab('ben')]
    const heard = heardBy(ada)
    await world.offer('w1')
    await until('it rings', () => heard.length === 1)
    await sue.withdrawWorkItem({ id: 'w1' })
    await until('it has stopped', () => heard.join() === 'offer w1,withdrawn w1')
    for (const id of ['w2', 'w3', 'w4']) await ada.accept(id, { workstreamId: 'chat' })
    expect(await sue.releaseWorkItem({ id: 'w2' })).toMatchObject({ state: 'queued', queueId: 'billing' })
    expect(await sue.closeWorkItem({ id: 'w3' })).toMatchObject({ state: 'closed' })
    const transfer = { to: { representativeId: 'ben' } }
    expect(await sue.transferWorkItem({ id: 'w4', body: transfer })).toMatchObject({
      representativeId: 'ben',
    })
    await until('nothing is left', () => statesOf(ada.getPresence())?.length === 0)
    await until('he has it', () => statesOf(ben.getPresence())?.[0] === 'w4 active')
    const elsewhere = world.http({ sub: 'tom', roles: ['supervisor'], watches: ['sales'] })
    expect(await failure(elsewhere.closeWorkItem({ id: 'w4' }))).toMatchObject({ code: 'forbidden' })
  })
})
