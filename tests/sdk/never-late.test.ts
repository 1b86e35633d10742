import { type ClientWorld, createClientWorld, failure, waiting } from '../support/client-world.ts'
import { until } from '../support/until.ts'

describe('a command', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
  })
  afterEach(() => world.close())

  const connected = async () => {
    const me = world.representative()
    await me.connect()
    return me
  }

  it('[SDK] made while reconnecting waits at most five seconds, and was then never sent', async () => {
    const { server, clock } = world
    const me = await connected()
    server.down()
    await until('the loss', () => waiting(me.getConnection()))
    const error = failure(me.setPresence('away'))
    clock.advance(5_000)
    expect(await error).toMatchObject({ code: 'not-connected', retry: true })
    server.up()
    await world.comeBack(me)
    expect(server.received).toHaveLength(0)
  })

  it('[SDK] made while reconnecting is sent when the connection is back in time', async () => {
    const { server } = world
    const me = await connected()
    server.latest().cut()
    await until('the loss', () => waiting(me.getConnection()))
    const choice = me.setPresence('away')
    await world.comeBack(me)
    await choice
    expect(server.of('presence:set').map(({ connection }) => connection.id)).toEqual(['c2'])
  })

  it('[SDK] made before three minutes of disconnection never arrives', async () => {
    const { server, clock } = world
    const me = await connected()
    server.down()
    await until('the loss', () => waiting(me.getConnection()))
    const errors = [me.setPresence('away'), me.accept('w1'), me.resetPresence()].map(failure)
    clock.advance(180_000)
    for (const error of await Promise.all(errors)) expect(error.code).toBe('not-connected')
    server.up()
    await world.comeBack(me)
    // A command of now passes; by its answer everything that was sent before it has arrived.
    await me.cancelNext()
    expect(server.received.map(({ name }) => name)).toEqual(['presence:cancel-next'])
  })

  it('[SDK] made before a machine slept for three hours never arrives, though no timer ran', async () => {
    const { server, clock } = world
    const me = await connected()
    server.latest().cut()
    const state = await until('the loss', () => waiting(me.getConnection()))
    const error = failure(me.setPresence('away'))
    clock.sleep(3 * 3_600_000)
    clock.advance(state.nextInMs)
    await until('live again', () => me.getConnection().kind === 'live')
    clock.advance(5_000)
    expect((await error).code).toBe('not-connected')
    await me.cancelNext()
    expect(server.received.map(({ name }) => name)).toEqual(['presence:cancel-next'])
  })

  it('[SDK] made when the heartbeat is overdue is not left in the buffer of socket.io', async () => {
    const { server } = world
    const me = await connected()
    const realNow = Date.now
    const anHourOn = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + 3_600_000)
    const choice = failure(me.setPresence('away'))
    // The library notices the overdue heartbeat at the first thing it is to send, keeps that, and closes.
    await until('the loss', () => waiting(me.getConnection()))
    anHourOn.mockRestore()
    world.clock.sleep(60_000)
    await world.comeBack(me)
    world.clock.advance(5_000)
    expect((await choice).code).toBe('not-connected')
    await me.cancelNext()
    expect(server.received.map(({ name }) => name)).toEqual(['presence:cancel-next'])
  })
})
