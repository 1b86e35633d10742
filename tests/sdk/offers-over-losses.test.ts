import { io } from 'socket.io-client'
import { type Cable, layCable } from '../support/cable.ts'
import { failure } from '../support/client-world.ts'
import { createDeskWorld, type DeskWorld, heardBy } from '../support/desk-world.ts'
import { until } from '../support/until.ts'

describe('an offer over lost connections, over a whole server', () => {
  let world: DeskWorld
  let cable: Cable
  beforeEach(async () => {
    world = await createDeskWorld()
    cable = await layCable(world.server.url)
  })
  afterEach(async () => {
    await world.close()
    await cable.close()
  })

  const lose = async (tab: Awaited<ReturnType<DeskWorld['tab']>>) => {
    cable.cut()
    await until('the loss is noticed', () => tab.getConnection().kind !== 'live')
  }
  const comesBack = async (tab: Awaited<ReturnType<DeskWorld['tab']>>) => {
    cable.mend()
    await until('it is back', () => tab.getConnection().kind === 'live', 10_000)
  }
  const isAbsent = () => world.server.storage.representative('default', 'ada')?.link.kind === 'absent'

  it('[NO8] is still there when she is back within ten seconds, and is not told a second time', async () => {
    const ada = await world.tab('ada', { url: cable.url })
    const heard = heardBy(ada)
    await world.offer('w1')
    await until('it rings', () => heard.length === 1)
    const [before] = ada.getOffers()
    await lose(ada)
    await until('the server knows', isAbsent)
    await comesBack(ada)
    expect(ada.getOffers()).toEqual([before])
    await ada.accept('w1')
    expect(heard).toEqual(['offer w1', 'accepted w1'])
  })

  it('[NO8] is in the first message of a page that was loaded again, and in no other', async () => {
    const tab = await world.tab('ada')
    await world.offer('w1')
    await until('it rings', () => tab.getOffers().length === 1)
    tab.disconnect()
    await until('the server knows', isAbsent)

    const messages: (readonly [string, unknown])[] = []
    const auth = { token: world.server.token({ sub: 'ada' }), signIn: true }
    const socket = io(world.server.url, { auth, transports: ['websocket'], reconnection: false })
    socket.onAny((name, payload) => messages.push([name, payload]))
    await until('it is back', () => messages.length > 0)
    await world.offer('w2')
    await until('the next is told', () => messages.some(([name]) => name === 'work:offered'))
    const offered = messages.filter(([name]) => name === 'work:offered')
    expect(messages[0]).toMatchObject(['ready', { offers: [{ workItemId: 'w1' }] }])
    expect(offered).toMatchObject([['work:offered', { workItemId: 'w2' }]])
    socket.disconnect()
  })

  it('[NO8, NO9] is gone when she is back later, without a miss or a notice', async () => {
    const ada = await world.tab('ada', { url: cable.url })
    const heard = heardBy(ada)
    await world.offer('w1')
    await until('it rings', () => heard.length === 1)
    await lose(ada)
    await until('the server knows', isAbsent)
    world.clock.shift(10_000)
    await until(
      'it is withdrawn',
      async () => (await world.service.getWorkItem({ id: 'w1' })).state === 'queued',
    )
    await comesBack(ada)
    expect(heard).toEqual(['offer w1', 'gone w1'])
    expect(ada.getPresence()).toMatchObject({ statusId: 'available' })
    expect(await failure(ada.accept('w1'))).toMatchObject({ code: 'offer-gone' })
    expect(await world.service.getWorkItem({ id: 'w1' })).toMatchObject({ state: 'queued', declines: 1 })
  })

  it('[NO9] accepted elsewhere while this tab had no connection says so on its return', async () => {
    const ada = await world.tab('ada', { url: cable.url })
    const elsewhere = await world.tab('ada')
    const heard = heardBy(ada)
    await world.offer('w1')
    await until('it rings in both', () => heard.length + elsewhere.getOffers().length === 2)
    await lose(ada)
    await elsewhere.accept('w1')
    await comesBack(ada)
    expect(heard).toEqual(['offer w1', 'accepted w1'])
  })

  it('[NO8] is not made while she is away', async () => {
    const tab = await world.tab('ada')
    tab.disconnect()
    await until('the server knows', isAbsent)
    expect(await failure(world.offer('w1'))).toMatchObject({ code: 'not-signed-in' })
  })
})
