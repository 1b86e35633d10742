// PO4: what is deleted in the same instant in which somebody begins to use it. Whoever comes second is refused.

import { workstreamBody } from '@rollcall/shared'
import { type AppWorld, administrator, as, createAppWorld, service } from '../support/app-world.ts'

const admin = as(administrator())
const PROFILE = { limit: 2, blocking: false, reset: 'immediate' as const, timeZone: null, endOfDay: null }
const NONE: string[] = []
const NOBODY = {
  queues: NONE,
  defaultStatusId: null,
  capacity: { units: null, profiles: {} },
  attributes: {},
}

describe('[PO4] deleting what begins to be used in the same instant', () => {
  let world: AppWorld

  beforeEach(async () => {
    world = await createAppWorld()
    const { queues, profiles, workstreams, representatives } = world.app.configuration
    await queues.put(admin, 'billing', {}, null)
    await profiles.put(admin, 'chat', PROFILE, null)
    await workstreams.put(admin, 'calls', workstreamBody.parse({ channel: 'voice' }), null)
    await representatives.put(admin, 'ada', NOBODY, null)
  })
  afterEach(() => world.end())

  const put = (body: Partial<typeof NOBODY>) => (app: AppWorld['app']) =>
    app.configuration.representatives.put(admin, 'bo', { ...NOBODY, ...body }, null)
  const assign = (workItemId: string, profiles: readonly string[]) => (app: AppWorld['app']) =>
    app.work.put(as(service()), {
      workItemId,
      workstreamId: 'calls',
      cost: { profiles },
      representativeId: 'ada',
      state: 'active',
      force: false,
      reopen: false,
      by: 'other',
    })

  const cases = [
    ['a queue', 'a member', put({ queues: ['billing'] }), 'queues', 'billing'],
    [
      'a profile',
      'a holder',
      put({ capacity: { units: null, profiles: { chat: null } } }),
      'profiles',
      'chat',
    ],
    ['a profile', 'an item', assign('w1', ['chat']), 'profiles', 'chat'],
    ['a workstream', 'an item', assign('w1', []), 'workstreams', 'calls'],
  ] as const

  it.each(cases)('%s that gets %s stays, and the answer names it', async (_what, _by, use, kind, id) => {
    const used = use(world.app)
    const deleted = world.app.configuration[kind].remove(admin, id, null)
    await expect(deleted).rejects.toMatchObject({ code: 'in-use' })
    await used
    expect(world.app.configuration[kind].get(administrator(), id).resource).toMatchObject({ id })
  })

  it.each(cases)('%s that is gone first gets no more %s', async (_what, _by, use, kind, id) => {
    const deleted = world.app.configuration[kind].remove(admin, id, null)
    const used = use(world.app)
    await expect(used).rejects.toMatchObject({ code: 'not-found' })
    await deleted
  })

  it('what its last user lets go of in the same instant goes', async () => {
    await put({ queues: ['billing'] })(world.app)
    const gone = world.app.configuration.representatives.remove(admin, 'bo', null)
    await world.app.configuration.queues.remove(admin, 'billing', null)
    await gone
  })
})
