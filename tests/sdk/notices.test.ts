import { createDeskWorld, type DeskWorld, heardBy } from '../support/desk-world.ts'
import { until } from '../support/until.ts'

describe('notices in several tabs, over a whole server', () => {
  let world: DeskWorld
  beforeEach(async () => {
    world = await createDeskWorld()
  })
  afterEach(() => world.close())

  it('[NO7] are told once in each tab, stay until one of them has seen them, and then leave all', async () => {
    const [one, other] = [await world.tab('ada'), await world.tab('ada')]
    const [heard, heardElsewhere] = [heardBy(one), heardBy(other)]
    await world.offer('w1', 'ada', { attributes: { title: 'Bill' } })
    world.clock.shift(120_000)
    await until('both are told', () => one.getNotices().length + other.getNotices().length === 2)
    const [notice] = one.getNotices()
    expect(notice).toMatchObject({ kind: 'missed', workItemId: 'w1', attributes: { title: 'Bill' } })
    expect(notice?.presence).toMatchObject({ statusId: 'inactive' })

    await one.resetPresence()
    const later = await world.tab('ada')
    expect(later.getNotices()).toEqual([notice])

    await other.seen(notice?.id ?? '')
    await until('no tab has it', () => [one, other, later].every(tab => tab.getNotices().length === 0))
    const expected = ['notice missed', 'no more missed']
    for (const tab of [heard, heardElsewhere]) {
      expect(tab.filter(what => what.includes('missed') && !what.includes('w1'))).toEqual(expected)
    }
    await one.seen(notice?.id ?? '')
    expect((await world.tab('ada')).getNotices()).toEqual([])
  })

  it('[MA5, SU7, NO7] also of what a supervisor did for many at once', async () => {
    const [ada, ben] = [await world.tab('ada'), await world.tab('ben')]
    const [heard, heardByBen] = [heardBy(ada), heardBy(ben)]
    const sue = world.http({ sub: 'sue', name: 'Sue', roles: ['supervisor'], watches: ['billing'] })
    const representativeIds = ['ada', 'ben', 'nobody']
    const chosen = await sue.setPresences({ body: { representativeIds, statusId: 'away', note: 'Drill' } })
    expect(chosen.items).toMatchObject([
      { representativeId: 'ada', outcome: 'updated' },
      { representativeId: 'ben', outcome: 'updated' },
      { representativeId: 'nobody', error: { code: 'representative-unknown', retry: false } },
    ])
    await until('both are told', () => heard.length + heardByBen.length === 2)
    expect(ada.getNotices()).toMatchObject([{ kind: 'changed-by', by: { id: 'sue', name: 'Sue' } }])
    await sue.setPresences({ body: { representativeIds: ['ada', 'ben'], reset: true } })
    await until('both are back', () => [ada, ben].every(tab => tab.getPresence()?.origin === 'capacity'))
  })
})
