import {
  type ClientOptions,
  createRepresentative,
  createSupervisor,
  type RepresentativeClient,
} from '../../client-sdk/src/index.ts'
import { failure } from '../support/client-world.ts'
import { httpClient } from '../support/http.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

// The client and the server together: what the scripted server of the other tests only claims.

describe('the client and a real server', () => {
  let server: RunningServer
  let open: Pick<RepresentativeClient, 'disconnect'>[] = []
  beforeEach(async () => {
    server = await startServer()
  })
  afterEach(async () => {
    for (const client of open) client.disconnect()
    open = []
    await server.close()
  })

  const options = (sub: string, claims: object = {}): ClientOptions => ({
    url: server.url,
    getToken: () => server.token({ sub, ...claims }),
  })
  const representative = (sub: string) => {
    const me = createRepresentative(options(sub, { queues: ['billing'] }))
    open.push(me)
    return me
  }
  const supervisor = (watches: readonly string[]) => {
    const board = createSupervisor(options('sue', { roles: ['supervisor'], watches }))
    open.push(board)
    return board
  }

  it('[SU2] a board sees who signs in, what she chooses, her work, and that she has gone', async () => {
    const me = representative('ada')
    const board = supervisor(['*'])
    const watch = await board.watch({ queues: '*' })
    const shown = () => watch.presences().get('ada')
    await me.connect()
    await until('she is there', () => shown()?.statusId === 'available')
    await me.setPresence('away', { note: 'Lunch' })
    await until('her choice', () => shown()?.note === 'Lunch' && shown()?.statusId === 'away')
    await me.resetPresence()
    const after = await me.accept('w1', { workstreamId: 'default' })
    expect(after).toMatchObject({ statusId: 'busy', work: [{ workItemId: 'w1', state: 'active' }] })
    await until('her work', () => shown()?.work.length === 1)
    expect(shown()).toMatchObject({ revision: after.revision, since: after.since, base: 'busy' })
    me.disconnect()
    await until('she has gone', () => shown()?.link === 'absent')
    expect(shown()).toMatchObject({ statusId: 'offline', behind: { statusId: 'busy' } })
  })

  it('[MA5] a supervisor chooses for her, and she is told who did', async () => {
    const me = representative('ada')
    const notices: string[] = []
    me.onNotice(({ kind, by }) => notices.push(`${kind} ${by?.id}`))
    await me.connect()
    const board = supervisor(['*'])
    await board.connect()
    await board.setPresence('ada', 'do-not-disturb')
    await until('she sees it', () => me.getPresence()?.origin === 'supervisor')
    await until('she is told', () => notices.length === 1)
    expect(notices).toEqual(['changed-by sue'])
    const [notice] = me.getNotices()
    await me.seen(notice?.id ?? '')
    expect(me.getNotices()).toEqual([])
    expect((await board.explain('ada')).presence.statusId).toBe('do-not-disturb')
  })

  it('[MA1] what the server refuses comes as an error with its code', async () => {
    const me = representative('ada')
    await me.connect()
    expect(await failure(me.setPresence('inactive'))).toMatchObject({ code: 'status-not-selectable' })
    expect(await failure(me.accept('w9'))).toMatchObject({ code: 'offer-gone' })
    expect((await me.getPresenceOptions()).map(({ statusId }) => statusId)).toContain('away')
    const board = supervisor(['sales'])
    expect(await failure(board.watch({ queues: '*' }))).toMatchObject({ code: 'forbidden' })
  })

  it('[DI8] a sign-out in one tab ends the others', async () => {
    const [one, two] = [representative('ada'), representative('ada')]
    await Promise.all([one.connect(), two.connect()])
    await one.signOut()
    await until('the other ends', () => two.getConnection().kind === 'ended')
    expect(two.getConnection()).toMatchObject({ reason: 'signed-out' })
  })

  it("[NO9] says why an offer ended, in the server's word", async () => {
    const me = representative('ada')
    const ends: string[] = []
    me.onOfferEnd(({ offer, reason }) => ends.push(`${offer.workItemId} ${reason}`))
    await me.connect()
    const token = await server.token({ sub: 'router', roles: ['service'] })
    const router = httpClient(server.url, token)
    for (const [workItemId, end] of [
      ['w1', 'withdraw'],
      ['w2', 'miss'],
    ]) {
      const offer = { workstreamId: 'default', representativeId: 'ada', state: 'offered' }
      expect((await router.put(`/v1/work-items/${workItemId}`, offer)).status).toBe(200)
      await until('she is asked', () => me.getOffers().length === 1)
      expect((await router.post(`/v1/work-items/${workItemId}/${end}`, {})).status).toBe(200)
      await until('it is over', () => me.getOffers().length === 0)
    }
    await until('she is told of both', () => ends.length === 2)
    expect(ends).toEqual(['w1 withdrawn', 'w2 missed'])
  })
})
