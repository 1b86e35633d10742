import { type AppWorld, as, choice, createAppWorld, principal } from '../support/app-world.ts'

describe('deadlines', () => {
  let world: AppWorld
  const ada = principal('ada')

  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  const fired = async () => (await world.metrics.deadlinesFired.get()).values[0]?.value ?? 0

  it('[DI10] fires once, when it is due and not before', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away', { forMs: 10_000 }))
    await world.clock.advance(9_999)
    expect(world.app.replica.view('default', 'ada')?.statusId).toBe('away')
    await world.clock.advance(1)
    expect(world.app.replica.view('default', 'ada')).toMatchObject({
      statusId: 'available',
      origin: 'capacity',
      revision: 3,
    })
    await world.clock.advance(20_000)
    expect(world.app.replica.view('default', 'ada')?.revision).toBe(3)
    expect(await fired()).toBe(1)
  })

  it('[DI10] a deadline that comes before the one it sleeps for wakes it earlier', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away', { forMs: 4_000 }))
    await world.app.presence.choose(as(ada), choice('ada', 'away', { forMs: 1_500 }))
    await world.clock.advance(1_500)
    expect(world.app.replica.view('default', 'ada')?.statusId).toBe('available')
  })

  it('[DI10] a thousand that are due at one instant all fire within the second', async () => {
    const people = Array.from({ length: 1_000 }, (_, index) => principal(`r${index}`))
    await Promise.all(people.map(who => world.app.presence.connect(who, `c-${who.sub}`, 0)))
    await Promise.all(
      people.map(who => world.app.presence.disconnect('default', who.sub, `c-${who.sub}`, 'gone', 0)),
    )
    await world.clock.advance(150_000)
    expect(await fired()).toBe(0)
    await world.clock.advance(1_001)
    expect(await fired()).toBe(1_000)
    expect([...world.app.replica.snapshot('default', '*').views].every(view => !view.signedIn)).toBe(true)
    expect(world.storage.nextDeadline()).toBeNull()
  })

  it('[DI10] a deadline that was moved without the record is indexed anew, not swept for ever', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    const now = world.storage.now()
    await world.storage.update('default', snapshot => {
      const record = snapshot.representative('ada')
      const next = record && { ...record, revision: record.revision + 1 }
      return {
        result: null,
        writes: [{ kind: 'representative', id: 'ada', record: next, deadline: now + 100 }],
        validUntil: null,
      }
    })
    await world.clock.advance(5_000)
    expect(world.storage.nextDeadline()).toBeNull()
  })
})
