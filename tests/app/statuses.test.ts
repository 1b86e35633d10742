import { statusBody } from '@rollcall/shared'
import {
  type AppWorld,
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  refusal,
} from '../support/app-world.ts'

describe('the status catalogue', () => {
  let world: AppWorld
  const root = administrator()
  const ada = principal('ada')

  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  const configuration = () => world.app.configuration
  const create = (id: string, text: string, more = {}) =>
    configuration().statuses.create(as(root), statusBody.parse({ id, text, base: 'away', ...more }))

  it('[ST2] the standard statuses stay as they are', async () => {
    const { statuses } = configuration()
    expect((await refusal(() => statuses.patch(as(root), 'away', { text: 'Gone' }, null))).code).toBe(
      'standard-status',
    )
    expect((await refusal(() => statuses.remove(as(root), 'inactive', null))).code).toBe('standard-status')
    expect((await refusal(() => create('away', 'Gone'))).code).toBe('standard-status')
    await create('lunch', 'Lunch')
    expect((await refusal(() => create('lunch', 'Supper'))).code).toBe('in-use')
  })

  it('[ST3] a text is unique among unarchived statuses, without regard to case', async () => {
    const { statuses } = configuration()
    expect((await refusal(() => create('x', 'appear AWAY'))).code).toBe('status-text-taken')
    await create('lunch', 'Lunch')
    expect((await refusal(() => create('lunch2', 'LUNCH'))).code).toBe('status-text-taken')
    expect(await statuses.patch(as(root), 'lunch', { text: 'LUNCH' }, 1)).toMatchObject({
      version: 2,
      resource: { text: 'LUNCH', base: 'away' },
    })
    await statuses.remove(as(root), 'lunch', null)
    expect(await create('lunch2', 'Lunch')).toMatchObject({ version: 1, warnings: [] })
  })

  it('[ST5] a text that names another base is stored with a warning', async () => {
    const { resource, warnings } = await create('training', 'Available - training', { base: 'offline' })
    expect(resource.text).toBe('Available - training')
    expect(warnings).toHaveLength(1)
  })

  it('[ST6] a deleted status is archived: unlisted, still read by id, kept by whoever shows it', async () => {
    await create('lunch', 'Lunch')
    await world.app.presence.connect(ada, 'c1', 0)
    await world.app.presence.choose(as(ada), choice('ada', 'lunch'))
    await configuration().statuses.remove(as(root), 'lunch', null)
    await configuration().statuses.remove(as(root), 'lunch', null)
    const listed = configuration()
      .statuses.list(ada, { limit: 100 })
      .items.map(status => status.id)
    expect(listed).not.toContain('lunch')
    expect(configuration().statuses.get(ada, 'lunch').resource.archived).toBe(true)
    await world.clock.advance(10)
    expect(world.app.replica.view('default', 'ada')?.statusId).toBe('lunch')
    await world.app.presence.choose(as(ada), choice('ada', 'available'))
    expect((await refusal(() => world.app.presence.choose(as(ada), choice('ada', 'lunch')))).code).toBe(
      'status-not-selectable',
    )
    expect(
      (await refusal(() => configuration().statuses.patch(as(root), 'lunch', { text: 'L' }, null))).code,
    ).toBe('status-not-selectable')
  })

  it('[ST6, MA7] a choice of it that waits is dropped, and she is told by whom', async () => {
    await create('lunch', 'Lunch')
    await world.app.presence.connect(ada, 'c1', 0)
    const about = { workItemId: 'w1', by: 'representative' } as const
    await world.app.work.accept(as(ada), { ...about, workstreamId: 'default', attributes: null })
    await world.app.presence.choose(as(ada), choice('ada', 'lunch', { when: 'after-work' }))
    await configuration().statuses.remove(as(root), 'lunch', null)
    await world.clock.advance(10)
    expect(world.app.replica.view('default', 'ada')).toMatchObject({
      next: null,
      statusId: 'busy',
      cause: { event: 'configuration-changed', actor: { id: 'root' }, rule: 'ST6' },
    })
    expect(world.signals.filter(signal => signal.kind === 'notice')).toMatchObject([
      { notice: { kind: 'changed-by', by: { kind: 'administrator', id: 'root' } } },
    ])
    await world.app.work.report(as(ada), 'close', about)
    expect(world.app.replica.view('default', 'ada')?.statusId).toBe('available')
  })

  it('[ST7] a status with an expected duration shows when it is overdue', async () => {
    await create('lunch', 'Lunch', { expectedMs: 60_000 })
    await world.app.presence.connect(ada, 'c1', 0)
    const { presence } = await world.app.presence.choose(as(ada), choice('ada', 'lunch'))
    expect(presence.overdueAt).toBe(new Date(world.clock.wall() + 60_000).toISOString())
  })
})
