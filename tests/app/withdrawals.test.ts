// What her tabs are told of offers that end (work:withdrawn), and that instants are whole.

import { type AppWorld, as, createAppWorld, principal, service } from '../support/app-world.ts'

const ada = principal('ada')
let world: AppWorld

beforeEach(async () => {
  world = await createAppWorld()
  await world.app.presence.connect(ada, 'c1', 0)
})
afterEach(() => world.end())

it('[NO10] an offer that ends because of another one is withdrawn, whatever happened to that one', async () => {
  await offer('w1')
  await offer('w2')
  await world.app.work.report(as(ada), 'reject', { workItemId: 'w1', by: 'representative' })
  expect(ends()).toEqual([
    ['w1', 'rejected'],
    ['w2', 'withdrawn'],
  ])
})

it('[NO2] an offer that ran out is missed', async () => {
  await offer('w1')
  await world.clock.advance(120_000)
  expect(ends()).toEqual([['w1', 'missed']])
})

it('[DI1] news of an age with fractions is judged at a whole millisecond', async () => {
  await world.clock.advance(1_000)
  await world.app.presence.disconnect('default', 'ada', 'c1', 'gone', 0.4)
  expect(world.storage.representative('default', 'ada')?.shown.since).toBe(world.storage.now())
})

function offer(workItemId: string) {
  const to = { workstreamId: 'default', representativeId: 'ada', state: 'offered' } as const
  return world.app.work.put(as(service()), { workItemId, ...to, force: false, reopen: false, by: 'other' })
}

function ends(): readonly (readonly [string, string])[] {
  return world.signals.flatMap(signal =>
    signal.kind === 'withdrawn' ? [[signal.workItemId, signal.reason] as const] : [],
  )
}
