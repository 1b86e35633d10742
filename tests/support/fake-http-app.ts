// A small application for tests of the HTTP side alone: it keeps what it is given, knows two representatives, and
// fails on demand. It knows no rule; what it answers has the shapes of the real one.

import type { PresenceView, StatusResource, WorkItemResource } from '@rollcall/shared'
import type {
  App,
  Caller,
  Catalogue,
  Choice,
  IfMatch,
  ImportLine,
  Versioned,
  WorkOffer,
} from '../../server/src/app/app.ts'
import { Refused } from '../../server/src/app/refused.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import { checkVersion, itemOf, merged, STATES } from './fake-http-shapes.ts'
import { liveCountsOf } from './live-counts-of.ts'
import { viewOf } from './views.ts'

export interface FakeApp extends App {
  /** The next call to the application rejects with this. */
  failWith(error: unknown): void
  /** What the last write was called with. */
  lastCaller(): Caller | null
  setReady(ready: boolean): void
  revoke(sub: string): void
}

const NOTHING_CONFIGURED = { units: null, profiles: {} }

export function createFakeApp(): FakeApp {
  let failure: unknown = null
  let ready = true
  let last: Caller | null = null
  const revoked = new Set<string>()
  const kept = new Map<string, { fingerprint: string; result: unknown }>()
  const views = new Map(['ada', 'bo'].map(id => [id, viewOf(id)]))
  const items = new Map<string, WorkItemResource>()

  const fail = () => {
    if (failure === null) return
    const error = failure
    failure = null
    throw error
  }

  /** What a store does with a command key: the first outcome again, or key-reused. */
  async function once<Result>(caller: Caller, run: () => Result): Promise<Result> {
    last = caller
    fail()
    const { commandKey } = caller
    const before = commandKey && kept.get(commandKey.key)
    if (before && before.fingerprint !== commandKey?.fingerprint)
      throw new Refused('key-reused', 'Use a new key.')
    if (before) return before.result as Result
    const result = run()
    if (commandKey) kept.set(commandKey.key, { fingerprint: commandKey.fingerprint, result })
    return result
  }

  function known(id: string): PresenceView {
    fail()
    const view = views.get(id)
    if (!view) throw new Refused('representative-unknown', `There is no representative ${id}.`)
    return view
  }

  function changed(id: string, expected: number | null, fields: Partial<PresenceView>): PresenceView {
    const view = known(id)
    if (expected !== null && expected !== view.revision)
      throw new Refused('revision-mismatch', 'Read it again.')
    const next = { ...view, ...fields, revision: view.revision + 1 }
    views.set(id, next)
    return next
  }

  const forMany = (ids: readonly string[], outcome: string, fields: Partial<PresenceView>) =>
    ids.map(id => {
      if (!views.has(id)) {
        return { representativeId: id, refused: { code: 'representative-unknown', message: 'Check the id.' } }
      }
      changed(id, null, fields)
      return { representativeId: id, outcome }
    })

  function item(id: string): WorkItemResource {
    fail()
    const found = items.get(id)
    if (!found) throw new Refused('work-item-unknown', `No work item ${id} is known.`)
    return found
  }

  const outcome = (changedItem: WorkItemResource) => {
    items.set(changedItem.id, changedItem)
    return { item: changedItem, presence: null }
  }

  function catalogue<Resource extends object, Body>(
    kind: string,
    make: (id: string, body: Body) => Resource,
    first: readonly (readonly [string, Resource])[] = [],
  ): Catalogue<Resource, Body> & { all: Map<string, Versioned<Resource>> } {
    const all = new Map(first.map(([id, resource]) => [id, { resource, version: 0 }]))
    const get = (id: string) => {
      fail()
      const found = all.get(id)
      if (found) return found
      throw new Refused(
        kind === 'representative' ? 'representative-unknown' : 'not-found',
        `There is no ${id}.`,
      )
    }
    return {
      all,
      list: (_principal, { limit }) => ({
        items: [...all.values()].map(each => each.resource).slice(0, limit),
        next: null,
      }),
      get: (_principal, id) => get(id),
      put: (caller, id, body, ifMatch) =>
        once(caller, () => {
          const before = all.get(id)
          checkVersion(before ?? null, ifMatch)
          const written = { resource: make(id, body), version: (before?.version ?? 0) + 1 }
          all.set(id, written)
          return { ...written, created: !before }
        }),
      remove: (caller, id, ifMatch) =>
        once(caller, () => {
          checkVersion(get(id), ifMatch)
          all.delete(id)
        }),
    }
  }

  const builtIn = builtInConfiguration()
  const statuses = catalogue<StatusResource, StatusResource>(
    'status',
    (_id, body) => body,
    Object.entries(builtIn.statuses).map(([id, status]) => [id, { ...status, workstreams: null }]),
  )
  const representatives = catalogue<
    Awaited<ReturnType<App['configuration']['representatives']['put']>>['resource'],
    object
  >('representative', (id, body) => ({ id, name: id, capacity: NOTHING_CONFIGURED, ...body }) as never)
  const queues = catalogue('queue', (id, body: object) => ({ id, name: id, ...body }) as never)
  let policy = { resource: builtIn.policy as never as Versioned<object>['resource'], version: 0 }

  const app = {
    presence: {
      list: () => ({ items: [...views.values()], next: null }),
      get: (_principal: unknown, id: string) => known(id),
      choose: (caller: Caller, choice: Choice) =>
        once(caller, () => ({
          outcome: choice.when === 'now' ? 'updated' : 'queued',
          presence: changed(choice.representativeId, choice.expectedRevision, {
            statusId: choice.statusId,
            note: choice.note,
          }),
        })),
      reset: (caller: Caller, id: string, expected: number | null) =>
        once(caller, () => changed(id, expected, { statusId: 'available' })),
      chooseForMany: (caller: Caller, ids: readonly string[], { statusId }: Choice) =>
        once(caller, () => forMany(ids, 'updated', { statusId })),
      resetMany: (caller: Caller, ids: readonly string[]) =>
        once(caller, () => forMany(ids, 'reset', { statusId: 'available' })),
      cancelNext: (caller: Caller, id: string) => once(caller, () => changed(id, null, { next: null })),
      explain: (_principal: unknown, id: string) => ({
        presence: known(id),
        steps: [{ order: 4, matched: true, rule: 'CA2.5', inputs: {} }],
        overrides: [],
        workstreams: [],
        smallestChange: [],
      }),
    },
    work: {
      put: (caller: Caller, offer: WorkOffer) =>
        once(caller, () => outcome(itemOf(offer, known(offer.representativeId).representativeId))),
      accept: (caller: Caller, { workItemId }: { workItemId: string }) =>
        once(caller, () =>
          outcome({ ...item(workItemId), state: 'active', representativeId: 'ada', offeredTo: null }),
        ),
      report: (caller: Caller, report: string, { workItemId }: { workItemId: string }) =>
        once(caller, () => {
          if (report === 'close' && !items.has(workItemId)) return { item: null, presence: null }
          const state = STATES[report] ?? 'queued'
          return outcome({ ...item(workItemId), state, revision: item(workItemId).revision + 1 })
        }),
      transfer: (caller: Caller, { workItemId }: { workItemId: string }) =>
        once(caller, () => outcome({ ...item(workItemId), representativeId: 'bo' })),
      get: (_principal: unknown, id: string) => item(id),
      list: () => ({ items: [...items.values()], next: null }),
    },
    configuration: {
      statuses: {
        ...statuses,
        create: (caller: Caller, body: StatusResource) =>
          once(caller, () => {
            const resource = { ...body, standard: false, archived: false }
            statuses.all.set(body.id, { resource, version: 1 })
            return { resource, version: 1, warnings: ['It counts as offline.'] }
          }),
        patch: (caller: Caller, id: string, body: object, ifMatch: IfMatch) =>
          once(caller, () => ({ ...patched(statuses, id, body, ifMatch), warnings: [] })),
      },
      queues,
      workstreams: catalogue('workstream', (id, body: object) => ({ id, name: id, ...body }) as never),
      profiles: catalogue('profile', (id, body: object) => ({ id, name: id, ...body }) as never),
      representatives: {
        ...representatives,
        async *putMany(caller: Caller, lines: Iterable<ImportLine>) {
          for (const each of lines) {
            if ('refused' in each) yield each
            else {
              const { id, line, body } = each
              const { created } = await representatives.put({ principal: caller.principal }, id, body, null)
              yield { line, id, outcome: created ? 'created' : 'updated' }
            }
          }
        },
        patch: (caller: Caller, id: string, body: object, ifMatch: IfMatch) =>
          once(caller, () => patched(representatives, id, body, ifMatch)),
      },
      policy: {
        get: () => policy,
        patch: (caller: Caller, body: object, ifMatch: IfMatch) =>
          once(caller, () => {
            checkVersion(policy, ifMatch)
            policy = { resource: merged(policy.resource, body), version: policy.version + 1 }
            return policy
          }),
      },
    },
    revocations: {
      revoke: (caller: Caller, { sub }: { sub: string }) =>
        once(caller, () => {
          revoked.add(sub)
        }),
      isRevoked: ({ sub }: { sub: string }) => revoked.has(sub),
    },
    liveCounts: {
      get: async (_principal: unknown, id: string) => {
        if (!queues.all.has(id)) throw new Refused('not-found', `There is no queue ${id}.`)
        return liveCountsOf(id)
      },
    },
    changes: { read: async () => ({ entries: [], cursor: 'k1' }), cursor: () => 'k1' },
    replica: { view: (_tenant: string, id: string) => views.get(id) ?? null },
    ready: () => ready,
    failWith(error: unknown) {
      failure = error
    },
    lastCaller: () => last,
    setReady(next: boolean) {
      ready = next
    },
    revoke: (sub: string) => {
      revoked.add(sub)
    },
  }
  // Only what the HTTP side calls is here: a socket's methods would be dead weight.
  return app as unknown as FakeApp

  function patched<Resource extends object>(
    { all, get }: { all: Map<string, Versioned<Resource>>; get: Catalogue<Resource, never>['get'] },
    id: string,
    body: object,
    ifMatch: IfMatch,
  ): Versioned<Resource> {
    const before = get(undefined as never, id)
    checkVersion(before, ifMatch)
    const next = { resource: { ...before.resource, ...body }, version: before.version + 1 }
    all.set(id, next)
    return next
  }
}
