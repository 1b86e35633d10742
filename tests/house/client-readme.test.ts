// The examples of the client's README: all fit its types, and those that say so are run as a reader runs them.

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createRepresentative } from '@rollcall/client'
import { blockAfter, blocksOf } from '../support/markdown.ts'
import { startServer } from '../support/server.ts'
import { root } from '../support/tree.ts'
import { until } from '../support/until.ts'

const run = promisify(execFile)
const README = 'client-sdk/README.md'

/** What the reader's own page brings. */
const OWN = `
  declare function fetchToken(): Promise<string>
  declare const show: Tells, ring: Tells, stopRinging: Tells, tell: Tells, showConnection: Tells
  declare const draw: Tells, erase: Tells, explain: Tells
  declare const process: { readonly env: Readonly<Record<string, string | undefined>> }
  type Tells = (...what: readonly unknown[]) => void
  export {}`
const FLAGS =
  '--ignoreConfig --noEmit --strict --module nodenext --target es2022 --lib es2023,dom --jsx react-jsx --skipLibCheck --types'

describe("the examples of the client's README", () => {
  let folder: string
  beforeEach(() => {
    // Below node_modules, so that `@rollcall/client` is found as in a project that installed it.
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    folder = mkdtempSync(join(cache, 'client-readme-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  it('[SDK] fit the types of the client', async () => {
    const blocks = blocksOf(README, 'js')
    expect(blocks.length).toBeGreaterThanOrEqual(5)
    const files = blocks.map((block, index) => write(`example-${index}.mts`, block + OWN))
    const components = blocksOf(README, 'tsx')
    expect(components.length).toBeGreaterThanOrEqual(1)
    files.push(...components.map((block, index) => write(`component-${index}.tsx`, block)))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const failed = await run(process.execPath, [compiler, ...FLAGS.split(' '), '', ...files]).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    )
    expect(failed).toBe('')
  })

  it('[SDK] ring at the desk for what the router offers, and stop when another tab accepts', async () => {
    const server = await startServer()
    const env = {
      ...process.env,
      ROLLCALL_URL: server.url,
      ROLLCALL_TOKEN: server.token({ sub: 'mia', queues: ['default'] }),
      ROLLCALL_SERVICE_TOKEN: server.token({ sub: 'router', roles: ['service'] }),
    }
    const desk = spawn(process.execPath, [write('desk.mjs', blockAfter(README, '<!-- example: desk.mjs'))], {
      env,
    })
    const ended = once(desk, 'exit')
    const other = createRepresentative({ url: server.url, token: env.ROLLCALL_TOKEN })
    let printed = ''
    desk.stdout.on('data', text => {
      printed += text
    })
    desk.stderr.on('data', text => {
      printed += text
    })
    try {
      await other.connect()
      await until('both tabs are there', () => other.getPresence()?.connections === 2, 15_000)
      const route = write('route.mjs', blockAfter(README, '<!-- example: route.mjs'))
      const { stdout } = await run(process.execPath, [route], { env, timeout: 20_000 })
      expect(stdout).toBe('mia: offered\n')
      await until('it rings', () => printed.includes('s left'))
      await other.accept('case-17')
      await until('it has stopped', () => printed.includes('\n0 s left'))
      expect(printed.replace(/(\n1[12]\d s left)+/, '\n120 s left')).toBe(
        'Invoice 17?\n120 s left\nInvoice 17: accepted\n0 s left\n',
      )
    } finally {
      desk.kill()
      await ended
      other.disconnect()
      await server.close()
    }
  })

  it('[SDK] draw a board that lives', async () => {
    const server = await startServer()
    const env = {
      ...process.env,
      ROLLCALL_URL: server.url,
      ROLLCALL_TOKEN: server.token({ sub: 'sue', roles: ['supervisor'], watches: ['*'] }),
    }
    const mia = createRepresentative({
      url: server.url,
      token: server.token({ sub: 'mia', queues: ['default'] }),
    })
    await mia.connect()
    const file = write('board.mjs', blockAfter(README, '<!-- example: board.mjs'))
    const board = spawn(process.execPath, [file], { env })
    const ended = once(board, 'exit')
    let printed = ''
    board.stdout.on('data', text => {
      printed += text
    })
    board.stderr.on('data', text => {
      printed += text
    })
    try {
      await until('she is on it', () => /^live 1\nmia Available \d+ s$/m.test(printed), 15_000)
      await mia.setPresence('away')
      await until('she is away', () => /^live 0\nmia Appear away \d+ s$/m.test(printed))
    } catch (error) {
      throw new Error(`It printed: ${printed}`, { cause: error })
    } finally {
      board.kill()
      await ended
      mia.disconnect()
      await server.close()
    }
  })
})
