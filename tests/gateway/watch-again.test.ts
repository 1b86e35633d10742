// Coming back with a cursor: exactly what changed since, or the whole state when that can't be proven.

import { encodeCursor, watchedBy } from '../../server/src/app/feed-cursor.ts'
import { ADMINISTRATOR, type GatewayWorld, startWorld, type TestClient } from '../support/gateway.ts'
import { tokenOf } from '../support/tokens.ts'

let world: GatewayWorld
beforeEach(async () => {
  world = await startWorld()
  await Promise.all(['billing', 'sales'].map(queue))
})
afterEach(() => world.close())

const by = { principal: ADMINISTRATOR }
const queue = (id: string) => world.app.configuration.queues.put(by, id, {}, null)
const put = (id: string, queues: readonly string[]) =>
  world.app.configuration.representatives.put(
    by,
    id,
    { queues: [...queues], defaultStatusId: null, capacity: { units: null, profiles: {} }, attributes: {} },
    null,
  )
const remove = (id: string) =>
  world.app.configuration.representatives.remove(by, id, null, { eraseHistory: false })

async function watcher(tenant?: string): Promise<TestClient> {
  const claims = { sub: 'sue', roles: ['supervisor' as const], watches: ['*'], ...(tenant && { tenant }) }
  const client = world.open({ token: tokenOf(claims) })
  await client.ready()
  return client
}

async function cursorOf(queues: '*' | string[]): Promise<string> {
  return (await (await watcher()).done('watch', { queues })).cursor
}

const idsOf = (presences: readonly { readonly representativeId: string }[]) =>
  presences.map(({ representativeId }) => representativeId).sort()

it('[SU2] a cursor is answered with who changed since, and nobody else', async () => {
  await Promise.all(['ada', 'bo', 'cy'].map(id => put(id, ['billing'])))
  const since = await cursorOf('*')
  await put('bo', ['billing', 'sales'])
  await put('dee', ['sales'])
  const sue = await watcher()
  const sync = await sue.done('watch', { queues: '*', since })
  expect(sync).toMatchObject({ kind: 'diff', removed: [], complete: true })
  expect(idsOf(sync.presences)).toEqual(['bo', 'dee'])
  expect(sync.presences.find(view => view.representativeId === 'bo')?.queues).toEqual(['billing', 'sales'])
  await put('ada', [])
  await sue.message('presence:changes', ({ presences }) => presences[0]?.representativeId === 'ada')
})

it('[SU2] with nothing since, nothing is sent, and the cursor stays', async () => {
  await put('ada', ['billing'])
  const since = await cursorOf(['billing'])
  const sync = await (await watcher()).done('watch', { queues: ['billing'], since })
  expect(sync).toMatchObject({ kind: 'diff', cursor: since, presences: [], removed: [], complete: true })
})

it('[SU2] who left the watched queues, or exists no more, is removed; who came back is not', async () => {
  await Promise.all(['ada', 'bo', 'cy'].map(id => put(id, ['billing'])))
  await put('dee', ['sales'])
  const since = await cursorOf(['billing'])
  await put('ada', ['sales'])
  await remove('bo')
  await put('cy', [])
  await put('cy', ['billing'])
  await remove('dee')
  const { kind, presences, removed } = await (await watcher()).done('watch', { queues: ['billing'], since })
  expect({ kind, present: idsOf(presences), removed: [...removed].sort() }).toEqual({
    kind: 'diff',
    present: ['cy'],
    removed: ['ada', 'bo'],
  })
})

it('[SU2] of everybody, who only changed queues is not removed', async () => {
  await put('ada', ['billing'])
  await put('bo', ['billing'])
  const since = await cursorOf('*')
  await put('ada', [])
  await remove('bo')
  const { presences, removed } = await (await watcher()).done('watch', { queues: '*', since })
  expect({ present: idsOf(presences), removed }).toEqual({ present: ['ada'], removed: ['bo'] })
})

