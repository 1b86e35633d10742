import type { WorkOffer } from '../../server/src/app/app.ts'
import {
  type AppWorld,
  administrator,
  as,
  createAppWorld,
  principal,
  refusal,
  service,
  supervisor,
} from '../support/app-world.ts'

describe('work', () => {
  let world: AppWorld
  const ada = principal('ada', { queues: ['default'] })
  const bob = principal('bob', { queues: ['default'] })
  const router = service()

  beforeEach(async () => {
    world = await createAppWorld()
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.connect(bob, 'c2', 0)
  })
  afterEach(() => world.end())

  const work = () => world.app.work
  const view = (id: string) => world.app.replica.view('default', id)
  const offer = (state: 'offered' | 'active', more: Partial<WorkOffer> = {}): WorkOffer => ({
    workItemId: 'w1',
    workstreamId: 'default',
    representativeId: 'ada',
    state,
    force: false,
    reopen: false,
    by: 'other',
    ...more,
  })
  const pick = (who = ada, workItemId = 'w1') =>
    work().accept(as(who), {
      workItemId,
      workstreamId: 'default',
      attributes: { title: 'Hi' },
      by: 'representative',
    })
  const about = { workItemId: 'w1', by: 'other' as const }

  it('[WK9] a representative takes an item of the built-in workstream; it shows in her own views with details', async () => {
    const { item, presence } = await pick()
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
    expect(view('ada')?.work).toEqual([
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
      {
        channel: 'chat',
        queueId: 'default',
        allowedPresences: ['available'],
        cost: {},
        assignmentMethod: 'highest-capacity',
        assignmentRules: [],
        offerTimeoutMs: 120_000,
        rejectable: true,
        missedCounts: true,
        opensSession: true,
        affectsPresence: true,
        selfAssign: false,
        wrapUp: 'always',
      },
      null,
    )
    const accept = (workstreamId: string) =>
      refusal(() =>
        work().accept(as(ada), { workItemId: 'w1', workstreamId, attributes: null, by: 'representative' }),
      )
    expect((await accept('chat')).code).toBe('forbidden')
    expect((await accept('none')).code).toBe('not-found')
  })

  it('[WK1] a service assigns, the capacity counts, and a close frees it', async () => {
    const capacity = { units: 100, profiles: {} }
    await world.app.configuration.representatives.patch(as(administrator()), 'ada', { capacity }, null)
    const assigned = await work().put(as(router), offer('active', { cost: { units: 30 }, priority: 5 }))
    expect(assigned).toMatchObject({
      item: { state: 'active', priority: 5, cost: { units: 30 } },
      presence: { representativeId: 'ada' },
    })
    expect(view('ada')?.capacity.units).toEqual({ total: 100, used: 30, reserved: 0 })
    const closed = await work().report(as(router), 'close', about)
    expect(closed).toMatchObject({ item: { state: 'closed' }, presence: { statusId: 'available' } })
    expect(view('ada')?.capacity.units?.used).toBe(0)
  })

  it('[WK3] the same report twice changes nothing, with or without a key', async () => {
    await work().put(as(router, 'k'), offer('active'))
    const before = view('ada')
    expect(await work().put(as(router, 'k'), offer('active'))).toMatchObject({ item: { state: 'active' } })
    expect(await work().put(as(router), offer('active'))).toMatchObject({
      item: { state: 'active', revision: 1 },
    })
    expect(view('ada')).toEqual(before)
  })

  it('[WK3] closing what was never heard of is done; a closed item is reopened only when asked', async () => {
    expect(await work().report(as(router), 'close', about)).toEqual({ item: null, presence: null })
    await pick()
    await work().report(as(ada), 'close', about)
    expect((await refusal(() => work().put(as(router), offer('active')))).code).toBe('work-item-closed')
    expect(await work().put(as(router), offer('active', { reopen: true }))).toMatchObject({
      item: { state: 'active' },
    })
  })

  it('[WK3] a closed item is forgotten after 24 hours', async () => {
    await pick()
    await work().report(as(ada), 'close', about)
    await world.clock.advance(86_399_000)
    expect(work().get(router, 'w1').state).toBe('closed')
    await world.clock.advance(2_000)
    expect((await refusal(() => work().get(router, 'w1'))).code).toBe('work-item-unknown')
    expect(work().list(router, { limit: 10 }).items).toEqual([])
  })

  it('[WK4] who may report about whose item', async () => {
    await pick()
    const code = async (what: () => unknown) => (await refusal(what)).code
    expect(await code(() => work().report(as(bob), 'close', about))).toBe('work-item-conflict')
    expect(await code(() => work().report(as(supervisor(['sales'])), 'close', about))).toBe('forbidden')
    expect(await code(() => work().report(as(supervisor('*')), 'wait', about))).toBe('forbidden')
    expect(await code(() => work().get(bob, 'w1'))).toBe('forbidden')
    expect(await work().report(as(supervisor(['default'])), 'release', about)).toMatchObject({
      item: { state: 'queued' },
    })
    expect(await code(() => work().report(as(router), 'wait', { ...about, workItemId: 'w9' }))).toBe(
      'work-item-unknown',
    )
  })

  it('[WK1] what a service names must exist', async () => {
    const code = async (more: Partial<WorkOffer>) =>
      (await refusal(() => work().put(as(router), offer('active', more)))).code
    expect(await code({ workstreamId: 'none' })).toBe('not-found')
    expect(await code({ representativeId: 'none' })).toBe('representative-unknown')
    expect(await code({ cost: { profiles: ['none'] } })).toBe('not-found')
  })

  it('[WK2] items are listed by queue, state and holder, within reach', async () => {
    await pick(ada, 'w1')
    await pick(bob, 'w2')
    const ids = (who = router, query = {}) =>
      work()
        .list(who, { limit: 10, ...query })
        .items.map(item => item.id)
    expect(ids()).toEqual(['w1', 'w2'])
    expect(ids(router, { representative: 'bob' })).toEqual(['w2'])
    expect(ids(router, { state: 'queued' })).toEqual([])
    expect(ids(supervisor(['sales']))).toEqual([])
    expect(ids(supervisor(['default']), { queue: 'default' })).toEqual(['w1', 'w2'])
    expect(work().list(router, { limit: 1 }).next).not.toBeNull()
  })
})
