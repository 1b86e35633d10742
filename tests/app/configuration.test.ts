import { profileBody, representativeBody, statusBody, workstreamBody } from '@rollcall/shared'
import {
  type AppWorld,
  administrator,
  as,
  createAppWorld,
  principal,
  refusal,
  service,
} from '../support/app-world.ts'

const WORKSTREAM = workstreamBody.parse({})
const PERSON = representativeBody.parse({})
const PROFILE = profileBody.parse({ limit: 2 })

describe('configuration', () => {
  let world: AppWorld
  const root = administrator()
  const ada = principal('ada')

  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  const configuration = () => world.app.configuration

  it('[PO1] a put creates, then replaces; each write raises the version', async () => {
    const { queues } = configuration()
    expect(await queues.put(as(root), 'billing', {}, null)).toEqual({
      resource: { id: 'billing', name: 'billing' },
      version: 1,
      created: true,
    })
    expect(await queues.put(as(root), 'billing', { name: 'Billing' }, 1)).toEqual({
      resource: { id: 'billing', name: 'Billing' },
      version: 2,
      created: false,
    })
    expect(await queues.put(as(root), 'billing', { name: 'Billing' }, null)).toMatchObject({ version: 2 })
    expect((await refusal(() => queues.put(as(root), 'billing', {}, 1))).code).toBe('revision-mismatch')
    expect((await refusal(() => queues.put(as(root), 'new', {}, '*'))).code).toBe('revision-mismatch')
    expect(world.storage.configuration('default').version).toBe(2)
  })

  it('[PO1] a repeated put answers created again', async () => {
    const first = await configuration().queues.put(as(root, 'k'), 'billing', {}, null)
    expect(await configuration().queues.put(as(root, 'k'), 'billing', {}, null)).toEqual(first)
  })

  it('[PO1] a removed resource that comes back has another version than before', async () => {
    const { queues } = configuration()
    await queues.put(as(root), 'billing', {}, null)
    await queues.remove(as(root), 'billing', null)
    expect((await refusal(() => queues.get(root, 'billing'))).code).toBe('not-found')
    expect((await refusal(() => queues.remove(as(root), 'billing', null))).code).toBe('not-found')
    expect(await queues.put(as(root), 'billing', {}, null)).toMatchObject({ created: true, version: 3 })
  })

  it('[PO1] lists come in pages', async () => {
    for (const id of ['q1', 'q2', 'q3']) await configuration().queues.put(as(root), id, {}, null)
    const first = configuration().queues.list(ada, { limit: 2 })
    expect(first.items.map(queue => queue.id)).toEqual(['default', 'q1'])
    const rest = configuration().queues.list(ada, { limit: 2, cursor: first.next ?? '' })
    expect(rest.items.map(queue => queue.id)).toEqual(['q2', 'q3'])
    expect(rest.next).toBeNull()
  })

  it('[PO2] a change is in the feed with its actor, and everybody is told what to fetch again', async () => {
    const before = world.storage.feed.position('default')
    await configuration().policy.patch(as(root), { sessionLimit: 5 }, null)
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
    await configuration().profiles.put(as(root), 'chat', PROFILE, null)
    await configuration().queues.put(as(root), 'billing', {}, null)
    await configuration().workstreams.put(
      as(root),
      'chats',
      { ...WORKSTREAM, queueId: 'billing', cost: { profiles: ['chat'] } },
      null,
    )
    await configuration().representatives.put(
      as(root),
      'ada',
      { ...PERSON, queues: ['billing'], capacity: { units: null, profiles: { chat: null } } },
      null,
    )
    const mail = statusBody.parse({ id: 'mail', text: 'Mail only', base: 'away', workstreams: ['chats'] })
    await configuration().statuses.create(as(root), mail)
    const usedBy = async (what: () => Promise<unknown>) => {
      const { code, details } = await refusal(what)
      expect(code).toBe('in-use')
      return details?.['usedBy']
    }
    expect(await usedBy(() => configuration().queues.remove(as(root), 'billing', null))).toEqual({
      representatives: ['ada'],
      workstreams: ['chats'],
    })
    expect(await usedBy(() => configuration().profiles.remove(as(root), 'chat', null))).toEqual({
      representatives: ['ada'],
      workstreams: ['chats'],
    })
    expect(await usedBy(() => configuration().workstreams.remove(as(root), 'chats', null))).toEqual({
      statuses: ['mail'],
    })
    expect(await usedBy(() => configuration().queues.remove(as(root), 'default', null))).toMatchObject({
      system: ['built-in'],
    })
  })

  it('[PO1] what a resource names must exist', async () => {
    const { workstreams, representatives, policy } = configuration()
    const code = async (what: () => Promise<unknown>) => (await refusal(what)).code
    expect(await code(() => workstreams.put(as(root), 'x', { ...WORKSTREAM, queueId: 'none' }, null))).toBe(
      'not-found',
    )
    expect(
      await code(() => workstreams.put(as(root), 'x', { ...WORKSTREAM, cost: { profiles: ['none'] } }, null)),
    ).toBe('not-found')
    expect(await code(() => representatives.put(as(root), 'x', { ...PERSON, queues: ['none'] }, null))).toBe(
      'not-found',
    )
    expect(
      await code(() => representatives.put(as(root), 'x', { ...PERSON, defaultStatusId: 'none' }, null)),
    ).toBe('not-found')
    expect(
      await code(() => representatives.put(as(root), 'x', { ...PERSON, defaultStatusId: 'inactive' }, null)),
    ).toBe('status-not-selectable')
    expect(await code(() => policy.patch(as(root), { defaultStatusId: 'none' }, null))).toBe('not-found')
    expect(await code(() => representatives.patch(as(root), 'x', { queues: [] }, null))).toBe(
      'representative-unknown',
    )
  })

  it('[PO1] a representative is created, changed, and keeps her version through presence changes', async () => {
    const { representatives } = configuration()
    const made = await representatives.put(as(root), 'ada', PERSON, null)
    expect(made).toMatchObject({ created: true, resource: { id: 'ada', name: 'ada' } })
    expect(world.app.replica.view('default', 'ada')).toMatchObject({ revision: 1, link: 'signed-out' })
    await world.app.presence.connect(ada, 'c1', 0)
    expect(representatives.get(root, 'ada').version).toBe(made.version)
    const patched = await representatives.patch(as(root), 'ada', { name: 'Ada' }, made.version)
    expect(patched.resource.name).toBe('Ada')
    expect(patched.version).not.toBe(made.version)
    expect((await refusal(() => representatives.put(as(root), 'ada', PERSON, made.version))).code).toBe(
      'revision-mismatch',
    )
    expect(representatives.list(root, { limit: 5 }).items).toHaveLength(1)
  })

  it('[CA5] an administrator who takes all units away makes her Do not disturb at once', async () => {
    await world.app.presence.connect(ada, 'c1', 0)
    await configuration().representatives.patch(
      as(root),
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
    await configuration().representatives.remove(as(root), 'ada', null)
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
    await world.app.revocations.revoke(as(root), { sub: 'ada', issuedBefore: 100 })
    expect(world.app.revocations.isRevoked({ ...ada, issuedAt: 100_999 })).toBe(true)
    expect(world.app.revocations.isRevoked({ ...ada, issuedAt: 101_000 })).toBe(false)
    expect(world.app.revocations.isRevoked({ ...ada, tenant: 'other', issuedAt: 0 })).toBe(false)
    expect(world.signals).toEqual([{ kind: 'revoked', tenant: 'default', sub: 'ada', issuedBefore: 100 }])
  })
})