it('[SU3] somebody deleted and created again, whose revisions begin anew, is told of by a whole state', async () => {
  await put('ada', ['billing'])
  const since = await cursorOf('*')
  await remove('ada')
  await put('ada', ['billing'])
  expect(await (await watcher()).done('watch', { queues: '*', since })).toMatchObject({ kind: 'state' })
})

it('[SU3] live too: the removal is told before the new view, though both happen between two batches', async () => {
  await put('ada', ['billing'])
  await put('ada', ['sales'])
  const sue = await watcher()
  await sue.done('watch', { queues: '*' })
  await Promise.all([remove('ada'), put('ada', ['billing'])])
  await sue.message('presence:changes', ({ presences }) => presences[0]?.revision === 1)
  const told = sue.all('presence:changes').map(({ presences, removed }) => [idsOf(presences), removed])
  expect(told).toEqual([
    [[], ['ada']],
    [['ada'], []],
  ])
})

describe('[SU3] the whole state is answered', () => {
  let since: string
  beforeEach(async () => {
    await put('ada', ['billing'])
    since = await cursorOf('*')
    await put('bo', ['billing'])
  })
  const position = () => world.app.replica.position('default')
  const kindFor = async (queues: '*' | string[], cursor: string) =>
    (await (await watcher()).done('watch', { queues, since: cursor })).kind

  it('to a cursor of other queues', async () => {
    expect(await kindFor(['billing'], since)).toBe('state')
    expect(await kindFor('*', await cursorOf(['billing']))).toBe('state')
  })

  it('to a cursor of another tenant', async () => {
    const other = await watcher('acme')
    expect(await other.done('watch', { queues: '*', since })).toMatchObject({ kind: 'state', presences: [] })
  })

  it('to a cursor of another epoch, or from the future', async () => {
    const watched = watchedBy('default', '*')
    const { epoch, seq } = position()
    const cursor = (at: typeof epoch, number: number) =>
      encodeCursor({ position: { epoch: at, seq: number }, watched })
    expect(await kindFor('*', cursor('another', 1))).toBe('state')
    expect(await kindFor('*', cursor(epoch, seq + 1))).toBe('state')
    expect(await kindFor('*', cursor(epoch, seq))).toBe('diff')
  })

  it('to what is no cursor of ours', async () => {
    expect(await kindFor('*', 'nonsense')).toBe('state')
  })

  it('to the cursor of a state of which only a part arrived', async () => {
    await Promise.all(Array.from({ length: 600 }, (_, index) => put(`r${index}`, ['billing'])))
    const first = await watcher()
    const sync = await first.done('watch', { queues: '*' })
    expect(sync.complete).toBe(false)
    const last = await first.message('presence:changes', ({ complete }) => complete === true)
    expect(await kindFor('*', sync.cursor)).toBe('state')
    expect(await kindFor('*', last.cursor)).toBe('diff')
  })
})

it('[SU2] a difference of 1,200 comes in pages; who breaks off in the middle is where they were before', async () => {
  await Promise.all(Array.from({ length: 1_200 }, (_, index) => put(`r${index}`, ['billing'])))
  const first = await watcher()
  await first.done('watch', { queues: '*' })
  const { cursor: since } = await first.message('presence:changes', ({ complete }) => complete === true)
  await Promise.all(Array.from({ length: 1_200 }, (_, index) => put(`r${index}`, ['sales'])))
  const sue = await watcher()
  const sync = await sue.done('watch', { queues: '*', since })
  expect(sync).toMatchObject({ kind: 'diff', complete: false, cursor: since })
  await sue.message('presence:changes', ({ complete }) => complete === true)
  const pages = sue.all('presence:changes')
  expect(pages.map(({ complete, presences }) => [complete, presences.length])).toEqual([
    [false, 500],
    [true, 200],
  ])
  expect(pages[0]?.cursor).toBe(since)
  expect(new Set([sync, ...pages].flatMap(page => idsOf(page.presences))).size).toBe(1_200)
})
