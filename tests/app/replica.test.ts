import { createReplica } from '../../server/src/app/replica.ts'
import {
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  refusal,
  service,
  supervisor,
} from '../support/app-world.ts'

describe('the replica', () => {
  it('[I3] revisions rise by one with each stored change', async () => {
    const world = await createAppWorld()
    const ada = principal('ada')
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.app.presence.reset(as(ada), 'ada', null)
    expect(world.changes.map(change => change.view?.revision)).toEqual([1, 2, 3])
    expect(world.changes[2]?.patch).toEqual({
      representativeId: 'ada',
      revision: 3,
      statusId: 'available',
      text: 'Available',
      base: 'available',
      origin: 'capacity',
      behind: null,
      cause: { event: 'presence-reset', actor: { kind: 'representative', id: 'ada' }, rule: 'MA9' },
    })
    await world.end()
  })

  it('[I3] what is committed while it loads is neither lost nor applied twice', async () => {
    const world = await createAppWorld()
    const ada = principal('ada')
    await world.app.presence.connect(ada, 'c1', 0)
    let release = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    const replica = createReplica({
      ...world.storage,
      load: async tenant => {
        await world.app.presence.choose(as(ada), choice('ada', 'busy'))
        const state = await world.storage.load(tenant)
        await gate
        return state
      },
    })
    const revisions: unknown[] = []
    replica.subscribe((_, changes) => revisions.push(...changes.map(change => change.view?.revision)))
    const loaded = replica.load()
    await world.clock.advance(1)
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    release()
    await loaded
    replica.stop()
    expect(replica.view('default', 'ada')).toEqual(world.app.replica.view('default', 'ada'))
    expect(replica.view('default', 'ada')).toMatchObject({ revision: 3, statusId: 'away' })
    expect(revisions).toEqual([3])
    await world.end()
  })

  it('[SU1] who may watch what', async () => {
    const world = await createAppWorld()
    await world.app.configuration.queues.put(as(administrator()), 'billing', {}, null)
    await world.app.configuration.queues.put(as(administrator()), 'sales', {}, null)
    const { replica } = world.app
    expect(() => replica.checkWatch(supervisor(['billing']), ['billing'])).not.toThrow()
    expect(() => replica.checkWatch(supervisor('*'), '*')).not.toThrow()
    expect(() => replica.checkWatch(service(), '*')).not.toThrow()
    const outside = await refusal(() => replica.checkWatch(supervisor(['billing']), ['billing', 'sales']))
    expect(outside).toMatchObject({ code: 'forbidden', details: { needed: { watches: ['sales'] } } })
    expect((await refusal(() => replica.checkWatch(supervisor(['billing']), '*'))).code).toBe('forbidden')
    expect((await refusal(() => replica.checkWatch(supervisor('*'), ['constructor']))).code).toBe('not-found')
    await world.end()
  })

  it('[SU1] tenants know nothing of each other', async () => {
    const world = await createAppWorld()
    await world.app.presence.connect(principal('ada', { tenant: 'one', queues: ['billing'] }), 'c1', 0)
    await world.app.presence.connect(principal('ada', { tenant: 'two' }), 'c2', 0)
    const foreign = service({ tenant: 'two' })
    await world.app.work.put(as(service({ tenant: 'one' })), {
      workItemId: 'w1',
      workstreamId: 'default',
      representativeId: 'ada',
      state: 'active',
      force: false,
      reopen: false,
      by: 'other',
    })
    expect(world.app.replica.view('two', 'ada')).toMatchObject({ statusId: 'available', queues: [] })
    expect(world.app.replica.view('one', 'ada')).toMatchObject({ statusId: 'busy' })
    expect((await refusal(() => world.app.work.get(foreign, 'w1'))).code).toBe('work-item-unknown')
    expect((await refusal(() => world.app.presence.get(service({ tenant: 'three' }), 'ada'))).code).toBe(
      'representative-unknown',
    )
    expect((await refusal(() => world.app.configuration.queues.get(foreign, 'billing'))).code).toBe(
      'not-found',
    )
    expect(world.app.replica.snapshot('three', '*').views).toEqual([])
    await world.end()
  })
})
