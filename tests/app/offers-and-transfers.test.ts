import { workstreamBody } from '@rollcall/shared'
import type { Principal } from '../../server/src/app/principal.ts'
import { administrator, as, principal, refusal, supervisor } from '../support/app-world.ts'
import { about, ada, bob, createWorkWorld, router, type WorkWorld, workFor } from '../support/work-world.ts'

describe('offers and transfers', () => {
  let world: WorkWorld
  beforeEach(async () => {
    world = await createWorkWorld()
  })
  afterEach(() => world.end())

  it('[TR1] a transfer moves the item in one step: nobody sees it with both or with none', async () => {
    await world.pick()
    world.changes.length = 0
    const { item, presence } = await world.work.transfer(as(ada), {
      workItemId: 'w1',
      to: { representativeId: 'bob' },
      offer: false,
      by: 'representative',
    })
    expect(item).toMatchObject({ state: 'active', representativeId: 'bob' })
    expect(presence).toMatchObject({ representativeId: 'ada', statusId: 'available', work: [] })
    expect(world.changes.map(change => [change.representativeId, change.view?.work.length]).sort()).toEqual([
      ['ada', 0],
      ['bob', 1],
    ])
  })

  it('[TR3] a target that does not exist keeps it with the first', async () => {
    await world.pick()
    const to = async (target: { representativeId: string } | { queueId: string }) =>
      (
        await refusal(() =>
          world.work.transfer(as(ada), { workItemId: 'w1', to: target, offer: false, by: 'representative' }),
        )
      ).code
    expect(await to({ representativeId: 'nobody' })).toBe('representative-unknown')
    expect(await to({ queueId: 'none' })).toBe('not-found')
    await world.app.presence.connect(principal('cyd', { queues: ['sales'] }), 'c3', 0)
    expect(await to({ representativeId: 'cyd' })).toBe('forbidden')
    expect(world.view('ada')?.work).toHaveLength(1)
  })

  it('[TR3] a supervisor hands work to people of their own queues only', async () => {
    await world.pick()
    await world.app.presence.connect(principal('cyd', { queues: ['sales'] }), 'c3', 0)
    const transfer = (representativeId: string) =>
      world.work.transfer(as(supervisor(['default'])), { ...about, to: { representativeId }, offer: false })
    expect((await refusal(() => transfer('cyd'))).code).toBe('forbidden')
    expect(world.view('ada')?.work).toHaveLength(1)
    expect(await transfer('bob')).toMatchObject({ item: { state: 'active', representativeId: 'bob' } })
  })

  it('[TR3, WK4] a supervisor moves work to queues that they watch only; who is a service, too, to any', async () => {
    await world.pick()
    await world.app.configuration.queues.put(as(administrator()), 'sales', {}, null)
    const transfer = (who: Principal, queueId: string) =>
      world.work.transfer(as(who), { ...about, to: { queueId }, offer: false })
    const refused = await refusal(() => transfer(supervisor(['default']), 'sales'))
    expect([refused.code, world.work.get(router, 'w1').state]).toEqual(['forbidden', 'active'])
    expect((await refusal(() => transfer(supervisor(['default']), 'none'))).code).toBe('not-found')
    const both = supervisor(['default'], { roles: ['supervisor', 'service'] })
    expect((await transfer(both, 'sales')).item).toMatchObject({ state: 'queued', queueId: 'sales' })
  })

  it('[TR5, TR3] targets are neither herself nor who would be refused to her', async () => {
    await world.app.presence.connect(principal('cyd', { queues: ['sales'] }), 'c3', 0)
    await world.app.configuration.workstreams.put(
      as(administrator()),
      'calls',
      workstreamBody.parse({ queueId: 'sales' }),
      null,
    )
    await world.work.put(as(router), workFor('offered'))
    expect(world.work.targets(ada, 'w1').map(target => target.representativeId)).toEqual(['bob'])
    await world.work.put(as(router), workFor('active', { workItemId: 'w2', workstreamId: 'calls' }))
    expect(world.work.targets(ada, 'w2')).toEqual([])
    expect(world.work.targets(router, 'w2').map(target => target.representativeId)).toEqual(['cyd'])
  })

  it('[TR5] targets are the connected colleagues of the queue, with their room', async () => {
    await world.pick()
    expect(world.work.targets(ada, 'w1')).toEqual([
      { representativeId: 'bob', name: 'BOB', base: 'available', room: null },
    ])
    await world.app.presence.disconnect('default', 'bob', 'c2', 'gone', 0)
    expect(world.work.targets(ada, 'w1')).toEqual([])
  })

  it('[NO1] an offer reserves, reaches her tabs, and is missed at its limit: the item waits again', async () => {
    await world.work.put(as(router), workFor('offered'))
    expect(world.app.presence.self(ada).offers).toMatchObject([{ workItemId: 'w1', rejectable: true }])
    expect(world.signals.filter(signal => signal.kind === 'offered')).toHaveLength(1)
    await world.clock.advance(120_000)
    expect(world.work.get(router, 'w1')).toMatchObject({ state: 'queued', offeredTo: null, declines: 1 })
    expect(world.view('ada')).toMatchObject({ statusId: 'inactive', origin: 'missed' })
    expect(world.signals).toContainEqual({
      kind: 'withdrawn',
      tenant: 'default',
      representativeId: 'ada',
      workItemId: 'w1',
      reason: 'missed',
    })
  })

  it('[NO9] an accept that a service reports for an offer that is gone is offer-gone', async () => {
    expect(
      (
        await refusal(() =>
          world.work.accept(as(router), {
            workItemId: 'w1',
            workstreamId: null,
            attributes: null,
            by: 'representative',
          }),
        )
      ).code,
    ).toBe('offer-gone')
    await world.work.put(as(router), workFor('offered'))
    expect(
      await world.work.accept(as(router), {
        workItemId: 'w1',
        workstreamId: null,
        attributes: null,
        by: 'representative',
      }),
    ).toMatchObject({
      item: { state: 'active', representativeId: 'ada' },
      presence: { representativeId: 'ada', statusId: 'busy' },
    })
  })

  it('[TR4] a declined transfer offer is told to who keeps the item', async () => {
    await world.pick()
    await world.work.transfer(as(ada), {
      workItemId: 'w1',
      to: { representativeId: 'bob' },
      offer: true,
      by: 'representative',
    })
    expect(world.work.get(router, 'w1')).toMatchObject({
      state: 'active',
      representativeId: 'ada',
      offeredTo: 'bob',
    })
    await world.work.report(as(bob), 'reject', about)
    expect(world.signals).toContainEqual({
      kind: 'transfer-declined',
      tenant: 'default',
      representativeId: 'ada',
      workItemId: 'w1',
      by: 'bob',
    })
  })

  it('[PO4] deleting who is offered a transfer leaves the item with its holder', async () => {
    await world.pick()
    await world.work.transfer(as(ada), { ...about, to: { representativeId: 'bob' }, offer: true })
    await world.app.configuration.representatives.remove(as(administrator()), 'bob', null)
    expect(world.work.get(router, 'w1')).toMatchObject({
      state: 'active',
      representativeId: 'ada',
      offeredTo: null,
    })
    await world.app.configuration.representatives.remove(as(administrator()), 'ada', null)
    expect(world.work.get(router, 'w1')).toMatchObject({ state: 'queued', representativeId: null })
  })

  it("[NO8] a sign-out withdraws a pending offer at once: the item is nobody's again", async () => {
    await world.work.put(as(router), workFor('offered'))
    await world.app.presence.signOut(as(ada))
    expect(world.work.get(router, 'w1')).toMatchObject({ state: 'queued', offeredTo: null, declines: 1 })
  })
})
