import { workstreamBody } from '@rollcall/shared'
import type { WorkOffer } from '../../server/src/app/app.ts'
import { administrator, as, principal, refusal, supervisor } from '../support/app-world.ts'
import { about, ada, bob, createWorkWorld, router, type WorkWorld, workFor } from '../support/work-world.ts'

describe('work', () => {
  let world: WorkWorld
  beforeEach(async () => {
    world = await createWorkWorld()
  })
  afterEach(() => world.end())

  it('[WK9] a representative takes an item of the built-in workstream; it shows in her own views with details', async () => {
    const { item, presence } = await world.pick()
    expect(item).toMatchObject({
      id: 'w1',
      state: 'active',
      representativeId: 'ada',
      cost: {},
      declines: 0,
      revision: 1,
    })
    expect(presence).toMatchObject({
      statusId: 'busy',
      origin: 'capacity',
      work: [{ workItemId: 'w1', attributes: { title: 'Hi' } }],
    })
    expect(world.view('ada')?.work).toEqual([
      { workItemId: 'w1', workstreamId: 'default', state: 'active', since: presence?.work[0]?.since },
    ])
    expect(world.app.presence.get(router, 'ada').work[0]).toMatchObject({
      attributes: { title: 'Hi' },
      cost: {},
    })
  })

  it('[WK9] elsewhere it is forbidden, and an unknown workstream is not found', async () => {
    await world.app.configuration.workstreams.put(
      as(administrator()),
      'chat',
      workstreamBody.parse({ channel: 'chat' }),
      null,
    )
    const accept = (workstreamId: string) =>
      refusal(() =>
        world.work.accept(as(ada), {
          workItemId: 'w1',
          workstreamId,
          attributes: null,
          by: 'representative',
        }),
      )
    expect((await accept('chat')).code).toBe('forbidden')
    expect((await accept('none')).code).toBe('not-found')
  })

  it('[WK1] a service assigns, the capacity counts, and a close frees it', async () => {
    const capacity = { units: 100, profiles: {} }
    await world.app.configuration.representatives.patch(as(administrator()), 'ada', { capacity }, null)
    const assigned = await world.work.put(as(router), workFor('active', { cost: { units: 30 }, priority: 5 }))
    expect(assigned).toMatchObject({
      item: { state: 'active', priority: 5, cost: { units: 30 } },
      presence: { representativeId: 'ada' },
    })
    expect(world.view('ada')?.capacity.units).toEqual({ total: 100, used: 30, reserved: 0 })
    const closed = await world.work.report(as(router), 'close', about)
    expect(closed).toMatchObject({ item: { state: 'closed' }, presence: { statusId: 'available' } })
    expect(world.view('ada')?.capacity.units?.used).toBe(0)
  })

  it('[WK3] the same report twice changes nothing, with or without a key', async () => {
    await world.work.put(as(router, 'k'), workFor('active'))
    const before = world.view('ada')
    expect(await world.work.put(as(router, 'k'), workFor('active'))).toMatchObject({
      item: { state: 'active' },
    })
    expect(await world.work.put(as(router), workFor('active'))).toMatchObject({
      item: { state: 'active', revision: 1 },
    })
    expect(world.view('ada')).toEqual(before)
  })

  it('[WK3] closing what was never heard of is done; a closed item is reopened only when asked', async () => {
    expect(await world.work.report(as(router), 'close', about)).toEqual({ item: null, presence: null })
    await world.pick()
    await world.work.report(as(ada), 'close', about)
    expect((await refusal(() => world.work.put(as(router), workFor('active')))).code).toBe('work-item-closed')
    expect(await world.work.put(as(router), workFor('active', { reopen: true }))).toMatchObject({
      item: { state: 'active' },
    })
  })

  it('[WK3] a closed item is forgotten after 24 hours', async () => {
    await world.pick()
    await world.work.report(as(ada), 'close', about)
    await world.clock.advance(86_399_000)
    expect(world.work.get(router, 'w1').state).toBe('closed')
    await world.clock.advance(2_000)
    expect((await refusal(() => world.work.get(router, 'w1'))).code).toBe('work-item-unknown')
    expect(world.work.list(router, { limit: 10 }).items).toEqual([])
  })

  it('[WK4] who may report about whose item', async () => {
    await world.pick()
    const code = async (what: () => unknown) => (await refusal(what)).code
    expect(await code(() => world.work.report(as(bob), 'close', about))).toBe('work-item-conflict')
    expect(await code(() => world.work.report(as(supervisor(['sales'])), 'close', about))).toBe('forbidden')
    expect(await code(() => world.work.report(as(supervisor('*')), 'wait', about))).toBe('forbidden')
    expect(await code(() => world.work.get(bob, 'w1'))).toBe('forbidden')
    expect(await world.work.report(as(supervisor(['default'])), 'release', about)).toMatchObject({
      item: { state: 'queued' },
    })
    expect(await code(() => world.work.report(as(router), 'wait', { ...about, workItemId: 'w9' }))).toBe(
      'work-item-unknown',
    )
  })

  it('[WK4] a supervisor who takes work herself may still take an item back, her own too', async () => {
    await world.pick()
    const roles = ['representative', 'supervisor'] as const
    const both = principal('ada', { roles, watches: ['default'] })
    expect((await refusal(() => world.work.report(as(ada), 'release', about))).code).toBe('forbidden')
    expect(await world.work.report(as(both), 'release', about)).toMatchObject({ item: { state: 'queued' } })
    await world.work.put(as(router), workFor('offered'))
    expect(await world.work.report(as(both), 'withdraw', about)).toMatchObject({
      item: { state: 'queued', offeredTo: null },
    })
  })

  it('[WK1] what a service names must exist', async () => {
    const code = async (more: Partial<WorkOffer>) =>
      (await refusal(() => world.work.put(as(router), workFor('active', more)))).code
    expect(await code({ workstreamId: 'none' })).toBe('not-found')
    expect(await code({ representativeId: 'none' })).toBe('representative-unknown')
    expect(await code({ cost: { profiles: ['none'] } })).toBe('not-found')
  })

  it('[WK2] items are listed by queue, state and holder, within reach', async () => {
    await world.pick(ada, 'w1')
    await world.pick(bob, 'w2')
    const ids = (who = router, query = {}) =>
      world.work.list(who, { limit: 10, ...query }).items.map(item => item.id)
    expect(ids()).toEqual(['w1', 'w2'])
    expect(ids(router, { representative: 'bob' })).toEqual(['w2'])
    expect(ids(router, { state: 'queued' })).toEqual([])
    expect(ids(supervisor(['sales']))).toEqual([])
    expect(ids(supervisor(['default']), { queue: 'default' })).toEqual(['w1', 'w2'])
    expect(world.work.list(router, { limit: 1 }).next).not.toBeNull()
  })
})
