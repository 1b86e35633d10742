import { createPage } from '../../client-sdk/src/index.ts'
import { type ClientWorld, createClientWorld, waiting } from '../support/client-world.ts'
import { until } from '../support/until.ts'

describe('a client in a page', () => {
  let world: ClientWorld
  beforeEach(async () => {
    world = await createClientWorld()
  })
  afterEach(() => world.close())

  it('[SDK] a wake-up makes it try at once instead of waiting', async () => {
    const { server, page, clock } = world
    const me = world.representative()
    await me.connect()
    clock.advance(1_000)
    server.latest().cut()
    await until('the loss', () => waiting(me.getConnection()))
    page.wake()
    clock.advance(0)
    await until('live again', () => me.getConnection().kind === 'live')
  })

  it('[SDK] being shown again and again makes no flood of attempts', async () => {
    const { server, page, clock } = world
    const me = world.representative()
    await me.connect()
    clock.advance(1_000)
    server.down()
    await until('the loss', () => waiting(me.getConnection()))
    page.wake()
    clock.advance(0)
    await until('the second failure', () => waiting(me.getConnection())?.attempt === 2)
    for (let times = 0; times < 20; times += 1) {
      page.wake()
      clock.advance(10)
    }
    await until('its handshake', () => server.attempts() === 2)
    clock.advance(300)
    await until('the third', () => server.attempts() === 3)
  })

  it('[DI5] a page that slept past a heartbeat does not trust its connection', async () => {
    const { server, page, clock } = world
    const me = world.representative()
    await me.connect()
    clock.sleep(12_001)
    page.wake()
    clock.advance(0)
    await until('a new connection', () => server.connections.length === 2)
    await until('live again', () => me.getConnection().kind === 'live')
  })

  it('[SDK] a page that only was hidden keeps its connection', async () => {
    const { server, page, clock } = world
    const me = world.representative()
    await me.connect()
    clock.advance(11_000)
    page.wake()
    clock.advance(100)
    expect(me.getConnection()).toMatchObject({ kind: 'live', connectionId: 'c1' })
    expect(server.attempts()).toBe(1)
  })

  it('[SDK] a frozen page says stale, and live again when it is resumed in time', async () => {
    const { page } = world
    const me = world.representative()
    await me.connect()
    page.freeze()
    expect(me.getConnection().kind).toBe('stale')
    page.wake()
    expect(me.getConnection().kind).toBe('live')
  })

  it('[SDK] without a network it says offline, and still tries', async () => {
    const { server, page } = world
    const me = world.representative()
    await me.connect()
    page.setOnline(false)
    server.latest().cut()
    await until('the loss', () => me.getConnection().kind === 'offline')
    await world.comeBack(me)
  })

  it('[SDK] it holds the lock of its representative from sign-in to its end, and listens no longer', async () => {
    const { page, server } = world
    const me = world.representative()
    expect(page.listeners()).toBe(0)
    await me.connect()
    expect([...page.held]).toEqual(['rollcall:ada'])
    server.latest().cut()
    await world.comeBack(me)
    expect([...page.held]).toEqual(['rollcall:ada'])
    me.disconnect()
    expect(page.held.size).toBe(0)
    expect(page.listeners()).toBe(0)
  })

  it('[SDK] a supervisor holds no lock', async () => {
    const { page } = world
    await world.supervisor().connect()
    expect(page.held.size).toBe(0)
  })
})

describe('the page itself', () => {
  const browser = (onLine = true) => {
    const window = new EventTarget()
    const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' })
    const held = new Set<string>()
    const locks = {
      async request(name: string, options: { mode: string }, work: () => Promise<void>) {
        await Promise.resolve()
        held.add(`${options.mode} ${name}`)
        await work()
        held.delete(`${options.mode} ${name}`)
      },
    }
    return { window, document, navigator: { onLine, locks: locks as never }, held }
  }

  it('[SDK] its events become reasons to wake', () => {
    const { window, document, navigator } = browser()
    const page = createPage({ window, document, navigator })
    let wakes = 0
    let freezes = 0
    const undo = [page.onWake(() => (wakes += 1)), page.onFreeze(() => (freezes += 1))]
    const told = (event: Event, target: EventTarget) => {
      target.dispatchEvent(event)
      return [wakes, freezes]
    }
    const pageshow = (persisted: boolean) => Object.assign(new Event('pageshow'), { persisted })
    expect(told(new Event('online'), window)).toEqual([1, 0])
    expect(told(new Event('resume'), document)).toEqual([2, 0])
    expect(told(pageshow(false), window)).toEqual([2, 0])
    expect(told(pageshow(true), window)).toEqual([3, 0])
    expect(told(new Event('visibilitychange'), document)).toEqual([3, 0])
    document.visibilityState = 'visible'
    expect(told(new Event('visibilitychange'), document)).toEqual([4, 0])
    expect(told(new Event('freeze'), document)).toEqual([4, 1])
    for (const each of undo) each()
    for (const name of ['online', 'resume', 'visibilitychange', 'freeze']) {
      window.dispatchEvent(new Event(name))
      expect(told(new Event(name), document)).toEqual([4, 1])
    }
  })

  it('[SDK] it holds a shared lock until its release, and gives back one that it released before it had it', async () => {
    const { held, ...scope } = browser()
    const page = createPage(scope)
    const release = page.hold('rollcall:ada')
    await until('granted', () => held.size === 1)
    expect([...held]).toEqual(['shared rollcall:ada'])
    release()
    await until('released', () => held.size === 0)
    page.hold('rollcall:ben')()
    const third = page.hold('rollcall:eve')
    await until('granted', () => held.has('shared rollcall:eve'))
    await until('given back', () => held.size === 1)
    third()
  })

  it('[SDK] without any of it, as in Node, nothing fails', () => {
    const page = createPage({})
    page.onWake(() => undefined)()
    page.onFreeze(() => undefined)()
    page.hold('rollcall:ada')()
    expect(page.online()).toBe(true)
    expect(createPage({ navigator: { onLine: false } }).online()).toBe(false)
  })
})
