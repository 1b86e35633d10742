// The feed says of a removal who did it and by which rule, though the record that would say so is gone.

import type { FeedEntry } from '../../server/src/storage/storage.ts'
import { administrator, as, createAppWorld, principal, service } from '../support/app-world.ts'

it('[EX1, PO4] the removal of a representative, and of her hold on an item, carry their cause', async () => {
  const world = await createAppWorld()
  await world.app.presence.connect(principal('ada'), 'c1', 0)
  await world.app.work.put(as(service()), {
    workItemId: 'w1',
    workstreamId: 'default',
    representativeId: 'ada',
    state: 'active',
    force: false,
    reopen: false,
    by: 'other',
  })
  const entries: FeedEntry[] = []
  world.storage.feed.subscribe((_, news) => entries.push(...news))
  await world.app.configuration.representatives.remove(as(administrator()), 'ada', null)
  const actor = { kind: 'administrator', id: 'root' }
  expect(entries).toMatchObject([
    { kind: 'representative', current: null, cause: { event: 'removed', actor, rule: 'PO4' } },
    { kind: 'work-item', current: { state: 'queued' }, cause: { event: 'work-released', actor } },
  ])
  await world.end()
})
