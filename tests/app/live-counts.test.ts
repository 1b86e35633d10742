import { failedConditions, standingOf } from '../../server/src/domain/eligibility.ts'
import {
  type AppWorld,
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  refusal,
  service,
  supervisor,
} from '../support/app-world.ts'
import { liveCountsOf } from '../support/live-counts-of.ts'

let world: AppWorld
beforeEach(async () => {
  world = await createAppWorld()
  await putQueue('billing')
  await putQueue('sales')
  await workstream('chat', { allowedPresences: ['available', 'busy'], selfAssign: true })
  await workstream('calls', { allowedPresences: ['available'] })
})
afterEach(() => world.end())

const asService = as(service())
const asAdministrator = as(administrator())
const putQueue = (id: string) => world.app.configuration.queues.put(asAdministrator, id, {}, null)
const DEFAULTS = {
  channel: 'chat',
  queueId: 'billing',
  cost: {},
  assignmentMethod: 'highest-capacity',
  offerTimeoutMs: 10_000,
  rejectable: true,
  missedCounts: true,
  opensSession: true,
  affectsPresence: true,
  selfAssign: false,
  wrapUp: 'always',
} as const
const workstream = (id: string, more: object) =>
  world.app.configuration.workstreams.put(
    asAdministrator,
    id,
    { ...DEFAULTS, assignmentRules: [], allowedPresences: ['available'], ...more },
    null,
  )
const put = (id: string, queues: string[]) =>
  world.app.configuration.representatives.put(
    asAdministrator,
    id,
    { queues, defaultStatusId: null, capacity: { units: null, profiles: {} }, attributes: {} },
    null,
  )
const connect = (id: string) => world.app.presence.connect(principal(id), `${id}-1`, 0)
const choose = (id: string, statusId: string) => world.app.presence.choose(asService, choice(id, statusId))
const offer = (workItemId: string, representativeId: string, state: 'offered' | 'active' = 'offered') =>
  world.app.work.put(asService, {
    workItemId,
    representativeId,
    state,
    workstreamId: 'chat',
    force: false,
    reopen: false,
    by: 'other',
  })
const report = (kind: 'reject' | 'wrap-up' | 'close' | 'release', workItemId: string) =>
  world.app.work.report(asService, kind, { workItemId, by: 'other' })
const live = (queueId: string) => world.app.liveCounts.get(supervisor('*'), queueId)

async function three() {
  for (const id of ['ada', 'bo', 'cy']) {
    await put(id, ['billing'])
    await connect(id)
  }
}

it('[SU6] an empty queue counts nothing', async () => {
  expect(await live('sales')).toEqual(liveCountsOf('sales', { at: expect.any(String) }))
})

it('[SU6] those signed in by base and by status; who is signed out counts nowhere', async () => {
  await three()
  await put('dee', ['billing'])
  await choose('bo', 'away')
  await choose('cy', 'do-not-disturb')
  await world.app.presence.disconnect('default', 'cy', 'cy-1', 'transport close', 0)
  expect(await live('billing')).toMatchObject({
    byBase: { available: 1, away: 1, offline: 1 },
    byStatus: { available: 1, away: 1, offline: 1 },
    signedIn: 3,
  })
  await world.clock.advance(150_001)
  expect(await live('billing')).toMatchObject({ byBase: { available: 1, away: 1 }, signedIn: 2 })
})

it('[SU6, RO1] routable: whoever could be offered work of one of the workstreams, each also by itself', async () => {
  await three()
  await choose('bo', 'away')
  await offer('w1', 'cy', 'active')
  expect(await live('billing')).toMatchObject({
    routable: 2,
    workstreams: [
      { workstreamId: 'chat', routable: 2, queued: 0 },
      { workstreamId: 'calls', routable: 1, queued: 0 },
    ],
  })
})

