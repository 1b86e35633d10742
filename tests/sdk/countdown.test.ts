import { type ClientWorld, createClientWorld } from '../support/client-world.ts'
import { ok } from '../support/scripted-server.ts'
import { until } from '../support/until.ts'
import { offerOf, viewOf } from '../support/views.ts'

describe('the countdown of an offer', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
  })
  afterEach(() => world.close())

  /** An offer with 2.5 s left by the clock of the server, which is a minute ahead of this one. */
  const offered = async () => {
    const { server, clock } = world
    const at = (ms: number) => new Date(clock.wall() + 60_000 + ms).toISOString()
    server.ready({ serverTime: at(0), offers: [offerOf('w1', { offeredAt: at(0), expiresAt: at(2_500) })] })
    const me = world.representative()
    await me.connect()
    const [offer] = me.getOffers()
    if (!offer) throw new Error('There is no offer.')
    return { me, offer, idle: clock.pending() }
  }

  it('[NO1] tells at once, at each full second and at the end, and leaves no timer', async () => {
    const { me, offer, idle } = await offered()
    const left: number[] = []
    me.countdown(offer, ms => left.push(ms))
    expect(left).toEqual([2_500])
    for (const ms of [499, 1, 999, 1, 999, 1]) world.clock.advance(ms)
    expect(left).toEqual([2_500, 2_000, 1_000, 0])
    expect(world.clock.pending()).toBe(idle)
    world.clock.advance(5_000)
    expect(left).toHaveLength(4)
  })

  it('[NO1] tells no more than the limit, though the clock of the server is known a little late', async () => {
    const { server, clock } = world
    const at = (ms: number) => new Date(clock.wall() + ms).toISOString()
    server.ready({ serverTime: at(-40), offers: [offerOf('w1', { offeredAt: at(0), expiresAt: at(2_000) })] })
    const me = world.representative()
    await me.connect()
    const left: number[] = []
    for (const offer of me.getOffers()) me.countdown(offer, ms => left.push(ms))
    expect(left).toEqual([2_000])
  })

  it('[NO1] tells what is left after a sleep, not how often it ticked', async () => {
    const { me, offer } = await offered()
    const left: number[] = []
    me.countdown(offer, ms => left.push(ms))
    world.clock.sleep(1_700)
    world.clock.advance(500)
    expect(left).toEqual([2_500, 300])
  })

  it('[NO9] tells 0 and stops when the offer is answered in another tab', async () => {
    const { me, offer, idle } = await offered()
    const left: number[] = []
    me.countdown(offer, ms => left.push(ms))
    world.server.latest().send('work:withdrawn', { workItemId: 'w1', reason: 'rejected' })
    await until('it has ended', () => left.length === 2)
    expect(left).toEqual([2_500, 0])
    expect(world.clock.pending()).toBe(idle)
  })

  it('[NO1] ends with its undo, and with the client', async () => {
    const { me, offer, idle } = await offered()
    const left: number[] = []
    const undo = me.countdown(offer, ms => left.push(ms))
    undo()
    expect(world.clock.pending()).toBe(idle)
    me.countdown(offer, ms => left.push(ms))
    me.disconnect()
    expect(left).toEqual([2_500, 2_500, 0])
    expect(world.clock.pending()).toBe(0)
  })

  it('[NO9] of an offer that is over already tells 0, and nothing more', async () => {
    const { me, offer, idle } = await offered()
    world.server.answer('work:reject', () => ok(viewOf('ada', { revision: 2 })))
    await me.reject('w1')
    const left: number[] = []
    me.countdown(offer, ms => left.push(ms))
    expect(left).toEqual([0])
    expect(world.clock.pending()).toBe(idle)
  })
})
