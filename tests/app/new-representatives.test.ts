// PO5: what a new representative may take.

import { representativeBody } from '@rollcall/shared'
import { type AppWorld, administrator, as, createAppWorld, principal } from '../support/app-world.ts'

const admin = as(administrator())

describe('[PO5] a new representative', () => {
  let world: AppWorld
  beforeEach(async () => {
    world = await createAppWorld()
  })
  afterEach(() => world.end())

  const representatives = () => world.app.configuration.representatives
  const capacityOf = (id: string) => representatives().get(administrator(), id).resource.capacity
  const put = (id: string, body: object) =>
    representatives().put(admin, id, representativeBody.parse(body), null)
  const newGet = (units: number) =>
    world.app.configuration.policy.patch(admin, { newRepresentativeCapacity: { units, profiles: {} } }, null)

  it('has nothing configured, unless the policy says what', async () => {
    await put('ada', {})
    expect(capacityOf('ada')).toEqual({ units: null, profiles: {} })
    await newGet(100)
    expect(capacityOf('ada')).toEqual({ units: null, profiles: {} })
    await put('bo', {})
    for await (const { id } of representatives().putMany(admin, [
      { line: 1, id: 'cy', body: representativeBody.parse({}) },
    ])) {
      expect(id).toBe('cy')
    }
    await world.app.presence.connect(principal('di'), 'c1', 0)
    expect(['bo', 'cy', 'di'].map(id => capacityOf(id).units)).toEqual([100, 100, 100])
  })

  it('gets what is written of her instead, and the same again changes nothing', async () => {
    await newGet(100)
    await put('ada', { capacity: { units: null } })
    expect(capacityOf('ada').units).toBeNull()
    await put('bo', {})
    const { seq } = world.storage.feed.position('default')
    await put('bo', {})
    expect(world.storage.feed.position('default').seq).toBe(seq)
  })
})
