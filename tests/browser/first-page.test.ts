// The first page as a newcomer meets it: a real browser, a whole server in development mode.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { source as axe } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { parseConfig } from '../../server/src/config.ts'
import { createServer, type Server } from '../../server/src/create-server.ts'
import { launchBrowser } from '../support/browser.ts'

describe('the first page', () => {
  let directory: string
  let server: Server
  let browser: Browser

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-page-'))
    const config = parseConfig(
      { ROLLCALL_PORT: '0', ROLLCALL_DATA_DIR: directory, ROLLCALL_LOG_LEVEL: 'silent' },
      { dev: true },
    )
    server = await createServer(config)
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(directory, { recursive: true, force: true })
  })

  async function openPage(
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(error.message))
    await page.goto(server.url)
    await page.locator('[data-freshness=live]').waitFor()
    return { page, complaints }
  }

  it('[SU2] shows live who is there and why, and loads nothing that its policy forbids', async () => {
    const { page, complaints } = await openPage()
    await page.getByRole('button', { name: 'Sign in as Ada' }).click()
    const row = page.getByTestId('row-ada')
    await row.waitFor()
    expect(await row.textContent()).toContain('Default at sign-in')

    await page.getByRole('button', { name: 'Accept some work' }).click()
    await page.locator('[data-testid=row-ada][data-base=busy]').waitFor()
    expect(await row.textContent()).toContain('Has open work')
    await page.getByLabel('Set presence').selectOption('away')
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await page.locator('[data-testid=row-ada][data-base=away]').waitFor()
    expect(await row.textContent()).toContain('Own choice')

    await page.reload()
    await page.getByTestId('self-presence').getByText('Ada is Appear away').waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.locator('[data-testid=row-ada][data-base=busy]').waitFor()
    await page.getByRole('button', { name: 'Close the last one' }).click()
    await page.locator('[data-testid=row-ada][data-base=available]').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.locator('[data-testid=row-ada][data-base=offline]').waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('[page] can be used by keyboard alone, and keeps the focus where it was', async () => {
    const { page } = await openPage()
    const focused = () => page.evaluate(() => document.activeElement?.id)
    await page.getByRole('button', { name: 'Sign in as Ada' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'status')
    await page.keyboard.type('Do not')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('set')
    await page.keyboard.press('Space')
    await page.locator('[data-testid=row-ada][data-base=do-not-disturb]').waitFor()
    await page.keyboard.press('Tab')
    for (const open of [1, 2]) {
      await page.keyboard.press('Space')
      await page.getByTestId('self-presence').getByText(`${open} open`).waitFor()
      expect(await focused()).toBe('accept')
    }
    await page.context().close()
  })

  it('[page] fills its commands in with where this server is and where its data is', async () => {
    const { page } = await openPage()
    const { port } = new URL(server.url)
    expect(await page.locator('#alive-command').textContent()).toBe(`DEMO=1 npm start -- --port ${port}`)
    expect(await page.locator('#watch-command').textContent()).toBe(`npx rollcall watch --url ${server.url}`)
    expect(await page.locator('#token-command').textContent()).toContain(`--dev --data-dir ${directory} `)
    expect(await page.locator('#url').textContent()).toBe(server.url)
    await page.context().close()
  })

  it('[page] in production offers neither the demo nor a token of the development mode', async () => {
    const data = mkdtempSync(join(tmpdir(), 'rollcall-page-'))
    const env = { ROLLCALL_PORT: '0', ROLLCALL_DATA_DIR: data, ROLLCALL_LOG_LEVEL: 'silent' }
    const production = await createServer(
      parseConfig({ ...env, ROLLCALL_JWT_SECRET: 'a secret that is for this test alone' }, {}),
    )
    const page = await browser.newPage()
    try {
      await page.goto(production.url)
      await page.getByText('Presence is for those who sign in').waitFor()
      expect(await page.locator('#alive').isVisible()).toBe(false)
      const steps = (await page.locator('.steps').textContent()) ?? ''
      expect(steps).not.toContain('--dev')
      expect(steps).toContain('--token "$SUPERVISOR_TOKEN"')
      expect(await page.content()).not.toContain(data)
    } finally {
      await page.close()
      await production.close()
      rmSync(data, { recursive: true, force: true })
    }
  })

  it('[page] does not say that there is a demo when there is none', async () => {
    const { page } = await openPage()
    expect(await page.locator('#demo').isVisible()).toBe(false)
    await page.context().close()
  })

  it.each([
    ['light', 1440],
    ['dark', 1024],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    '[page] has nothing that axe objects to, %s, %i px wide, and no sideways scroll',
    async (colorScheme, width) => {
      // The checker is a script from outside the page: its own context lets it pass the policy.
      const { page } = await openPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true })
      await page.getByRole('button', { name: 'Sign in as Ada' }).click()
      await page.getByTestId('row-ada').waitFor()
      await page.getByTestId('self-presence').getByText('Ada is').waitFor()
      await page.addScriptTag({ content: axe })
      const violations = await page.evaluate(async () => {
        const checker = (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
        ).axe
        return (await checker.run()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`,
        )
      })
      expect(violations).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      await page.context().close()
    },
  )
})
