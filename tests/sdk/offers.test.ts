import { failure } from '../support/client-world.ts'
import { createDeskWorld, type DeskWorld, heardBy } from '../support/desk-world.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'
import { until } from '../support/until.ts'

describe('offers in several tabs, over a whole server', () => {
  let world: DeskWorld
  beforeEach(async () => {
    world = await createDeskWorld()
  })
  afterEach(() => world.close())

  const twoTabs = async () => {
    const [one, other] = [await world.tab('ada'), await world.tab('ada')]
    return { one, other, atOne: heardBy(one), atOther: heardBy(other) }
  }
  const bothHear = (tabs: { atOne: string[]; atOther: string[] }, expected: readonly string[]) =>
    until(`both tabs hear ${expected}`, () =>
      [tabs.atOne, tabs.atOther].every(heard => heard.join() === expected.join()),
    )

  it('[NO1] reach every tab once, with their limit by the clock of the server', async () => {
    const tabs = await twoTabs()
    await world.offer('w1', 'ada', { attributes: { title: 'Bill' } })
    await bothHear(tabs, ['offer w1'])
    const [offer] = tabs.other.getOffers()
    expect(offer).toMatchObject({ workItemId: 'w1', rejectable: true, attributes: { title: 'Bill' } })
    expect(tabs.one.getPresence()?.capacity.units).toMatchObject({ used: 0, reserved: 50 })
    await world.offer('w1', 'ada')
    await world.offer('w2', 'ada')
    await bothHear(tabs, ['offer w1', 'offer w2'])
  })

  it('[NO1, NO9] accepted in one tab: the pop-up of the other closes, and its accept gets the same answer', async () => {
    const tabs = await twoTabs()
    await world.offer('w1')
    await bothHear(tabs, ['offer w1'])
    const first = await tabs.one.accept('w1')
    await bothHear(tabs, ['offer w1', 'accepted w1'])
    expect(tabs.other.getOffers()).toEqual([])
    expect(tabs.other.getPresence()).toMatchObject({ work: [{ workItemId: 'w1', state: 'active' }] })
    expect(await tabs.other.accept('w1')).toEqual(first)
    expect(await failure(tabs.other.reject('w1'))).toMatchObject({ code: 'transition-not-allowed' })
    await bothHear(tabs, ['offer w1', 'accepted w1'])
  })

  it('[WK3] accepted in both tabs at once, fifty times: both have it, and it was accepted once', async () => {
    const tabs = await twoTabs()
    for (let round = 1; round <= 50; round++) {
      const id = `w${round}`
      await world.offer(id)
      await until(`${id} rings in both`, () =>
        [tabs.one, tabs.other].every(tab => tab.getOffers().some(({ workItemId }) => workItemId === id)),
      )
      const [first, second] = await Promise.all([tabs.one.accept(id), tabs.other.accept(id)])
      expect(second).toEqual(first)
      expect(first.work).toMatchObject([{ workItemId: id, state: 'active' }])
      await until('both have stopped ringing', () =>
        [tabs.atOne, tabs.atOther].every(heard => heard.at(-1) === `accepted ${id}`),
      )
      await tabs.one.close(id)
    }
    expect(tabs.atOne).toHaveLength(100)
    expect(tabs.atOther).toEqual(tabs.atOne)
  })

  it('[NO9] accepted in one tab and rejected in the other, fifty times: one of them wins, and both tabs agree', async () => {
    await world.service.patchPolicy({ body: { rejectedSetsDoNotDisturb: false } })
    const tabs = await twoTabs()
    const wins = { accepted: 0, rejected: 0 }
    for (let round = 1; round <= 50; round++) {
      const id = `w${round}`
      await world.offer(id)
      await until(`${id} rings in both`, () => tabs.atOne.length + tabs.atOther.length === 4 * round - 2)
      const [accepter, rejecter] = round % 2 ? [tabs.one, tabs.other] : [tabs.other, tabs.one]
      const [accept, reject] = await Promise.allSettled([accepter.accept(id), rejecter.reject(id)])
      const won = accept.status === 'fulfilled' ? 'accepted' : 'rejected'
      wins[won] += 1
      expect([accept.status, reject.status].sort()).toEqual(['fulfilled', 'rejected'])
      const refusal = accept.status === 'rejected' ? accept : reject
      expect(refusal).toMatchObject({
        reason: { code: won === 'accepted' ? 'transition-not-allowed' : 'offer-gone' },
      })
      await until('both know how it ended', () =>
        [tabs.atOne, tabs.atOther].every(heard => heard.at(-1) === `${won} ${id}`),
      )
      if (won === 'accepted') await accepter.close(id)
    }
    expect(wins.accepted + wins.rejected).toBe(50)
    expect(tabs.atOther).toEqual(tabs.atOne)
  })

  it('[NO3, NO7, NO9] rejected in one tab: both hear so and why she is Do not disturb, and no tab can answer it', async () => {
    const tabs = await twoTabs()
    await world.offer('w1')
    await bothHear(tabs, ['offer w1'])
    await tabs.one.reject('w1', { reason: 'language' })
    await bothHear(tabs, ['offer w1', 'rejected w1', 'notice rejected'])
    expect(tabs.other.getPresence()).toMatchObject({ statusId: 'do-not-disturb', origin: 'rejected' })
    expect(await failure(tabs.other.accept('w1'))).toMatchObject({ code: 'offer-gone' })
    expect(await failure(tabs.one.reject('w1'))).toMatchObject({ code: 'offer-gone' })
  })

  it('[NO2, NO7, NO9] that run out are missed in both tabs, and can no longer be answered', async () => {
    const tabs = await twoTabs()
    await world.offer('w1')
    await bothHear(tabs, ['offer w1'])
    world.clock.shift(120_000)
    await bothHear(tabs, ['offer w1', 'missed w1', 'notice missed'])
    expect(tabs.one.getPresence()).toMatchObject({ statusId: 'inactive', origin: 'missed' })
    expect(await failure(tabs.one.accept('w1'))).toMatchObject({ code: 'offer-gone' })
  })

  it('[NO9, NO10] that are taken back, given to another, closed, or not allowed by what she chose are withdrawn', async () => {
    const tabs = await twoTabs()
    await world.tab('ben')
    for (const id of ['w1', 'w2', 'w3', 'w4']) await world.offer(id, 'ada', { force: true })
    await until('all ring', () => tabs.other.getOffers().length === 4)
    await world.service.withdrawWorkItem({ id: 'w1' })
    const toBen = { workstreamId: 'chat', representativeId: 'ben', state: 'active' } as const
    await world.service.putWorkItem({ id: 'w2', body: toBen })
    await world.service.closeWorkItem({ id: 'w3' })
    await tabs.one.setPresence('away')
    const rang = ['w1', 'w2', 'w3', 'w4'].map(id => `offer ${id}`)
    await bothHear(tabs, [...rang, ...rang.map(offer => offer.replace('offer', 'withdrawn'))])
  })

  it('[NO9] an assignment of what she is offered is an accept of it', async () => {
    const tabs = await twoTabs()
    await world.offer('w1')
    const body = { workstreamId: 'chat', representativeId: 'ada', state: 'active' } as const
    await world.service.putWorkItem({ id: 'w1', body })
    await bothHear(tabs, ['offer w1', 'accepted w1'])
  })

  it('[NO9] that were withdrawn and are made again ring again', async () => {
    const tabs = await twoTabs()
    await world.offer('w1')
    await bothHear(tabs, ['offer w1'])
    await world.service.withdrawWorkItem({ id: 'w1' })
    await world.offer('w1')
    await bothHear(tabs, ['offer w1', 'withdrawn w1', 'offer w1'])
  })

  it('[NO1] are counted down by the clock of the server, whatever the clock of the device says', async () => {
    const device = createShiftedClock()
    device.shift(-3_600_000)
    const ada = await world.tab('ada', { clock: device })
    const left: number[] = []
    ada.onOffer(offer => ada.countdown(offer, ms => left.push(ms)))
    await world.offer('w1')
    await until('it is counted', () => left.length === 1)
    expect(left[0]).toBeGreaterThan(118_000)
    expect(left[0]).toBeLessThanOrEqual(120_000)
    await ada.accept('w1')
    expect(left.at(-1)).toBe(0)
  })

  it('[NO8, DI8] stop ringing in a tab that is over, whether it left or she signed out elsewhere', async () => {
    const tabs = await twoTabs()
    const third = await world.tab('ada')
    const atThird = heardBy(third)
    await world.offer('w1')
    await bothHear(tabs, ['offer w1'])
    await until('the third rings', () => atThird.length === 1)
    third.disconnect()
    expect(atThird).toEqual(['offer w1', 'ended w1'])
    expect(third.getOffers()).toEqual([])
    await tabs.one.signOut()
    await until('the other tab stops', () => tabs.other.getConnection().kind === 'ended')
    expect(tabs.atOther).toHaveLength(2)
    expect(tabs.other.getOffers()).toEqual([])
  })
})
