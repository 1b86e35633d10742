import { elapsed } from '../../client-sdk/src/board.ts'
import type { Freshness, Watch } from '../../client-sdk/src/index.ts'
import { type ClientWorld, createClientWorld } from '../support/client-world.ts'
import { liveCountsOf } from '../support/live-counts-of.ts'
import { ok, refused } from '../support/scripted-server.ts'
import { until } from '../support/until.ts'
import { viewOf } from '../support/views.ts'

describe('how fresh a board is', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
    // The server's clock is an hour ahead of this machine's, and stands with it.
    serverTime = '2026-11-23T10:00:00.000Z'
    world.server.ready({ serverTime })
  })
  afterEach(() => world.close())
  let serverTime: string

  /** A watch, and everything it says of its freshness. */
  const watching = async () => {
    const board = world.supervisor()
    const watch = await board.watch({ queues: '*' })
    const told: Freshness[] = []
    watch.onFreshness(freshness => told.push(freshness))
    return { board, watch, told }
  }
  const head = async (watch: Watch, lagMs: number): Promise<void> => {
    const before = watch.head()
    serverTime = new Date(watch.now()).toISOString()
    world.server.latest().send('head', { cursor: 'k1', serverTime, lagMs })
    await until('the head', () => watch.head() !== before)
  }

  it('[SDK] live for as long as heads come, stale 12.5 s after the last, live again with the next', async () => {
    const { watch, told } = await watching()
    const { clock } = world
    expect(watch.freshness()).toEqual({ kind: 'live' })
    for (const _ of [1, 2, 3]) {
      clock.advance(5_000)
      await head(watch, 3)
    }
    // The 3 ms are counted: the board was surely current that long before.
    clock.advance(12_496)
    expect(told).toEqual([])
    clock.advance(1)
    expect(told).toEqual([{ kind: 'stale', since: '2026-11-23T10:00:14.997Z' }])
    expect(watch.freshness()).toBe(told[0])
    expect(elapsed(watch, '2026-11-23T10:00:14.997Z')).toBe(12_500)
    await head(watch, 0)
    expect(watch.freshness()).toEqual({ kind: 'live' })
  })

  it('[SDK] stale while the server says that its store does not answer', async () => {
    const { watch, told } = await watching()
    world.clock.advance(5_000)
    await head(watch, 20_000)
    expect(told).toEqual([{ kind: 'stale', since: '2026-11-23T09:59:45.000Z' }])
    await head(watch, 100)
    expect(watch.freshness()).toEqual({ kind: 'live' })
  })

  it('[SDK] reconnecting from the loss until the board is whole, which a new connection alone is not', async () => {
    const { board, watch, told } = await watching()
    world.clock.advance(4_000)
    let answer = (): void => undefined
    const asked = new Promise<void>(resolve => {
      answer = resolve
    })
    world.server.answer('watch', async () => {
      await asked
      return ok({ kind: 'diff', cursor: 'k2', presences: [], removed: [] })
    })
    world.server.latest().cut()
    await world.comeBack(board)
    expect(told).toEqual([{ kind: 'reconnecting', since: '2026-11-23T10:00:00.000Z' }])
    answer()
    await until('whole', () => watch.freshness().kind === 'live')
    expect(told.map(({ kind }) => kind)).toEqual(['reconnecting', 'live'])
  })

  it('[SDK] nothing runs on after stop(), nor after a refusal that would be tried again', async () => {
    const { watch, told, board } = await watching()
    const resting = world.clock.pending()
    world.server.answer('watch', () => refused('unavailable', { retry: true }))
    world.server.latest().send('presence:resync', { reason: 'slow' })
    // Asked and refused: the time limit of the command has gone, the wait for the next try has come.
    await until('asked again', () => world.server.of('watch').length === 2)
    await board.explain('ada')
    expect(world.clock.pending()).toBe(resting + 1)
    watch.stop()
    expect(told.map(({ kind }) => kind)).toEqual(['reconnecting', 'stale'])
    await until('unwatched', () => world.server.of('unwatch').length === 1)
    // The heartbeat of the connection, and the time limit of what is being sent.
    await board.explain('ada')
    expect(world.clock.pending()).toBe(resting - 1)
    board.disconnect()
    expect(world.clock.pending()).toBe(0)
  })

  it('[SU6] live counts come with the answer and then as they change, never back to those of the answer', async () => {
    world.server.answer('watch', ({ connection }) => {
      // Right behind the answer, and here before the answer has passed through all hands.
      setImmediate(() => connection.send('queue:live', liveCountsOf('billing', { queued: 2 })))
      return ok({
        kind: 'state',
        cursor: 'k1',
        presences: [viewOf('ada')],
        removed: [],
        live: [liveCountsOf('billing', { queued: 1 }), liveCountsOf('mail')],
      })
    })
    const { watch } = await watching()
    const told: string[] = []
    watch.onLive(({ queueId, queued }) => told.push(`${queueId} ${queued}`))
    await until('the later counts', () => watch.live('billing')?.queued === 2)
    expect(watch.live('mail')?.queued).toBe(0)
    expect(watch.live('sales')).toBeUndefined()
    world.server.latest().send('queue:live', liveCountsOf('mail', { queued: 5 }))
    await until('told', () => told.includes('mail 5'))
    expect(watch.live('billing')?.queued).toBe(2)
  })
})
