import { type AppWorld, as, choice, createAppWorld, principal } from '../support/app-world.ts'

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

  it('[SI3] an undone listener hears nothing more', async () => {
    const heard: string[] = []
    const undo = world.app.onSignal(signal => heard.push(signal.kind))
    await world.app.presence.connect(ada, 'c1', 0)
    undo()
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    expect(heard).toEqual(['self'])
  })
})
