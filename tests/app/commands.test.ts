import {
  type AppWorld,
  as,
  choice,
  createAppWorld,
  principal,
  refusal,
  service,
  supervisor,
} from '../support/app-world.ts'

describe('commands about a presence', () => {
  let world: AppWorld
  const ada = principal('ada', { queues: ['billing'] })

  beforeEach(async () => {
    world = await createAppWorld()
    await world.app.presence.connect(ada, 'c1', 0)
  })
  afterEach(() => world.end())

  const presence = () => world.app.presence
  const revision = () => world.app.replica.view('default', 'ada')?.revision

  it('[I5] the same key again changes nothing and answers with the first outcome and the present view', async () => {
    const first = await presence().choose(as(ada, 'k1'), choice('ada', 'away'))
    await presence().choose(as(ada, 'k2'), choice('ada', 'busy'))
    const before = revision()
    const again = await presence().choose(as(ada, 'k1'), choice('ada', 'away'))
    expect(again.outcome).toBe(first.outcome)
    expect(again.presence.statusId).toBe('busy')
    expect(revision()).toBe(before)
  })

  it('[I5] the same key with another body is key-reused', async () => {
    await presence().choose(as(ada, 'k1', 'one'), choice('ada', 'away'))
    const { code } = await refusal(() => presence().choose(as(ada, 'k1', 'two'), choice('ada', 'busy')))
    expect(code).toBe('key-reused')
  })

  it('[I5] a refusal is not kept: the key may be tried again', async () => {
    const { code } = await refusal(() => presence().choose(as(ada, 'k1'), choice('ada', 'inactive')))
    expect(code).toBe('status-not-selectable')
    const tried = await presence().choose(as(ada, 'k1'), choice('ada', 'away'))
    expect(tried.presence.statusId).toBe('away')
  })

  it('[I5] after five minutes the key is new again', async () => {
    await presence().choose(as(ada, 'k1'), choice('ada', 'away'))
    await world.clock.advance(300_000)
    await presence().choose(as(ada, 'k2'), choice('ada', 'busy'))
    await presence().choose(as(ada, 'k1'), choice('ada', 'away'))
    expect(world.app.replica.view('default', 'ada')?.statusId).toBe('away')
  })

  it('[DI10] a refused command still stores what had become due before it', async () => {
    await presence().choose(as(ada), choice('ada', 'away', { forMs: 1_000 }))
    await world.app.stop()
    await world.clock.advance(1_000)
    await refusal(() => presence().choose(as(ada), choice('ada', 'inactive')))
    expect(world.storage.representative('default', 'ada')?.shown).toMatchObject({
      statusId: 'available',
      origin: 'capacity',
    })
  })

  it('[MA5] a supervisor chooses for those they watch, signed; she is told', async () => {
    const sue = supervisor(['billing'], { name: 'Sue' })
    const { presence: view } = await presence().choose(as(sue), choice('ada', 'away'))
    expect(view).toMatchObject({
      statusId: 'away',
      origin: 'supervisor',
      by: { kind: 'supervisor', id: 'sue', name: 'Sue' },
    })
    const notices = world.signals.filter(signal => signal.kind === 'notice')
    expect(notices).toHaveLength(1)
    expect(presence().self(ada).notices).toMatchObject([{ kind: 'changed-by', by: { id: 'sue' } }])
    const [notice] = presence().self(ada).notices
    await presence().noticeSeen(as(ada), notice?.id ?? '')
    expect(presence().self(ada).notices).toEqual([])
  })

  it('[MA5] a service chooses for anybody; an own choice is unsigned', async () => {
    const { presence: set } = await presence().choose(as(service()), choice('ada', 'busy'))
    expect(set).toMatchObject({ origin: 'service', by: { kind: 'service', id: 'router' } })
    const { presence: own } = await presence().choose(as(ada), choice('ada', 'busy'))
    expect(own).toMatchObject({ origin: 'representative', by: null })
  })

  it('[SU1] whoever does not watch her queues is forbidden, and told what is needed', async () => {
    const refused = await refusal(() => presence().choose(as(supervisor(['sales'])), choice('ada', 'away')))
    expect(refused).toMatchObject({ code: 'forbidden', details: { needed: { role: 'supervisor' } } })
    const bob = principal('bob')
    expect((await refusal(() => presence().reset(as(bob), 'ada', null))).code).toBe('forbidden')
    expect((await refusal(() => presence().get(bob, 'ada'))).code).toBe('forbidden')
  })

  it('[SU1] existence is asked before reach, reach before state', async () => {
    const stranger = supervisor(['sales'])
    expect((await refusal(() => presence().choose(as(stranger), choice('nobody', 'away')))).code).toBe(
      'representative-unknown',
    )
    expect((await refusal(() => presence().choose(as(stranger), choice('ada', 'inactive')))).code).toBe(
      'forbidden',
    )
  })

  it('[MA4] nobody can be chosen for who is signed out', async () => {
    await world.app.configuration.policy.patch(
      as(principal('root', { roles: ['administrator'] })),
      { signOutRestores: false },
      null,
    )
    await presence().signOut(as(ada))
    const { code } = await refusal(() => presence().choose(as(service()), choice('ada', 'away')))
    expect(code).toBe('not-signed-in')
  })

  it('[MA7] a choice for after the work waits, can be repeated, and be cancelled by a supervisor', async () => {
    await world.app.work.accept(as(ada), {
      workItemId: 'w1',
      workstreamId: 'default',
      attributes: null,
      by: 'representative',
    })
    const after = choice('ada', 'away', { when: 'after-work' })
    expect(await presence().choose(as(ada), after)).toMatchObject({
      outcome: 'queued',
      presence: { next: { statusId: 'away', by: null }, statusId: 'busy' },
    })
    expect((await presence().choose(as(ada), after)).outcome).toBe('queued')
    const view = await presence().cancelNext(as(supervisor('*')), 'ada')
    expect(view.next).toBeNull()
  })

  it('[MA9] a reset shows the capacity result', async () => {
    await presence().choose(as(ada), choice('ada', 'away'))
    expect(await presence().reset(as(ada), 'ada', null)).toMatchObject({
      statusId: 'available',
      origin: 'capacity',
    })
    expect((await refusal(() => presence().reset(as(ada), 'ada', 1))).code).toBe('revision-mismatch')
  })

  it('[MA1] the options are what may be chosen, by whom asks', async () => {
    const admin = as(principal('root', { roles: ['administrator'] }))
    await world.app.configuration.statuses.create(admin, {
      id: 'coaching',
      text: 'Coaching',
      base: 'busy',
      description: null,
      workstreams: null,
      expectedMs: null,
      selectableBy: { representatives: false, supervisors: true },
    })
    const ids = (who = ada) =>
      presence()
        .options(who, 'ada')
        .items.map(option => option.statusId)
    expect(ids()).not.toContain('coaching')
    expect(ids()).not.toContain('inactive')
    expect(ids(supervisor('*'))).toContain('coaching')
  })

  it('[EX2] the explanation names the rule that answered and what it hides', async () => {
    await presence().choose(as(ada), choice('ada', 'away'))
    const explained = await presence().explain(ada, 'ada', null)
    expect(explained.steps.find(step => step.matched)).toMatchObject({ order: 3, rule: 'MA1' })
    expect(explained.overrides).toMatchObject([
      { statusId: 'available', rule: 'CA2.5', how: 'covered' },
      { statusId: 'available', rule: 'SI2', how: 'replaced' },
    ])
  })

  it('[SU1] a list shows a supervisor those they watch, page by page', async () => {
    for (const id of ['b1', 'b2', 'b3'])
      await presence().connect(principal(id, { queues: ['billing'] }), id, 0)
    await presence().connect(principal('s1', { queues: ['sales'] }), 's1', 0)
    const sue = supervisor(['billing'])
    const first = presence().list(sue, { limit: 3 })
    expect(first.items.map(view => view.representativeId)).toEqual(['ada', 'b1', 'b2'])
    const rest = presence().list(sue, { limit: 3, cursor: first.next ?? '' })
    expect(rest).toMatchObject({ items: [{ representativeId: 'b3' }], next: null })
    expect((await refusal(() => presence().list(sue, { limit: 3, queue: 'sales' }))).code).toBe('forbidden')
    expect((await refusal(() => presence().list(sue, { limit: 3, queue: 'none' }))).code).toBe('not-found')
    expect((await refusal(() => presence().list(sue, { limit: 3, cursor: 'x' }))).code).toBe(
      'invalid-message',
    )
    expect(
      presence().list(service(), { limit: 9, ids: ['s1', 'ada'], base: 'available' }).items,
    ).toHaveLength(2)
  })
})
