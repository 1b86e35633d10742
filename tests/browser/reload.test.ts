import { readFileSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import { resolve } from 'node:path'
import type { PresenceView } from '@rollcall/shared'
import type { Browser, Page } from 'playwright-core'
import type { ConnectionState, RepresentativeClient } from '../../client-sdk/src/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

// A real browser, the built client in one file, a real server: what a reload does to a representative at work.

declare global {
  interface Window {
    me: RepresentativeClient
  }
}

const client = resolve(import.meta.dirname, '../../client-sdk/dist/browser.js')

const html = (url: string, token: string) => `<!doctype html><title>Desk</title><script type="module">
  import { createRepresentative } from '/client.js'
  window.me = createRepresentative({ url: '${url}', token: '${token}' })
  window.me.connect()
</script>`

describe('a representative in a browser', () => {
  let pages: HttpServer
  let server: RunningServer
  let browser: Browser
  let origin: string

  beforeAll(async () => {
    let token = ''
    pages = createServer(({ url }, response) => {
      const isClient = url === '/client.js'
      response.setHeader('Content-Type', isClient ? 'text/javascript' : 'text/html')
      response.end(isClient ? readFileSync(client) : html(server.url, token))
    })
    await new Promise<void>(done => pages.listen(0, '127.0.0.1', done))
    const address = pages.address()
    if (!address || typeof address === 'string') throw new Error('The page server has no port.')
    origin = `http://127.0.0.1:${address.port}`
    server = await startServer({ env: { ROLLCALL_ALLOWED_ORIGINS: origin } })
    token = server.token({ sub: 'ada', queues: ['billing'] })
    browser = await launchBrowser()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await new Promise(done => pages.close(done))
  })

  const isLive = (page: Page) =>
    until('the page is live', () => page.evaluate(() => window.me?.getConnection().kind === 'live'), 15_000)
  const presenceOf = (page: Page): Promise<PresenceView | null> =>
    page.evaluate(() => window.me.getPresence())
  const locksOf = (page: Page) =>
    page.evaluate(async () =>
      (await navigator.locks.query()).held?.map(({ name, mode }) => `${mode} ${name}`),
    )

  it('[SI4] comes back from a reload to her choice and her work, since when it was', async () => {
    const page = await browser.newPage()
    await page.goto(origin)
    await isLive(page)
    expect(await presenceOf(page)).toMatchObject({ representativeId: 'ada', statusId: 'available' })

    await page.evaluate(() =>
      window.me.accept('w1', { workstreamId: 'default', attributes: { title: 'Bill' } }),
    )
    expect(await presenceOf(page)).toMatchObject({
      statusId: 'busy',
      origin: 'capacity',
      work: [{ workItemId: 'w1' }],
    })
    await page.evaluate(() => window.me.setPresence('away', { note: 'Lunch' }))
    const before = await presenceOf(page)
    expect(before).toMatchObject({ statusId: 'away', origin: 'representative', note: 'Lunch' })

    await page.reload()
    await isLive(page)
    const after = await presenceOf(page)
    expect(after).toMatchObject({
      statusId: 'away',
      origin: 'representative',
      note: 'Lunch',
      since: before?.since,
      link: 'present',
      connections: 1,
      work: [{ workItemId: 'w1', state: 'active' }],
    })
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 0)
    await page.close()
  })

  it('[SDK] holds a lock that keeps her tab awake, and gives it back when she signs out', async () => {
    const page = await browser.newPage()
    await page.goto(origin)
    await isLive(page)
    expect(await until('the lock', async () => (await locksOf(page))?.length && locksOf(page))).toEqual([
      'shared rollcall:ada',
    ])
    await page.evaluate(() => window.me.signOut())
    const state: ConnectionState = await page.evaluate(() => window.me.getConnection())
    expect(state).toMatchObject({ kind: 'ended', reason: 'signed-out' })
    await until('the lock is given back', async () => (await locksOf(page))?.length === 0)
    await page.close()
  })

  it('[DI1] says that the network has gone, and comes back by itself with it', async () => {
    const page = await browser.newPage()
    await page.goto(origin)
    await isLive(page)
    await page.context().setOffline(true)
    await until('offline', () => page.evaluate(() => window.me.getConnection().kind === 'offline'))
    await page.context().setOffline(false)
    await isLive(page)
    await page.close()
  })
})
