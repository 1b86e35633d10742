import {
  type AppWorld,
  administrator,
  as,
  createAppWorld,
  principal,
  refusal,
  service,
} from '../support/app-world.ts'

const STATUS = {
  description: null,
  selectableBy: { representatives: true, supervisors: true },
  workstreams: null,
  expectedMs: null,
}
const WORKSTREAM = {
  channel: 'chat' as const,
  queueId: 'default',
  allowedPresences: ['available'],
  cost: {},
  assignmentMethod: 'highest-capacity' as const,
  assignmentRules: [],
  offerTimeoutMs: 120_000,
  rejectable: true,
  missedCounts: true,
  opensSession: true,
  affectsPresence: true,
  selfAssign: false,
  wrapUp: 'always' as const,
}
const PERSON = { queues: [], defaultStatusId: null, capacity: { units: null, profiles: {} }, attributes: {} }
const PROFILE = { limit: 2, blocking: false, reset: 'immediate' as const, timeZone: null, endOfDay: null }

describe('configuration', () => {
  let world: AppWorld
  const admin = administrator()
  const ada = principal('ada')

  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  const configuration = () => world.app.configuration
  const create = (id: string, text: string, more = {}) =>
    configuration().statuses.create(as(admin), { id, text, base: 'away', ...STATUS, ...more })

  it('[PO1] a put creates, then replaces; each write raises the version', async () => {
    const { queues } = configuration()
    expect(await queues.put(as(admin), 'billing', {}, null)).toEqual({
      resource: { id: 'billing', name: 'billing' },
      version: 1,
      created: true,
    })
    expect(await queues.put(as(admin), 'billing', { name: 'Billing' }, 1)).toEqual({
      resource: { id: 'billing', name: 'Billing' },
      version: 2,
      created: false,
    })
    expect(await queues.put(as(admin), 'billing', { name: 'Billing' }, null)).toMatchObject({ version: 2 })
    expect((await refusal(() => queues.put(as(admin), 'billing', {}, 1))).code).toBe('revision-mismatch')
    expect((await refusal(() => queues.put(as(admin), 'new', {}, '*'))).code).toBe('revision-mismatch')
    expect(world.storage.configuration('default').version).toBe(2)
  })

  it('[PO1] a repeated put answers created again', async () => {
    const first = await configuration().queues.put(as(admin, 'k'), 'billing', {}, null)
    expect(await configuration().queues.put(as(admin, 'k'), 'billing', {}, null)).toEqual(first)
  })

  it('[PO1] a removed resource that comes back has another version than before', async () => {
    const { queues } = configuration()
    await queues.put(as(admin), 'billing', {}, null)
    await queues.remove(as(admin), 'billing', null)
    expect((await refusal(() => queues.get(admin, 'billing'))).code).toBe('not-found')
    expect((await refusal(() => queues.remove(as(admin), 'billing', null))).code).toBe('not-found')
    expect(await queues.put(as(admin), 'billing', {}, null)).toMatchObject({ created: true, version: 3 })
  })

  it('[PO1] lists come in pages', async () => {
    for (const id of ['q1', 'q2', 'q3']) await configuration().queues.put(as(admin), id, {}, null)
    const first = configuration().queues.list(ada, { limit: 2 })
    expect(first.items.map(queue => queue.id)).toEqual(['default', 'q1'])
    const rest = configuration().queues.list(ada, { limit: 2, cursor: first.next ?? '' })
    expect(rest.items.map(queue => queue.id)).toEqual(['q2', 'q3'])
    expect(rest.next).toBeNull()
  })

  it('[PO2] a change is in the feed with its actor, and everybody is told what to fetch again', async () => {
    const before = world.storage.feed.position('default')
    await configuration().policy.patch(as(admin), { sessionLimit: 5 }, null)
    const entries = world.storage.feed.since('default', before, 10)
    expect(entries).toMatchObject([
      {
        kind: 'configuration',
        change: { resource: 'policy' },
        cause: { rule: 'PO1', actor: { kind: 'administrator', id: 'root' } },
      },
    ])
    expect(world.signals).toEqual([{ kind: 'configuration', tenant: 'default', kinds: ['policy'] }])
  })

  it('[PO4] what is used cannot be deleted, and it says by whom', async () => {
    await configuration().profiles.put(as(admin), 'chat', PROFILE, null)
    await configuration().queues.put(as(admin), 'billing', {}, null)
    await configuration().workstreams.put(
      as(admin),
      'chats',
      { ...WORKSTREAM, queueId: 'billing', cost: { profiles: ['chat'] } },
      null,
    )
    await configuration().representatives.put(
      as(admin),
      'ada',
      { ...PERSON, queues: ['billing'], capacity: { units: null, profiles: { chat: null } } },
      null,
    )
    await create('mail', 'Mail only', { workstreams: ['chats'] })
    const usedBy = async (what: () => Promise<unknown>) => {
      const { code, details } = await refusal(what)
      expect(code).toBe('in-use')
      return details?.['usedBy']
    }
    expect(await usedBy(() => configuration().queues.remove(as(admin), 'billing', null))).toEqual({
      representatives: ['ada'],
      workstreams: ['chats'],
    })
    expect(await usedBy(() => configuration().profiles.remove(as(admin), 'chat', null))).toEqual({
      representatives: ['ada'],
      workstreams: ['chats'],
    })
    expect(await usedBy(() => configuration().workstreams.remove(as(admin), 'chats', null))).toEqual({
      statuses: ['mail'],
    })
    expect(await usedBy(() => configuration().queues.remove(as(admin), 'default', null))).toMatchObject({
      system: ['built-in'],
    })
  })

  it('[PO1] what a resource names must exist', async () => {
    const { workstreams, representatives, policy } = configuration()
    const code = async (what: () => Promise<unknown>) => (await refusal(what)).code
    expect(await code(() => workstreams.put(as(admin), 'x', { ...WORKSTREAM, queueId: 'none' }, null))).toBe(
      'not-found',
    )
    expect(
      await code(() =>
        workstreams.put(as(admin), 'x', { ...WORKSTREAM, cost: { profiles: ['none'] } }, null),
      ),
    ).toBe('not-found')
    expect(await code(() => representatives.put(as(admin), 'x', { ...PERSON, queues: ['none'] }, null))).toBe(
      'not-found',
    )
    expect(
      await code(() => representatives.put(as(admin), 'x', { ...PERSON, defaultStatusId: 'none' }, null)),
    ).toBe('not-found')
    expect(
      await code(() => representatives.put(as(admin), 'x', { ...PERSON, defaultStatusId: 'inactive' }, null)),
    ).toBe('status-not-selectable')
    expect(await code(() => policy.patch(as(admin), { defaultStatusId: 'none' }, null))).toBe('not-found')
    expect(await code(() => representatives.patch(as(admin), 'x', { queues: [] }, null))).toBe(
      'representative-unknown',
    )
  })

  it('[PO1] a representative is created, changed, and keeps her version through presence changes', async () => {
    const { representatives } = configuration()
    const made = await representatives.put(as(admin), 'ada', PERSON, null)
    expect(made).toMatchObject({ created: true, resource: { id: 'ada', name: 'ada' } })
    expect(world.app.replica.view('default', 'ada')).toMatchObject({ revision: 1, link: 'signed-out' })
    await world.app.presence.connect(ada, 'c1', 0)
    expect(representatives.get(admin, 'ada').version).toBe(made.version)
    const patched = await representatives.patch(as(admin), 'ada', { name: 'Ada' }, made.version)
    expect(patched.resource.name).toBe('Ada')
    expect(patched.version).not.toBe(made.version)
    expect((await refusal(() => representatives.put(as(admin), 'ada', PERSON, made.version))).code).toBe(
      'revision-mismatch',
    )
    expect(representatives.list(admin, { limit: 5 }).items).toHaveLength(1)
  })

  it('[CA5] an administrator who takes all units away makes her Do not disturb at once', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await configuration().representatives.patch(
      as(admin),
      'ada',
      { capacity: { units: 0, profiles: {} } },
      null,
    )
    expect(world.app.replica.view('default', 'ada')).toMatchObject({
      statusId: 'do-not-disturb',
      origin: 'capacity',
    })
  })

  it('[PO4] deleting a representative ends her connections and releases her work', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.work.accept(as(ada), {
      workItemId: 'w1',
      workstreamId: 'default',
      attributes: null,
      by: 'representative',
    })
    await configuration().representatives.remove(as(admin), 'ada', null)
    expect(world.app.work.get(service(), 'w1')).toMatchObject({ state: 'queued', representativeId: null })
    expect(world.app.replica.view('default', 'ada')).toBeNull()
    expect(world.signals).toContainEqual({
      kind: 'ended',
      tenant: 'default',
      representativeId: 'ada',
      code: 'representative-unknown',
    })
    expect((await refusal(() => world.app.presence.self(ada))).code).toBe('representative-unknown')
  })

  it('[SU1] a revocation is stored, told, and refuses tokens issued until then', async () => {
    await world.app.revocations.revoke(as(admin), { sub: 'ada', issuedBefore: 100 })
    expect(world.app.revocations.isRevoked({ ...ada, issuedAt: 100_999 })).toBe(true)
    expect(world.app.revocations.isRevoked({ ...ada, issuedAt: 101_000 })).toBe(false)
    expect(world.app.revocations.isRevoked({ ...ada, tenant: 'other', issuedAt: 0 })).toBe(false)
    expect(world.signals).toEqual([{ kind: 'revoked', tenant: 'default', sub: 'ada', issuedBefore: 100 }])
  })
})