it('[SU6] work that is queued, with the oldest, ringing and in wrap-up', async () => {
  await three()
  await offer('w1', 'ada', 'active')
  await offer('w2', 'bo', 'active')
  await report('wrap-up', 'w1')
  await report('release', 'w2')
  const released = new Date(world.storage.now()).toISOString()
  await world.clock.advance(1_000)
  const later = new Date(world.storage.now()).toISOString()
  await offer('w3', 'cy')
  expect(await live('billing')).toMatchObject({ queued: 1, oldestQueuedAt: released, ringing: 1, wrapUp: 1 })
  await report('reject', 'w3')
  expect(await live('billing')).toMatchObject({
    queued: 2,
    oldestQueuedAt: released,
    ringing: 0,
    wrapUp: 1,
    workstreams: [{ workstreamId: 'chat', queued: 2 }, { workstreamId: 'calls' }],
  })
  await report('close', 'w2')
  expect(await live('billing')).toMatchObject({ queued: 1, oldestQueuedAt: later })
})

it('[SU6] declined by all: somebody could be offered it, and everybody has declined it too often', async () => {
  await put('ada', ['billing'])
  await connect('ada')
  await world.app.configuration.policy.patch(
    asAdministrator,
    { rejectedSetsDoNotDisturb: false, maxDeclines: 2 },
    null,
  )
  for (let declines = 0; declines < 2; declines += 1) {
    expect(await live('billing')).toMatchObject({ declinedByAll: 0 })
    await offer('w1', 'ada')
    await report('reject', 'w1')
  }
  expect(await live('billing')).toMatchObject({ queued: 1, declinedByAll: 1 })
  await put('bo', ['billing'])
  await connect('bo')
  expect(await live('billing')).toMatchObject({ queued: 1, declinedByAll: 0 })
})

it('[SU6, PO1] a changed configuration counts everybody again', async () => {
  await three()
  expect(await live('billing')).toMatchObject({ routable: 3 })
  await workstream('chat', { allowedPresences: ['busy'] })
  await workstream('calls', { allowedPresences: ['busy'] })
  expect(await live('billing')).toMatchObject({ routable: 0 })
})

it('[SU1] within reach only, of queues that exist', async () => {
  const get = (watches: string[], id: string) => () => world.app.liveCounts.get(supervisor(watches), id)
  expect((await refusal(get(['sales'], 'billing'))).code).toBe('forbidden')
  expect((await refusal(get(['sales'], 'nowhere'))).code).toBe('not-found')
  expect((await get(['sales'], 'sales')()).queueId).toBe('sales')
})

it('[SU6] what changed is told once, and only what did', async () => {
  await three()
  const told = async () =>
    (await world.app.liveCounts.changed('default')).map(({ queueId }) => queueId).sort()
  expect(await told()).toEqual(['billing', 'default', 'sales'])
  expect(await told()).toEqual([])
  await choose('ada', 'away')
  expect(await told()).toEqual(['billing'])
  await choose('ada', 'busy')
  await choose('ada', 'away')
  expect(await told()).toEqual([])
  await put('ada', ['sales'])
  expect(await told()).toEqual(['billing', 'sales'])
})

it('[SU6] whoever began with counts that were never told hears when they are as before', async () => {
  await three()
  await world.app.liveCounts.changed('default')
  await choose('ada', 'away')
  const [first] = await world.app.liveCounts.of('default', ['billing'])
  expect(first).toMatchObject({ byBase: { away: 1, available: 2 } })
  await choose('ada', 'available')
  expect(await world.app.liveCounts.changed('default')).toMatchObject([
    { queueId: 'billing', byBase: { available: 3 } },
  ])
  expect(await world.app.liveCounts.changed('default')).toEqual([])
})

it('[SU6] after a thousand changes at random, equals a count from the beginning', async () => {
  let seed = 20_261_125
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const ids = Array.from({ length: 40 }, (_, index) => `r${index}`)
  for (const id of ids) await put(id, [['billing'], ['sales'], ['billing', 'sales'], []][random(4)] ?? [])
  let item = 0
  for (let step = 0; step < 1_000; step += 1) {
    const id = ids[random(ids.length)] ?? 'r0'
    const quiet = (what: Promise<unknown>) => what.catch(() => undefined)
    const acts: (() => Promise<unknown>)[] = [
      () => connect(id),
      () => connect(id),
      () => choose(id, ['available', 'busy', 'away', 'do-not-disturb'][random(4)] ?? 'busy'),
      () => world.app.presence.disconnect('default', id, `${id}-1`, 'transport close', 0),
      () => offer(`w${item++}`, id, random(2) ? 'active' : 'offered'),
      () => report('close', `w${random(item + 1)}`),
      () => report('reject', `w${random(item + 1)}`),
      () => report('wrap-up', `w${random(item + 1)}`),
      () => report('release', `w${random(item + 1)}`),
      () => put(id, [['billing'], ['sales'], []][random(3)] ?? []),
    ]
    const act = acts[random(acts.length)]
    if (act) await quiet(act())
    if (step % 50 === 49)
      for (const queue of ['billing', 'sales']) expect(await live(queue)).toEqual(naive(queue))
  }
})

