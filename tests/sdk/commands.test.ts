import { type ClientWorld, createClientWorld, failure, waiting } from '../support/client-world.ts'
import { ok, refused } from '../support/scripted-server.ts'
import { until } from '../support/until.ts'
import { viewOf } from '../support/views.ts'

const done = ok({ outcome: 'updated', presence: viewOf('ada', { revision: 7, statusId: 'away' }) })

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

  it('[I5] carries a key of its own and no connection, and shows its answer at once', async () => {
    const { server } = world
    server.answer('presence:set', () => done)
    const me = await connected()
    const choice = await me.setPresence('away', {
      note: 'Lunch',
      forMs: 60_000,
      when: 'now',
      expectedRevision: 1,
    })
    await me.setPresence('busy')
    const [first, second] = server.of('presence:set').map(({ payload }) => payload)
    expect(first).toEqual({
      statusId: 'away',
      note: 'Lunch',
      forMs: 60_000,
      when: 'now',
      expectedRevision: 1,
      commandId: expect.stringMatching(/^.{20,128}$/),
    })
    expect(second?.commandId).not.toBe(first?.commandId)
    expect(choice).toMatchObject({ outcome: 'updated', presence: { revision: 7 } })
    expect(me.getPresence()).toMatchObject({ revision: 7, statusId: 'away' })
  })

  it('[I5] whose answer is lost goes again under the same key, on the same connection', async () => {
    const { server, clock } = world
    server.answer('work:accept', () => (server.of('work:accept').length === 1 ? 'drop' : ok(viewOf('ada'))))
    const me = await connected()
    const accepted = me.accept('w1', { workstreamId: 'default' })
    await until('the first try', () => server.of('work:accept').length === 1)
    clock.advance(3_999)
    expect(server.of('work:accept')).toHaveLength(1)
    clock.advance(1)
    await accepted
    const [first, second] = server.of('work:accept')
    expect(second?.payload).toEqual(first?.payload)
    expect(second?.connection.id).toBe(first?.connection.id)
  })

  it('[I5] whose connection is lost goes again under the same key on the next one', async () => {
    const { server } = world
    server.answer('work:close', ({ connection }) => {
      if (connection.id !== 'c1') return ok(viewOf('ada'))
      connection.cut()
      return 'drop'
    })
    const me = await connected()
    const closed = me.close('w1')
    await until('the loss', () => waiting(me.getConnection()))
    await world.comeBack(me)
    await closed
    const [first, second] = server.of('work:close')
    expect(second?.payload).toEqual(first?.payload)
    expect(second?.connection.id).toBe('c2')
  })

  it('[SDK] is content with the late answer of an earlier try', async () => {
    const { server, clock } = world
    let answerFirst: () => void = () => undefined
    server.answer('presence:set', () => {
      if (server.of('presence:set').length > 1) return 'drop'
      return new Promise(resolve => {
        answerFirst = () => resolve(done)
      })
    })
    const me = await connected()
    const choice = me.setPresence('away')
    await until('the first try', () => server.of('presence:set').length === 1)
    clock.advance(4_000)
    await until('the second try', () => server.of('presence:set').length === 2)
    answerFirst()
    expect((await choice).presence.revision).toBe(7)
  })

  it('[SDK] that is never answered fails after ten seconds, and says that it may have been applied', async () => {
    const { server, clock } = world
    server.answer('presence:set', () => 'drop')
    const me = await connected()
    const error = failure(me.setPresence('away'))
    for (const tries of [1, 2, 3]) {
      await until(`try ${tries}`, () => server.of('presence:set').length === tries)
      clock.advance(4_000)
    }
    expect(await error).toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('may have been applied'),
    })
  })

  it('[SDK] that was refused says so with the code of the server, and is not repeated', async () => {
    const { server } = world
    server.answer('work:accept', () => refused('offer-gone', { details: { workItemId: 'w1' } }))
    const me = await connected()
    expect(await failure(me.accept('w1'))).toMatchObject({
      name: 'RollcallError',
      code: 'offer-gone',
      message: 'refused: offer-gone',
      retry: false,
      details: { workItemId: 'w1' },
    })
    expect(server.of('work:accept')).toHaveLength(1)
  })

  it('[SDK] that the server could not store is tried again under the same key', async () => {
    const { server, clock } = world
    server.answer('presence:set', () =>
      server.of('presence:set').length < 3 ? refused('unavailable') : done,
    )
    const me = await connected()
    const choice = me.setPresence('away')
    await until('three tries', () => {
      clock.advance(100)
      return server.of('presence:set').length === 3
    })
    await choice
    expect(new Set(server.of('presence:set').map(({ payload }) => payload.commandId)).size).toBe(1)
  })

  it('[SDK] that only reads carries no key', async () => {
    const { server } = world
    server.answer('presence:options', () => ok({ items: [], next: null }))
    server.answer('work:targets', () => ok({ targets: [] }))
    const me = await connected()
    await me.getPresenceOptions()
    await me.getTransferTargets('w1')
    await me.explain({ workstreamId: 'chat' })
    expect(server.received.map(({ payload }) => payload)).toEqual([
      {},
      { workItemId: 'w1' },
      { workstreamId: 'chat' },
    ])
  })

  it('[WK1] of each kind has its name and fields on the wire', async () => {
    const { server } = world
    const me = await connected()
    await me.accept('w1', { workstreamId: 'default', attributes: { title: 'Bill' } })
    await me.reject('w2', { reason: 'language' })
    await me.wait('w1')
    await me.resume('w1')
    await me.wrapUp('w1')
    await me.close('w1')
    await me.transfer('w3', { representativeId: 'ben' }, { offer: true })
    await me.resetPresence()
    await me.cancelNext()
    await me.seen('n1')
    const sent = server.received.map(({ name, payload: { commandId, ...body } }) => {
      expect(typeof commandId).toBe('string')
      return [name, body]
    })
    expect(sent).toEqual([
      ['work:accept', { workItemId: 'w1', workstreamId: 'default', attributes: { title: 'Bill' } }],
      ['work:reject', { workItemId: 'w2', reason: 'language' }],
      ['work:wait', { workItemId: 'w1' }],
      ['work:resume', { workItemId: 'w1' }],
      ['work:wrap-up', { workItemId: 'w1' }],
      ['work:close', { workItemId: 'w1' }],
      ['work:transfer', { workItemId: 'w3', to: { representativeId: 'ben' }, offer: true }],
      ['presence:reset', {}],
      ['presence:cancel-next', {}],
      ['notice:seen', { id: 'n1' }],
    ])
  })

  it('[MA5] of a supervisor names the representative', async () => {
    const { server } = world
    const board = world.supervisor()
    await board.connect()
    expect(server.latest().auth).toMatchObject({ signIn: false })
    await board.setPresence('ada', 'away', { note: 'Meeting' })
    await board.resetPresence('ada')
    await board.cancelNext('ada')
    await board.explain('ada')
    await board.transfer('w1', { queueId: 'billing' })
    expect(server.received.map(({ payload: { commandId: _, ...body } }) => body)).toEqual([
      { representativeId: 'ada', statusId: 'away', note: 'Meeting' },
      { representativeId: 'ada' },
      { representativeId: 'ada' },
      { representativeId: 'ada' },
      { workItemId: 'w1', to: { queueId: 'billing' } },
    ])
  })
})
