// PO1: whatever the configuration has a part in is told under a revision of its own, and never two under one.

import { workstreamBody } from '@rollcall/shared'
import {
  type AppWorld,
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  service,
} from '../support/app-world.ts'

const admin = as(administrator())
const ada = principal('ada')
const LUNCH = {
  id: 'lunch',
  text: 'Lunch',
  base: 'away' as const,
  description: null,
  workstreams: null,
  expectedMs: null,
  selectableBy: { representatives: true, supervisors: true },
}

describe('[PO1] a change of the configuration that only her view shows', () => {
  let world: AppWorld

  beforeEach(async () => {
    world = await createAppWorld()
    const { workstreams, statuses } = world.app.configuration
    await statuses.create(admin, LUNCH)
    await workstreams.put(admin, 'calls', workstreamBody.parse({ channel: 'voice' }), null)
    await world.app.presence.connect(ada, 'c1', 0)
  })
  afterEach(() => world.end())

  const work = (state: 'offered' | 'active') =>
    world.app.work.put(as(service()), {
      workItemId: 'w1',
      workstreamId: 'calls',
      representativeId: 'ada',
      state,
      force: false,
      reopen: false,
      by: 'other',
    })
  const choose = (when: 'now' | 'after-work') =>
    world.app.presence.choose(as(ada), choice('ada', 'lunch', { when }))
  const patchLunch = (body: object) => world.app.configuration.statuses.patch(admin, 'lunch', body, null)
  const putCalls = (body: object) =>
    world.app.configuration.workstreams.put(admin, 'calls', workstreamBody.parse(body), null)

  const cases = [
    [
      'the text of what she shows',
      () => choose('now'),
      () => patchLunch({ text: 'Break' }),
      { text: 'Break' },
    ],
    [
      'how long it is expected to last',
      () => choose('now'),
      () => patchLunch({ expectedMs: 60_000 }),
      { overdueAt: '2026-11-23T09:01:00.000Z' },
    ],
    [
      'the text of what comes next',
      async () => {
        await work('active')
        await choose('after-work')
      },
      () => patchLunch({ text: 'Break' }),
      { next: { text: 'Break' } },
    ],
    [
      'what is behind',
      async () => {
        await choose('now')
        await work('active')
      },
      () => putCalls({ affectsPresence: false }),
      { behind: { statusId: 'available' } },
    ],
    [
      'how many sessions are open',
      () => work('active'),
      () => putCalls({ opensSession: false }),
      { capacity: { sessions: { open: 0 } } },
    ],
    [
      'whether an offer may be rejected',
      () => work('offered'),
      () => putCalls({ rejectable: false }),
      { offers: [{ rejectable: false }] },
    ],
  ] as const

  it.each(cases)('%s', async (_what, begin, configure, shown) => {
    await begin()
    await world.clock.advance(0)
    const before = world.app.presence.self(ada)
    const { seq } = world.storage.feed.position('default')
    await configure()
    const meanwhile = world.app.presence.self(ada)
    expect([meanwhile.revision, meanwhile.capacity, meanwhile.behind]).toEqual([
      before.revision,
      before.capacity,
      before.behind,
    ])
    await world.clock.advance(1)
    expect(world.app.presence.self(ada)).toMatchObject({
      ...shown,
      revision: before.revision + 1,
      since: before.since,
      cause: { event: 'configuration-changed', actor: { kind: 'administrator', id: 'root' } },
    })
    expect(world.storage.feed.position('default').seq).toBe(seq + 2)
  })
})