/** The same, by going through everybody. */
function naive(queueId: string) {
  const { storage, app } = world
  const configuration = storage.configuration('default')
  const picture = app.replica.snapshot('default', [queueId]).views
  const signedIn = picture.filter(view => view.signedIn)
  const count = (of: (view: (typeof picture)[number]) => string) => {
    const counts: Record<string, number> = {}
    for (const view of signedIn) counts[of(view)] = (counts[of(view)] ?? 0) + 1
    return counts
  }
  const workstreams = Object.values(configuration.workstreams).filter(each => each.queueId === queueId)
  const able = (workstreamId: string) =>
    picture
      .map(view => storage.representative('default', view.representativeId))
      .filter(facts => {
        const workstream = configuration.workstreams[workstreamId]
        if (!facts || !workstream) return false
        const standing = standingOf(facts, configuration, storage.now())
        return failedConditions(standing, workstream, configuration).length === 0
      })
      .map(facts => facts?.representativeId ?? '')
  const items = Array.from({ length: 1_000 }, (_, index) => storage.workItem('default', `w${index}`)).filter(
    item => item !== null && item.queueId === queueId && item.state !== 'closed',
  )
  const queued = items.filter(item => item?.state === 'queued')
  const oldest = Math.min(...queued.map(item => item?.queuedAt ?? Number.POSITIVE_INFINITY))
  return {
    queueId,
    at: expect.any(String),
    byBase: count(view => view.base),
    byStatus: count(view => view.statusId),
    signedIn: signedIn.length,
    routable: new Set(workstreams.flatMap(({ id }) => able(id))).size,
    queued: queued.length,
    oldestQueuedAt: queued.length > 0 ? new Date(oldest).toISOString() : null,
    ringing: items.filter(item => item?.offeredTo).length,
    wrapUp: items.filter(item => item?.state === 'wrap-up').length,
    declinedByAll: expect.any(Number),
    workstreams: workstreams.map(({ id }) => ({
      workstreamId: id,
      routable: able(id).length,
      queued: queued.filter(item => item?.workstreamId === id).length,
    })),
  }
}

it('[SU6, PO4] who is deleted while the configuration changes is counted no more', async () => {
  await three()
  expect(await live('billing')).toMatchObject({ signedIn: 3 })
  await world.app.configuration.representatives.remove(asAdministrator, 'bo', null, { eraseHistory: false })
  await putQueue('fax')
  expect(await live('billing')).toMatchObject({ signedIn: 2, byBase: { available: 2 }, routable: 2 })
})

it('[SU6] a queue that is named twice has her once', async () => {
  await put('ada', ['billing', 'billing'])
  await connect('ada')
  expect(world.app.replica.view('default', 'ada')?.queues).toEqual(['billing'])
  expect(await live('billing')).toMatchObject({ signedIn: 1, routable: 1 })
  await world.app.configuration.representatives.patch(
    asAdministrator,
    'ada',
    { queues: ['sales', 'sales'] },
    null,
  )
  expect(await live('sales')).toMatchObject({ signedIn: 1 })
})

it('[SU6] an item waits where it was queued, though its workstream has moved', async () => {
  await three()
  await offer('w1', 'ada', 'active')
  await report('release', 'w1')
  await workstream('chat', { queueId: 'sales' })
  expect(await live('billing')).toMatchObject({
    queued: 1,
    workstreams: [{ workstreamId: 'calls' }, { workstreamId: 'chat', queued: 1 }],
  })
})
