import {
  createRepresentative,
  createSupervisor,
  type RepresentativeClient,
} from '../../client-sdk/src/index.ts'
import { type Cable, layCable } from '../support/cable.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

// A board over the true server, and a cable that is cut under it.

describe('a board and a real server', () => {
  let server: RunningServer
  let cable: Cable
  let open: Pick<RepresentativeClient, 'disconnect'>[] = []
  beforeEach(async () => {
    server = await startServer()
    cable = await layCable(server.url)
  })
  afterEach(async () => {
    for (const client of open) client.disconnect()
    open = []
    await cable.close()
    await server.close()
  })

  const representative = async (sub: string) => {
    const me = createRepresentative({ url: server.url, token: server.token({ sub, queues: ['billing'] }) })
    open.push(me)
    await me.connect()
    return me
  }

  it('[SU2] after a cut it is live again by a diff: who did not change is the same object, the counts are new', async () => {
    const [ada] = await Promise.all([representative('ada'), representative('ben')])
    const token = server.token({ sub: 'sue', roles: ['supervisor'], watches: ['*'] })
    const board = createSupervisor({ url: cable.url, token })
    open.push(board)
    const watch = await board.watch({ queues: ['billing'] })
    const told: string[] = []
    watch.onFreshness(({ kind }) => told.push(kind))
    watch.onSync(kind => told.push(kind))
    expect(watch.freshness()).toEqual({ kind: 'live' })
    await until('both are counted', () => watch.live('billing')?.byBase['available'] === 2)

    const ben = watch.presences().get('ben')
    cable.cut()
    await until('the loss', () => watch.freshness().kind === 'reconnecting')
    await ada.setPresence('away')
    cable.mend()
    await until('live again', () => watch.freshness().kind === 'live', 15_000)
    expect(told).toEqual(['reconnecting', 'live', 'diff'])
    expect(watch.presences().get('ada')?.statusId).toBe('away')
    expect(watch.presences().get('ben')).toBe(ben)
    await until('she is counted as away', () => watch.live('billing')?.byBase['away'] === 1)
    expect(Math.abs(watch.now() - Date.now())).toBeLessThan(5_000)
  })
})
