import { type AppWorld, administrator, as, choice, createAppWorld, principal } from '../support/app-world.ts'

const PERSON = { queues: [], defaultStatusId: null, capacity: { units: null, profiles: {} }, attributes: {} }

describe('signals to own tabs', () => {
  let world: AppWorld
  const ada = principal('ada')

  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  it('[SI3] every stored change of hers reaches her tabs as her own view; nobody is told when no tab is open', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.app.presence.disconnect('default', 'ada', 'c1', 'gone', 0)
    const own = world.signals.filter(signal => signal.kind === 'self')
    expect(own.map(signal => signal.view.revision)).toEqual([1, 2])
    expect(own.at(-1)?.view).toMatchObject({ statusId: 'away', offers: [], notices: [] })
  })

  it('[PO1] many changes of the configuration are told at once, then gathered', async () => {
    for (const id of ['a', 'b', 'c']) {
      await world.app.configuration.queues.put(as(administrator()), id, {}, null)
      await world.app.configuration.representatives.put(as(administrator()), id, PERSON, null)
    }
    const told = () =>
      world.signals.flatMap(signal => (signal.kind === 'configuration' ? [signal.kinds] : []))
    expect(told()).toEqual([['queues']])
    await world.clock.advance(250)
    expect(told()).toEqual([['queues'], ['representatives', 'queues']])
    await world.clock.advance(1_000)
    expect(told()).toHaveLength(2)
  })

  it('[SI3] an undone listener hears nothing more', async () => {
    const heard: string[] = []
    const undo = world.app.onSignal(signal => heard.push(signal.kind))
    await world.app.presence.connect(ada, 'c1', 0)
    undo()
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    expect(heard).toEqual(['self'])
  })
})
