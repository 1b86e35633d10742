import type { MessagePayload, PresencePatch } from '@rollcall/shared'
import { ADMINISTRATOR, type GatewayWorld, startWorld, type TestClient } from '../support/gateway.ts'
import { tokenOf } from '../support/tokens.ts'
import { until } from '../support/until.ts'

let world: GatewayWorld
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.close())

async function watcher(watches: readonly string[] = ['*']): Promise<TestClient> {
  const client = world.open({ token: tokenOf({ sub: 'sue', roles: ['supervisor'], watches }) })
  await client.ready()
  return client
}

async function signedIn(sub: string, queues = ['billing']): Promise<TestClient> {
  const client = world.open({ token: tokenOf({ sub, roles: ['representative'], queues }), signIn: true })
  await client.ready()
  return client
}

const put = (id: string, queues: readonly string[]) =>
  world.app.configuration.representatives.put(
    { principal: ADMINISTRATOR },
    id,
    { queues: [...queues], defaultStatusId: null, capacity: { units: null, profiles: {} }, attributes: {} },
    null,
  )
const queue = (id: string) => world.app.configuration.queues.put({ principal: ADMINISTRATOR }, id, {}, null)

describe('what a watcher gets first', () => {
  it('[SU2] everybody it watches, and a cursor', async () => {
    await signedIn('ada')
    const sue = await watcher()
    const sync = await sue.done('watch', { queues: '*' })
    expect(sync).toMatchObject({ kind: 'state', removed: [], complete: true, cursor: expect.any(String) })
    expect(sync.presences.map(view => view.representativeId)).toEqual(['ada'])
  })

  it('[SU2] only those in the queues it asked for', async () => {
    await signedIn('ada', ['billing'])
    await signedIn('bo', ['sales'])
    const sue = await watcher(['billing', 'sales'])
    const idsOf = async (queues: string[]) =>
      (await sue.done('watch', { queues })).presences.map(view => view.representativeId).sort()
    expect(await idsOf(['sales'])).toEqual(['bo'])
    expect(await idsOf(['sales', 'billing', 'sales'])).toEqual(['ada', 'bo'])
    expect(await idsOf([])).toEqual([])
  })

  it('[SU1] within what the token grants', async () => {
    await signedIn('ada', ['billing'])
    const sue = await watcher(['billing'])
    expect(await sue.send('watch', { queues: '*' })).toMatchObject({ error: { code: 'forbidden' } })
    expect(await sue.send('watch', { queues: ['nowhere'] })).toMatchObject({ error: { code: 'not-found' } })
    await queue('sales')
    expect(await sue.send('watch', { queues: ['sales'] })).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('[SU2] a state of 1,200 in pages of at most 500, before the first live change', async () => {
    await queue('billing')
    await Promise.all(Array.from({ length: 1_200 }, (_, index) => put(`r${index}`, ['billing'])))
    const sue = await watcher()
    const syncing = sue.done('watch', { queues: ['billing'] })
    const changing = Promise.all(Array.from({ length: 50 }, (_, index) => signInAtOnce(`r${index * 24}`)))
    const sync = await syncing
    await changing
    expect(sync.presences).toHaveLength(500)
    expect(sync.complete).toBe(false)
    const last = await sue.message('presence:changes', page => page.complete === true)
    const pages = sue.all('presence:changes').slice(0, sue.all('presence:changes').indexOf(last) + 1)
    expect(pages.map(page => [page.presences.length, page.complete])).toEqual([
      [500, false],
      [200, true],
    ])
    // Of a part, nothing can be gone on with (SU3).
    expect(pages[0]?.cursor).toBe(sync.cursor)
    expect(pages[1]?.cursor).not.toBe(sync.cursor)
    await until(
      'all sign-ins to be heard',
      () => heldBy(sync, sue).filter(view => view.signedIn).length === 50,
    )
    const held = heldBy(sync, sue)
    expect(held).toHaveLength(1_200)
    for (const view of held)
      expect(view).toEqual(world.app.replica.view('default', view.representativeId ?? ''))
  })
})

describe('what a watcher hears then', () => {
  it('[SU2] a patch has the changed fields, somebody new comes whole', async () => {
    const ada = await signedIn('ada')
    const sue = await watcher()
    await sue.done('watch', { queues: '*' })
    await ada.done('presence:set', { statusId: 'away' })
    const changed = await sue.message('presence:changes')
    const [patch] = changed.presences
    expect(patch).toMatchObject({ representativeId: 'ada', revision: 2, statusId: 'away', base: 'away' })
    expect(patch).not.toHaveProperty('name')
    expect(patch).not.toHaveProperty('queues')
    await signedIn('bo')
    const joined = await sue.message(
      'presence:changes',
      ({ presences }) => presences[0]?.representativeId === 'bo',
    )
    expect(joined.presences[0]).toEqual(world.app.replica.view('default', 'bo'))
  })

  it('[SU3] revisions only rise, and what is held equals the store', async () => {
    const people = await Promise.all(['ada', 'bo', 'cy'].map(id => signedIn(id)))
    const sue = await watcher()
    const sync = await sue.done('watch', { queues: '*' })
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.all(
        people.map((person, index) =>
          person.done('work:accept', { workItemId: `${index}-${turn}`, workstreamId: 'default' }),
        ),
      )
    }
    await until('the last change', () => heldBy(sync, sue).every(view => view.work?.length === 20))
    for (const id of ['ada', 'bo', 'cy']) {
      const revisions = sue
        .all('presence:changes')
        .flatMap(message => message.presences)
        .filter(patch => patch.representativeId === id)
        .map(patch => patch.revision)
      expect(revisions).toEqual([...new Set(revisions)].sort((one, other) => one - other))
      expect(heldBy(sync, sue).find(view => view.representativeId === id)).toEqual(
        world.app.replica.view('default', id),
      )
    }
  })

  it('[SU4] a burst is told in batches, the latest of each', async () => {
    const ada = await signedIn('ada')
    const sue = await watcher()
    await sue.done('watch', { queues: '*' })
    const turns = Array.from({ length: 200 }, (_, turn) =>
      ada.done('presence:set', { statusId: turn % 2 ? 'away' : 'busy', note: `${turn}` }),
    )
    await Promise.all(turns)
    await until('the last one', () => last(sue)?.presences[0]?.note === '199')
    expect(sue.all('presence:changes').length).toBeLessThan(150)
  })

  it('[SU2] who leaves the watched queues is removed, who comes is whole', async () => {
    await signedIn('ada', ['billing'])
    await queue('sales')
    const sue = await watcher()
    await sue.done('watch', { queues: ['billing'] })
    await world.app.configuration.representatives.patch(
      { principal: ADMINISTRATOR },
      'ada',
      { queues: ['sales'] },
      null,
    )
    expect(await sue.message('presence:changes')).toMatchObject({ removed: ['ada'], presences: [] })
    await world.app.configuration.representatives.patch(
      { principal: ADMINISTRATOR },
      'ada',
      { queues: ['sales', 'billing'] },
      null,
    )
    const back = await sue.message('presence:changes', ({ presences }) => presences.length === 1)
    expect(back.presences[0]).toEqual(world.app.replica.view('default', 'ada'))
  })

  it('[SU2] a second watch replaces the first, and unwatch ends it', async () => {
    const ada = await signedIn('ada', ['billing'])
    const bo = await signedIn('bo', ['sales'])
    const sue = await watcher()
    await sue.done('watch', { queues: ['billing'] })
    await sue.done('watch', { queues: ['sales'] })
    await ada.done('presence:set', { statusId: 'away' })
    await bo.done('presence:set', { statusId: 'away' })
    await sue.message('presence:changes', ({ presences }) => presences[0]?.representativeId === 'bo')
    expect(sue.all('presence:changes').flatMap(each => each.presences)).toHaveLength(1)
    await sue.done('unwatch', {})
    await bo.done('presence:set', { statusId: 'busy' })
    await sue.done('unwatch', {})
    expect(sue.all('presence:changes')).toHaveLength(1)
  })

  it('[SU1] a queue that is deleted ends its watch', async () => {
    await queue('empty')
    const sue = await watcher()
    await sue.done('watch', { queues: ['empty'] })
    await world.app.configuration.queues.remove({ principal: ADMINISTRATOR }, 'empty', null)
    expect(await sue.message('presence:resync')).toEqual({ reason: 'access-changed' })
    expect(await sue.send('watch', { queues: ['empty'] })).toMatchObject({ error: { code: 'not-found' } })
  })
})

it('[SU3] a beacon says how far the feed is, to watchers only', async () => {
  await world.close()
  world = await startWorld({ settings: { headMs: 20 } })
  const ada = await signedIn('ada')
  const sue = await watcher()
  const sync = await sue.done('watch', { queues: '*' })
  expect(await sue.message('head')).toEqual({ cursor: sync.cursor, serverTime: expect.any(String), lagMs: 0 })
  await ada.done('presence:set', { statusId: 'away' })
  await sue.message('head', ({ cursor }) => cursor !== sync.cursor && cursor === last(sue)?.cursor)
  expect(ada.all('head')).toEqual([])
})

function last(client: TestClient): MessagePayload<'presence:changes'> | undefined {
  return client.all('presence:changes').at(-1)
}

/** What a client holds that follows the protocol. */
function heldBy(sync: { readonly presences: readonly PresencePatch[] }, client: TestClient): PresencePatch[] {
  const held = new Map<string, PresencePatch>(sync.presences.map(view => [view.representativeId, view]))
  for (const { presences, removed } of client.all('presence:changes')) {
    for (const patch of presences) {
      held.set(patch.representativeId, Object.assign({}, held.get(patch.representativeId), patch))
    }
    for (const id of removed) held.delete(id)
  }
  return [...held.values()]
}

function signInAtOnce(sub: string) {
  const principal = { ...ADMINISTRATOR, sub, name: sub, roles: ['representative' as const] }
  return world.app.presence.connect(principal, `c-${sub}`, 0)
}
