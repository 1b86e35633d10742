// Fifty scripted sockets work a shift against a running server while a supervisor watches. At the end three pictures
// of everybody must be one: the supervisor's, the store's, and that of the oracle, which was told every
// acknowledged event and nothing else.

import { createRepresentative, createSupervisor } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import type { Configuration } from '../../server/src/domain/configuration.ts'
import { httpClient } from '../support/http.ts'
import { createOracle } from '../support/oracle.ts'
import { createRandom, pickFrom } from '../support/random.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { tokenFor } from '../support/tokens.ts'
import { until } from '../support/until.ts'

/** Two minutes, the shift of the promise; shorter by hand: SHIFT_SECONDS=20. */
const SHIFT_MS = Number(process.env['SHIFT_SECONDS'] ?? 120) * 1000
const PEOPLE = 50
const WINDOW_MS = 4_000
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

type Representative = ReturnType<typeof createRepresentative>

describe('a shift', () => {
  let server: ServerProcess
  const open: { disconnect(): void }[] = []

  beforeAll(async () => {
    server = await startServerProcess()
  })
  afterAll(async () => {
    for (const client of open) client.disconnect()
    await server.remove()
  })

  it(
    `[SU3, EX1, I3] of fifty people ends in one picture (seed ${SEED})`,
    async () => {
      const random = createRandom(SEED)
      const pick = <Item>(items: readonly Item[]): Item => pickFrom(random, items)
      const admin = httpClient(server.url, tokenFor('ivo', { roles: ['administrator'] }))
      const service = httpClient(server.url, tokenFor('router', { roles: ['service'] }))
      await configure()
      const ids = Array.from({ length: PEOPLE }, (_, i) => `rep-${i}`)
      const oracle = createOracle(
        configuration(),
        ids.map(id => ({ id, queues: ['floor'], defaultStatusId: null, units: 100, profiles: {} })),
        Date.now(),
      )

      const board = createSupervisor({
        url: server.url,
        token: tokenFor('grace', { roles: ['supervisor'], watches: ['*'] }),
      })
      open.push(board)
      await board.connect()
      const watch = await board.watch({ queues: ['floor'] })
      const revisions = new Map<string, number>()
      watch.onChange(({ changed }) => {
        for (const view of changed) {
          if (view.revision <= (revisions.get(view.representativeId) ?? 0))
            throw new Error('A revision fell.')
          revisions.set(view.representativeId, view.revision)
        }
      })

      let lastAt = Date.now()
      /** The oracle's clock: never backwards over all people, as the store's. */
      const at = () => {
        lastAt = Math.max(lastAt + 1, Date.now())
        return lastAt
      }
      let items = 0
      let commands = 0
      const busyWith = new Set<string>()
      const end = performance.now() + SHIFT_MS
      await Promise.all(ids.map(person))
      await compare()
      process.stdout.write(`shift: ${commands} acknowledged commands, ${items} work items, seed ${SEED}\n`)

      /** One person's shift: one command after the other, each told to the oracle once it is acknowledged. */
      async function person(id: string): Promise<void> {
        let me = await come(id)
        while (performance.now() < end) {
          // The pace of a person at work; nothing is waited for.
          await new Promise(resolve => setTimeout(resolve, 100 + random() * 1_500))
          if (busyWith.has(id)) continue
          busyWith.add(id)
          try {
            me = await act(id, me)
            commands += 1
          } finally {
            busyWith.delete(id)
          }
        }
      }

      async function come(id: string): Promise<Representative> {
        const me = createRepresentative({ url: server.url, token: tokenFor(id) })
        open.push(me)
        await me.connect()
        oracle.connect(id, 'tab', at())
        return me
      }

      async function act(id: string, me: Representative): Promise<Representative> {
        const held = me.getPresence()?.work ?? []
        const dice = random()
        if (dice < 0.3 && held.length < 8) {
          const workItemId = `w${++items}`
          await me.accept(workItemId, { workstreamId: 'chat' })
          oracle.report({ ...own(id, workItemId), type: 'accept', to: id, workstreamId: 'chat' }, at())
        } else if (dice < 0.55 && held.length > 0) {
          const { workItemId } = pick(held)
          await me.close(workItemId)
          oracle.report({ ...own(id, workItemId), type: 'close' }, at())
        } else if (dice < 0.63 && held.length > 0) {
          await handOver(id, me, pick(held).workItemId)
        } else if (dice < 0.83) {
          const statusId = pick(['available', 'busy', 'away', 'do-not-disturb', 'offline'])
          await me.setPresence(statusId)
          oracle.choose(
            id,
            { statusId, by: { kind: 'representative', id }, forMs: null, note: null },
            'now',
            at(),
          )
        } else if (dice < 0.9) {
          await me.resetPresence()
          oracle.reset(id, { kind: 'representative', id }, at())
        } else if (dice < 0.94) {
          const workItemId = `w${++items}`
          await service.put(`/v1/work-items/${workItemId}`, {
            workstreamId: 'chat',
            representativeId: id,
            state: 'active',
          })
          oracle.report(
            {
              itemId: workItemId,
              by: { kind: 'service', id: 'router' },
              doneBy: 'other',
              type: 'assign',
              to: id,
              workstreamId: 'chat',
              cost: null,
              force: false,
              reopen: false,
            },
            at(),
          )
        } else {
          return dropAndReturn(id, me)
        }
        return me
      }

      async function handOver(id: string, me: Representative, workItemId: string): Promise<void> {
        const free = ids.filter(candidate => candidate !== id && !busyWith.has(candidate))
        if (free.length === 0) return
        const other = pick(free)
        busyWith.add(other)
        try {
          await me.transfer(workItemId, { representativeId: other })
          oracle.report(
            { ...own(id, workItemId), type: 'transfer', to: other, toQueue: false, offer: false },
            at(),
          )
        } finally {
          busyWith.delete(other)
        }
      }

      async function dropAndReturn(id: string, me: Representative): Promise<Representative> {
        me.disconnect()
        const goneAt = await until(
          `${id} is Offline`,
          () => watch.presences().get(id)?.link === 'absent' && at(),
        )
        oracle.disconnect(id, 'tab', goneAt)
        if (random() < 0.5) return come(id)
        await until(
          `${id} is signed out`,
          () => watch.presences().get(id)?.link === 'signed-out',
          WINDOW_MS + 5_000,
        )
        lastAt = Math.max(lastAt, goneAt + WINDOW_MS + 1)
        return come(id)
      }

      async function compare(): Promise<void> {
        const { items: stored } = (await service.get<{ items: PresenceView[] }>('/v1/presences?limit=500'))
          .body
        expect(stored).toHaveLength(PEOPLE)
        await until('the supervisor has seen it all', () =>
          stored.every(view => watch.presences().get(view.representativeId)?.revision === view.revision),
        )
        for (const view of stored) {
          expect(watch.presences().get(view.representativeId)).toEqual(view)
          oracle.tick(at())
          const told = oracle.presence(view.representativeId)
          const { statusId, base, origin, link, connections } = view
          const work = view.work.map(item => item.workItemId).sort()
          expect({ id: view.representativeId, statusId, base, origin, link, connections, work }).toEqual({
            id: view.representativeId,
            statusId: told.statusId,
            base: told.base,
            origin: told.origin,
            link: told.link,
            connections: told.connections,
            work: told.work.map(words => words.split(' ')[0]),
          })
        }
      }

      async function configure(): Promise<void> {
        await admin.patch('/v1/policy', {
          restoreWindowMs: WINDOW_MS,
          newRepresentativeCapacity: { units: 100, profiles: {} },
        })
        await admin.put('/v1/queues/floor', { name: 'Floor' })
        await admin.put('/v1/workstreams/chat', { queueId: 'floor', selfAssign: true, cost: { units: 34 } })
        for (let i = 0; i < PEOPLE; i++) {
          await admin.put(`/v1/representatives/rep-${i}`, { queues: ['floor'], capacity: { units: 100 } })
        }
      }
    },
    SHIFT_MS + 60_000,
  )
})

/** A report of her own. */
function own(id: string, itemId: string) {
  return { itemId, by: { kind: 'representative', id }, doneBy: 'representative' } as const
}

/** The same configuration as the server's, for the oracle. */
function configuration(): Configuration {
  const builtIn = builtInConfiguration()
  const chat = {
    ...builtIn.workstreams['default'],
    id: 'chat',
    queueId: 'floor',
    selfAssign: true,
    cost: { units: 34 },
  }
  return {
    ...builtIn,
    policy: { ...builtIn.policy, restoreWindowMs: WINDOW_MS },
    queues: { ...builtIn.queues, floor: { id: 'floor', name: 'Floor' } },
    workstreams: { ...builtIn.workstreams, chat } as Configuration['workstreams'],
  }
}
