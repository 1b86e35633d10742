import { ADMINISTRATOR, type GatewayWorld, startWorld, type TestClient } from '../support/gateway.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { tokenOf } from '../support/tokens.ts'

let world: GatewayWorld
let clock: ReturnType<typeof createManualClock>
beforeEach(async () => {
  clock = createManualClock(Date.now())
  world = await startWorld({ clock })
  for (const id of ['billing', 'sales']) await world.app.configuration.queues.put(by, id, {}, null)
})
afterEach(() => world.close())

const by = { principal: ADMINISTRATOR }

async function watcher(sub: string, watches: string[]): Promise<TestClient> {
  const client = world.open({ token: tokenOf({ sub, roles: ['supervisor'], watches }) })
  await client.ready()
  return client
}

async function signIn(sub: string, queues: string[]): Promise<TestClient> {
  const client = world.open({ token: tokenOf({ sub, roles: ['representative'], queues }), signIn: true })
  await client.ready()
  return client
}

it('[SU6] the counts of each watched queue come with the state', async () => {
  await signIn('ada', ['billing'])
  const sue = await watcher('sue', ['billing', 'sales'])
  const { live } = await sue.done('watch', { queues: ['billing', 'sales'] })
  expect(live).toMatchObject([
    { queueId: 'billing', signedIn: 1, byBase: { available: 1 } },
    { queueId: 'sales', signedIn: 0 },
  ])
  const all = await (await watcher('tom', ['*'])).done('watch', { queues: '*' })
  expect(all.live?.map(({ queueId }) => queueId).sort()).toEqual(['billing', 'default', 'sales'])
})

it('[SU6] what changed is told to whoever watches the queue, at most once a second, and nobody else', async () => {
  const sue = await watcher('sue', ['billing'])
  const tom = await watcher('tom', ['sales'])
  const uma = await watcher('uma', ['*'])
  await sue.done('watch', { queues: ['billing'] })
  await tom.done('watch', { queues: ['sales'] })
  await uma.done('watch', { queues: '*' })
  clock.advance(1_000)
  await tom.message('queue:live')
  const before = sue.all('queue:live').length
  const ada = await signIn('ada', ['billing'])
  await ada.done('presence:set', { statusId: 'away' })
  await ada.done('presence:set', { statusId: 'busy' })
  expect(sue.all('queue:live')).toHaveLength(before)
  clock.advance(1_000)
  for (const each of [sue, uma]) {
    const told = await each.message('queue:live', ({ signedIn }) => signedIn === 1)
    expect(told).toMatchObject({ queueId: 'billing', byBase: { busy: 1 } })
  }
  expect(sue.all('queue:live')).toHaveLength(before + 1)
  expect(tom.all('queue:live').filter(({ queueId }) => queueId !== 'sales')).toEqual([])
})

it('[SU6] nothing is told after unwatch', async () => {
  const sue = await watcher('sue', ['billing'])
  const uma = await watcher('uma', ['billing'])
  for (const each of [sue, uma]) await each.done('watch', { queues: ['billing'] })
  await sue.done('unwatch', {})
  const told = sue.all('queue:live').length
  await signIn('ada', ['billing'])
  clock.advance(1_000)
  await uma.message('queue:live', ({ signedIn }) => signedIn === 1)
  await sue.send('unwatch', {})
  expect(sue.all('queue:live')).toHaveLength(told)
})
