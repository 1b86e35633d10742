// The feed says of a removal who did it and by which rule, though the record that would say so is gone.

import type { FeedEntry } from '../../server/src/storage/storage.ts'
import { type AppWorld, administrator, as, createAppWorld, principal, service } from '../support/app-world.ts'

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

describe('[PO4] the history of who is removed', () => {
  let world: AppWorld

  beforeEach(async () => {
    world = await createAppWorld()
    for (const id of ['ada', 'bo']) await world.app.presence.connect(principal(id), `c-${id}`, 0)
  })
  afterEach(() => world.end())

  const remove = (options?: { readonly eraseHistory: boolean }) =>
    world.app.configuration.representatives.remove(as(administrator()), 'ada', null, options)

  it('[PO4, HI1] is kept unless its erasure is asked for, and ends with a row that says why', async () => {
    await remove()
    expect(await shown('ada')).toEqual(['available', 'offline'])
  })

  it('[PO4] goes with her on request, hers alone, and begins anew when she comes back', async () => {
    await remove({ eraseHistory: true })
    expect([await shown('ada'), await shown('bo')]).toEqual([[], ['available']])
    await world.app.presence.connect(principal('ada'), 'c2', 0)
    expect(await shown('ada')).toEqual(['available'])
  })

  it('[PO4, EX1] its erasure is an input of the cause', async () => {
    const entries: FeedEntry[] = []
    world.storage.feed.subscribe((_, news) => entries.push(...news))
    await remove({ eraseHistory: true })
    expect(entries[0]?.cause.inputs).toEqual({ representativeId: 'ada', eraseHistory: true })
  })

  async function shown(id: string): Promise<readonly string[]> {
    const statuses: string[] = []
    for await (const row of world.storage.history.range('default', [id], 0, Number.MAX_SAFE_INTEGER)) {
      statuses.push(row.statusId)
    }
    return statuses
  }
})
