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
  service,
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
  fc
    .tuple(
      item,
      fc.constantFrom('close', 'wait', 'resume', 'wrap-up', 'release', 'withdraw', 'reject', 'miss'),
    )
    .map(
      ([workItemId, report]): Command =>
        world =>
          world.app.work.report(as(service()), report, { workItemId, by: 'other' }),
    ),
  fc.tuple(person, item).map(
    ([representativeId, workItemId]): Command =>
      world =>
        world.app.work.put(as(service()), {
          workItemId,
          workstreamId: 'default',
          representativeId,
          state: 'offered',
          force: true,
          reopen: true,
          by: 'other',
        }),
  ),
  item.map(
    (workItemId): Command =>
      world =>
        world.app.work.accept(as(service()), {
          workItemId,
          workstreamId: null,
          attributes: null,
          by: 'representative',
        }),
  ),
  person.map(
    (id): Command =>
      world =>
        world.app.presence.signOut(as(principal(id))),
  ),
  item.map(
    (workItemId): Command =>
      world =>
        world.app.work.report(as(service()), 'close', { workItemId, by: 'other' }),
  ),
  fc.tuple(item, person, fc.boolean()).map(
    ([workItemId, representativeId, offer]): Command =>
      world =>
        world.app.work.transfer(as(service()), {
          workItemId,
          to: { representativeId },
          offer,
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

/** WK2: what a representative holds and what the item's record says are the same. */
function disagreements(world: AppWorld): readonly string[] {
  const { facts, workItems } = pictureOf(world)
  const held = facts.flatMap(({ representativeId, work }) =>
    work.map(({ workItemId, state }) => `${workItemId} ${state} ${representativeId}`),
  )
  const recorded = workItems.flatMap(({ workItemId, state, representativeId, offeredTo }) => [
    ...(representativeId !== null && state !== 'closed'
      ? [`${workItemId} ${state} ${representativeId}`]
      : []),
    ...(offeredTo === null ? [] : [`${workItemId} offered ${offeredTo}`]),
  ])
  return [
    ...held.filter(line => !recorded.includes(line)).map(line => `only held: ${line}`),
    ...recorded.filter(line => !held.includes(line)).map(line => `only recorded: ${line}`),
  ]
}

function pictureOf({ storage }: AppWorld) {
  return {
    facts: PEOPLE.flatMap(id => storage.representative('default', id) ?? []),
    workItems: ITEMS.flatMap(id => storage.workItem('default', id) ?? []),
  }
}

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
          expect(disagreements(world)).toEqual([])
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
})
