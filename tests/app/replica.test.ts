import type { PresenceView } from '@rollcall/shared'
import fc from 'fast-check'
import type { ViewChange } from '../../server/src/app/app.ts'
import { Refused } from '../../server/src/app/refused.ts'
import { createReplica } from '../../server/src/app/replica.ts'
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

const PEOPLE = ['ada', 'bob', 'cyd'] as const
const ITEMS = ['w1', 'w2', 'w3'] as const

type Command = (world: AppWorld) => Promise<unknown>

const person = fc.constantFrom(...PEOPLE)
const item = fc.constantFrom(...ITEMS)
const command: fc.Arbitrary<Command> = fc.oneof(
  person.map(
    (id): Command =>
      world =>
        world.app.presence.connect(
          principal(id, { queues: [id === 'cyd' ? 'sales' : 'billing'] }),
          `c-${id}`,
          0,
        ),
  ),
  person.map(
    (id): Command =>
      world =>
        world.app.presence.disconnect('default', id, `c-${id}`, 'gone', 0),
  ),
  fc.tuple(person, fc.constantFrom('away', 'busy', 'available', 'offline', 'no-such')).map(
    ([id, status]): Command =>
      world =>
        world.app.presence.choose(as(principal(id)), choice(id, status, { forMs: 5_000 })),
  ),
  person.map(
    (id): Command =>
      world =>
        world.app.presence.reset(as(principal(id)), id, null),
  ),
  fc.tuple(person, item).map(
    ([representativeId, workItemId]): Command =>
      world =>
        world.app.work.put(as(service()), {
          workItemId,
          workstreamId: 'default',
          representativeId,
          state: 'active',
          cost: { units: 10 },
          force: false,
          reopen: true,
          by: 'other',
        }),
  ),
  item.map(
    (workItemId): Command =>
      world =>
        world.app.work.report(as(service()), 'close', { workItemId, by: 'other' }),
  ),
  fc.tuple(item, person).map(
    ([workItemId, representativeId]): Command =>
      world =>
        world.app.work.transfer(as(service()), {
          workItemId,
          to: { representativeId },
          offer: false,
          by: 'other',
        }),
  ),
  fc.tuple(person, fc.subarray(['billing', 'sales'])).map(
    ([id, queues]): Command =>
      world =>
        world.app.configuration.representatives.patch(as(administrator()), id, { queues }, null),
  ),
  person.map(
    (id): Command =>
      world =>
        world.app.configuration.representatives.remove(as(administrator()), id, null),
  ),
  fc.constantFrom(1_000, 5_000, 151_000).map(
    (ms): Command =>
      world =>
        world.clock.advance(ms),
  ),
)

/** Carries out what is allowed, and lets refusals pass. */
async function carryOut(world: AppWorld, commands: readonly Command[]): Promise<void> {
  for (const id of ['billing', 'sales'])
    await world.app.configuration.queues.put(as(administrator()), id, {}, null)
  for (const run of commands) {
    await run(world).catch(error => {
      if (!(error instanceof Refused)) throw error
    })
  }
}

function applied(changes: readonly ViewChange[]): ReadonlyMap<string, PresenceView> {
  const views = new Map<string, PresenceView>()
  for (const { representativeId, view, patch } of changes) {
    const old = views.get(representativeId)
    if (!view) views.delete(representativeId)
    else if (old && patch) views.set(representativeId, { ...old, ...patch })
    else views.set(representativeId, view)
  }
  return views
}

const sorted = (views: Iterable<PresenceView>) =>
  [...views].sort((one, other) => (one.representativeId < other.representativeId ? -1 : 1))

describe('the replica', () => {
  it('[I3] equals the views of a fresh load, and its patches lead there, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 25 }), async commands => {
        const world = await createAppWorld()
        try {
          await carryOut(world, commands)
          const { views, position } = world.app.replica.snapshot('default', '*')
          const fresh = createReplica(world.storage)
          await fresh.load()
          const loaded = fresh.snapshot('default', '*')
          fresh.stop()
          expect(sorted(views)).toEqual(sorted(loaded.views))
          expect(position).toEqual(loaded.position)
          expect(sorted(applied(world.changes).values())).toEqual(sorted(views))
          for (const queue of ['billing', 'sales']) {
            const members = world.app.replica.snapshot('default', [queue]).views
            expect(sorted(members)).toEqual(sorted(views.filter(view => view.queues.includes(queue))))
          }
        } finally {
          await world.end()
        }
      }),
      { numRuns: 60 },
    )
  })

  it('[I3] revisions rise by one with each stored change', async () => {
    const world = await createAppWorld()
    const ada = principal('ada')
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.app.presence.choose(as(ada), choice('ada', 'away'))
    await world.app.presence.reset(as(ada), 'ada', null)
    expect(world.changes.map(change => change.view?.revision)).toEqual([1, 2, 3])
    expect(world.changes[2]?.patch).toEqual({
      representativeId: 'ada',
      revision: 3,
      statusId: 'available',
      text: 'Available',
      base: 'available',
      origin: 'capacity',
      behind: null,
      cause: { event: 'presence-reset', actor: { kind: 'representative', id: 'ada' }, rule: 'MA9' },
    })
    await world.end()
  })

  it('[SU1] who may watch what', async () => {
    const world = await createAppWorld()
    await world.app.configuration.queues.put(as(administrator()), 'billing', {}, null)
    await world.app.configuration.queues.put(as(administrator()), 'sales', {}, null)
    const { replica } = world.app
    expect(() => replica.checkWatch(supervisor(['billing']), ['billing'])).not.toThrow()
    expect(() => replica.checkWatch(supervisor('*'), '*')).not.toThrow()
    expect(() => replica.checkWatch(service(), '*')).not.toThrow()
    const outside = await refusal(() => replica.checkWatch(supervisor(['billing']), ['billing', 'sales']))
    expect(outside).toMatchObject({ code: 'forbidden', details: { needed: { watches: ['sales'] } } })
    expect((await refusal(() => replica.checkWatch(supervisor(['billing']), '*'))).code).toBe('forbidden')
    expect((await refusal(() => replica.checkWatch(supervisor('*'), ['constructor']))).code).toBe('not-found')
    await world.end()
  })

  it('[SU1] tenants know nothing of each other', async () => {
    const world = await createAppWorld()
    await world.app.presence.connect(principal('ada', { tenant: 'one', queues: ['billing'] }), 'c1', 0)
    await world.app.presence.connect(principal('ada', { tenant: 'two' }), 'c2', 0)
    const foreign = service({ tenant: 'two' })
    await world.app.work.put(as(service({ tenant: 'one' })), {
      workItemId: 'w1',
      workstreamId: 'default',
      representativeId: 'ada',
      state: 'active',
      force: false,
      reopen: false,
      by: 'other',
    })
    expect(world.app.replica.view('two', 'ada')).toMatchObject({ statusId: 'available', queues: [] })
    expect(world.app.replica.view('one', 'ada')).toMatchObject({ statusId: 'busy' })
    expect((await refusal(() => world.app.work.get(foreign, 'w1'))).code).toBe('work-item-unknown')
    expect((await refusal(() => world.app.presence.get(service({ tenant: 'three' }), 'ada'))).code).toBe(
      'representative-unknown',
    )
    expect((await refusal(() => world.app.configuration.queues.get(foreign, 'billing'))).code).toBe(
      'not-found',
    )
    expect(world.app.replica.snapshot('three', '*').views).toEqual([])
    await world.end()
  })
})
