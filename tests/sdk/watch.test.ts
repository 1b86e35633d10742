import { type ClientWorld, createClientWorld, failure } from '../support/client-world.ts'
import { ok, refused } from '../support/scripted-server.ts'
import { until } from '../support/until.ts'
import { viewOf } from '../support/views.ts'

const at = '2026-11-23T09:00:00.000Z'
const state = (cursor: string, ...presences: object[]) =>
  ok({ kind: 'state', cursor, presences, removed: [] })

describe('a supervisor who watches', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
  })
  afterEach(() => world.close())

  it('[SU2] connects, gets the whole state in pages, then changes', async () => {
    const { server } = world
    server.answer('watch', ({ connection }) => {
      setImmediate(() => {
        const page = { cursor: 'k1', serverTime: at, removed: [] }
        connection.send('presence:changes', { ...page, presences: [viewOf('ben')], complete: false })
        connection.send('presence:changes', { ...page, presences: [viewOf('cleo')], complete: true })
      })
      return ok({ kind: 'state', cursor: 'k1', presences: [viewOf('ada')], removed: [], complete: false })
    })
    const board = world.supervisor()
    const watch = await board.watch({ queues: ['billing'] })
    expect([...watch.presences().keys()]).toEqual(['ada', 'ben', 'cleo'])
    expect(server.of('watch').map(({ payload }) => payload)).toEqual([
      { queues: ['billing'], connectionId: 'c1' },
    ])

    const changes: unknown[] = []
    watch.onChange(({ changed, removed }) => changes.push([changed.map(view => view.note), removed]))
    const patch = { representativeId: 'ada', revision: 2, note: 'Lunch' }
    server
      .latest()
      .send('presence:changes', { cursor: 'k2', serverTime: at, presences: [patch], removed: ['ben'] })
    await until('the change', () => changes.length === 1)
    expect(changes).toEqual([[['Lunch'], ['ben']]])
    expect(watch.presences().get('ada')).toMatchObject({ revision: 2, note: 'Lunch', statusId: 'available' })
  })

  it('[SU3] comes back with its cursor, and is brought up to date', async () => {
    const { server } = world
    server.answer('watch', ({ payload }) =>
      payload.since === undefined
        ? state('k1', viewOf('ada'), viewOf('ben'))
        : ok({ kind: 'diff', cursor: 'k9', presences: [viewOf('ada', { revision: 4 })], removed: ['ben'] }),
    )
    const board = world.supervisor()
    const watch = await board.watch({ queues: '*' })
    server.latest().send('head', { cursor: 'k5', serverTime: at, lagMs: 3 })
    await until('the head', () => watch.head()?.lagMs === 3)
    const synced: string[] = []
    watch.onSync(kind => synced.push(kind))
    server.latest().cut()
    await world.comeBack(board)
    await until('the diff', () => synced.length === 1)
    expect(synced).toEqual(['diff'])
    expect(server.of('watch').at(-1)?.payload).toEqual({ queues: '*', since: 'k5', connectionId: 'c2' })
    expect([...watch.presences().values()].map(view => [view.representativeId, view.revision])).toEqual([
      ['ada', 4],
    ])
  })

  it('[SU3] begins again without a cursor when that is gone, or when told to', async () => {
    const { server, clock } = world
    let times = 0
    server.answer('watch', ({ payload }) => {
      if (payload.since !== undefined) return refused('cursor-gone')
      times += 1
      return state(`k${times}`, viewOf('ada', { revision: times }))
    })
    const board = world.supervisor()
    const watch = await board.watch({ queues: ['billing'] })
    server.latest().cut()
    await world.comeBack(board)
    await until('the second state', () => {
      clock.advance(0)
      return watch.presences().get('ada')?.revision === 2
    })
    server.latest().send('presence:resync', { reason: 'slow' })
    await until('the third state', () => watch.presences().get('ada')?.revision === 3)
    expect(server.of('watch').map(({ payload }) => payload.since)).toEqual([
      undefined,
      'k1',
      undefined,
      undefined,
    ])
  })

  it('[SU1] a refusal rejects the first time, and ends the watch later', async () => {
    const { server } = world
    server.answer('watch', () => refused('forbidden'))
    const board = world.supervisor()
    expect(await failure(board.watch({ queues: ['sales'] }))).toMatchObject({ code: 'forbidden' })

    server.answer('watch', () =>
      server.of('watch').length === 2 ? state('k1', viewOf('ada')) : refused('forbidden'),
    )
    const watch = await board.watch({ queues: ['billing'] })
    const ends: string[] = []
    watch.onEnd(error => ends.push(error.code))
    server.latest().send('presence:resync', { reason: 'access-changed' })
    await until('the end', () => ends.length === 1)
    expect(ends).toEqual(['forbidden'])
  })

  it('[SDK] what may pass is asked again, no sooner than the server says', async () => {
    const { server, clock } = world
    const slower = refused('too-many-requests', { retry: true, details: { retryAfterMs: 7_000 } })
    server.answer('watch', () => (server.of('watch').length === 1 ? slower : state('k1', viewOf('ada'))))
    const board = world.supervisor()
    const watching = board.watch({ queues: '*' })
    const start = clock.elapsed()
    await until('the second time', () => {
      clock.advance(500)
      return server.of('watch').length === 2
    })
    expect(clock.elapsed() - start).toBeGreaterThanOrEqual(7_000)
    expect((await watching).presences().size).toBe(1)
  })

  it('[SU3] what an unanswered watch still tells does not overwrite the answer to the next', async () => {
    const { server, clock } = world
    const page = { cursor: 'k1', serverTime: at, removed: [] }
    server.answer('watch', ({ connection }) => {
      if (server.of('watch').length === 1) return 'drop'
      // Of the first: ada was removed, and came back; the second knows what became of her since.
      connection.send('presence:changes', { ...page, presences: [], removed: ['ada'] })
      connection.send('presence:changes', { ...page, presences: [viewOf('ada', { revision: 3 })] })
      return state('k2', viewOf('ada', { revision: 9 }))
    })
    const board = world.supervisor()
    const watching = board.watch({ queues: '*' })
    await until('the second time', () => {
      clock.advance(500)
      return server.of('watch').length === 2
    })
    expect((await watching).presences().get('ada')?.revision).toBe(9)
  })

  it('[SU2] another watch replaces the first, whose last changes do not reach it', async () => {
    const { server } = world
    server.answer('watch', ({ payload }) =>
      payload.queues === '*' ? state('k2', viewOf('ada'), viewOf('ben')) : state('k1', viewOf('cleo')),
    )
    server.answer('unwatch', ({ connection }) => {
      connection.send('presence:changes', {
        cursor: 'k1b',
        serverTime: at,
        presences: [viewOf('dan')],
        removed: [],
      })
      return ok(null)
    })
    const board = world.supervisor()
    const first = await board.watch({ queues: ['sales'] })
    const ends: string[] = []
    first.onEnd(error => ends.push(error.code))
    const second = await board.watch({ queues: '*' })
    expect(ends).toEqual(['ended'])
    expect([...second.presences().keys()]).toEqual(['ada', 'ben'])
    expect([...first.presences().keys()]).toEqual(['cleo'])
    expect(server.received.map(({ name }) => name)).toEqual(['watch', 'unwatch', 'watch'])
  })

  it('[SDK] a stopped watch is not asked for again', async () => {
    const { server } = world
    const board = world.supervisor()
    const watch = await board.watch({ queues: '*' })
    watch.stop()
    await until('unwatched', () => server.of('unwatch').length === 1)
    server.latest().cut()
    await world.comeBack(board)
    await board.explain('ada')
    expect(server.of('watch')).toHaveLength(1)
  })

  it('[SDK] disconnect() ends the watch', async () => {
    const { clock } = world
    const board = world.supervisor()
    const watch = await board.watch({ queues: '*' })
    const ends: string[] = []
    watch.onEnd(error => ends.push(error.code))
    board.disconnect()
    expect(ends).toEqual(['ended'])
    expect(clock.pending()).toBe(0)
  })
})
