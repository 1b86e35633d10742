import { administrator, as, principal, supervisor } from '../support/app-world.ts'
import { createWorkWorld, router, type WorkWorld, workFor } from '../support/work-world.ts'

let world: WorkWorld
beforeEach(async () => {
  world = await createWorkWorld()
})
afterEach(() => world.end())

it('[SU1] who asks for one presence sees the details of items of watched queues, and of others only that they are there', async () => {
  const { queues, workstreams, representatives } = world.app.configuration
  const by = as(administrator())
  await queues.put(by, 'secret', {}, null)
  const { resource } = await workstreams.get(administrator(), 'default')
  const { id: _id, ...body } = resource
  await workstreams.put(by, 'secret', { ...body, queueId: 'secret' }, null)
  await representatives.patch(by, 'ada', { queues: ['default'] }, null)
  await world.work.put(as(router), workFor('active', { attributes: { title: 'Open' } }))
  await world.work.put(
    as(router),
    workFor('active', { workItemId: 'w2', workstreamId: 'secret', attributes: { title: 'Hidden' } }),
  )
  const titles = (who: Parameters<typeof world.app.presence.get>[0]) =>
    world.app.presence.get(who, 'ada').work.map(item => item.attributes?.['title'])
  expect(titles(supervisor(['default']))).toEqual(['Open', undefined])
  expect(titles(supervisor('*'))).toEqual(['Open', 'Hidden'])
  expect(titles(router)).toEqual(['Open', 'Hidden'])
  expect(titles(principal('ada'))).toEqual(['Open', 'Hidden'])
})
