import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts'
import { unsignedToken } from '../support/unsigned-token.ts'

// The package as somebody meets it who has installed it: built files, in processes of their own.

const root = resolve(import.meta.dirname, '../..')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

/** Runs Node; a process that does not end by itself is a failure. */
const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { timeout: 20_000 })

const program = (url: string) => `
  const main = async () => {
    const me = createRepresentative({ url: '${url}', token: '${unsignedToken({ sub: 'ada' })}' })
    await me.connect()
    console.log(me.getPresence().text)
    const { presence } = await me.setPresence('away')
    console.log(presence.statusId)
    me.disconnect()
    await me.resetPresence().catch(error => console.log(error instanceof RollcallError, error.code))
  }
  main()`

describe('the built package', () => {
  let server: ScriptedServer
  let folder: string
  beforeEach(async () => {
    server = await startScriptedServer()
    // Inside the repository, so that it is found as a dependency is.
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    folder = mkdtempSync(join(cache, 'rollcall-client-'))
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true })
    await server.close()
  })

  const write = (name: string, text: string): string => {
    const file = join(folder, name)
    writeFileSync(file, text)
    return file
  }

  it('[SDK] works as an ES module, and the process ends by itself', async () => {
    const head = `import { createRepresentative, RollcallError } from '@rollcall/client'`
    const { stdout } = await run(write('me.mjs', head + program(server.url)))
    expect(stdout.trim().split('\n')).toEqual(['Available', 'away', 'true ended'])
  })

  it('[SDK] works as CommonJS', async () => {
    const head = `const { createRepresentative, RollcallError } = require('@rollcall/client')`
    const { stdout } = await run(write('me.cjs', head + program(server.url)))
    expect(stdout.trim().split('\n')).toEqual(['Available', 'away', 'true ended'])
  })

  it.each(['me.mjs', 'me.cjs'])('[HTTP] has a second door that needs no socket (%s)', async name => {
    const names = name.endsWith('.mjs')
      ? `import { createHttpClient, RollcallError } from '@rollcall/client/http'\nimport * as first from '@rollcall/client'`
      : `const { createHttpClient, RollcallError } = require('@rollcall/client/http')\nconst first = require('@rollcall/client')`
    const body = `
      const http = createHttpClient({ url: '${server.url}', timeoutMs: 300 })
      console.log(RollcallError === first.RollcallError)
      http.getAbout().catch(error => console.log(error instanceof first.RollcallError, error.code))`
    const { stdout } = await run(write(name, names + body))
    expect(stdout.trim().split('\n')).toEqual(['true', 'true timed-out'])
    const door = readFileSync(
      join(root, 'client-sdk/dist', name === 'me.mjs' ? 'http.js' : 'http.cjs'),
      'utf8',
    )
    expect(door).not.toMatch(/socket\.io/)
  })

  it.each(['me.mjs', 'me.cjs'])('[SDK] has a door for boards, and one for React (%s)', async name => {
    const isModule = name.endsWith('.mjs')
    const from = (names: string, door: string) =>
      isModule ? `import { ${names} } from '${door}'` : `const { ${names} } = require('${door}')`
    const head = [
      from('rowsOf', '@rollcall/client/board'),
      from('usePresenceIds', '@rollcall/client/react'),
      from('createElement', 'react'),
      from('renderToString', 'react-dom/server'),
    ]
    const body = `
      const views = [{ representativeId: 'ben', name: 'Ben' }, { representativeId: 'ada', name: 'Ada' }]
      const watch = { presences: () => new Map(views.map(view => [view.representativeId, view])) }
      console.log(rowsOf(watch).map(({ name }) => name).join())
      console.log(renderToString(createElement(() => usePresenceIds(watch).join())))`
    const { stdout } = await run(write(name, head.join('\n') + body))
    expect(stdout.trim().split('\n')).toEqual(['Ada,Ben', 'ada,ben'])
    const board = readFileSync(join(root, 'client-sdk/dist', isModule ? 'board.js' : 'board.cjs'), 'utf8')
    expect(board).not.toMatch(/react|socket/i)
  })

  it('[SDK] is one file without a bundler, with nothing left to import', async () => {
    // Whether it works is for a browser to say (tests/browser): Node 20 has no WebSocket of its own.
    const text = `import * as client from '@rollcall/client/browser'\nconsole.log(Object.keys(client).sort().join())`
    const { stdout } = await run(write('me.mjs', text))
    expect(stdout.trim()).toBe('RollcallError,createPage,createRepresentative,createSupervisor')
    expect(readFileSync(join(root, 'client-sdk/dist/browser.js'), 'utf8')).not.toMatch(/from ?["']socket/)
  })

  it('[SDK] has types in both, that accept what is right and refuse what is wrong', async () => {
    const body = `
      const me = createRepresentative({ url: '', getToken: async () => '' })
      const text: Promise<string> = me.setPresence('away', { note: 'x', when: 'after-work' }).then(({ presence }) => presence.text)
      const undo: () => void = me.onOffer(offer => offer.workItemId.length)
      // @ts-expect-error No such time.
      me.setPresence('away', { when: 'soon' })
      // @ts-expect-error A presence has no such field.
      me.getPresence()?.colour
      const watched: Promise<number> = createSupervisor({ url: '', token: '' }).watch({ queues: '*' }).then(w => w.presences().size)
      const http = createHttpClient({ url: '', token: '' })
      const item: Promise<'queued' | 'offered' | 'active' | 'waiting' | 'wrap-up' | 'closed'> =
        http.releaseWorkItem({ id: 'w1' }).then(({ state }) => state)
      const gone: Promise<null> = http.deleteQueue({ id: 'mail', ifMatch: 3 })
      const room: Promise<number | undefined> = createSupervisor({ url: '', token: '' }).watch({ queues: '*' })
        .then(w => (w.freshness().kind === 'live' ? w.live('mail')?.routable : rowsOf(w, { where: inQueue('mail') }).length))
      const row = (watch: Watch): string | undefined => usePresenceRow(watch, 'ada')?.text
      // @ts-expect-error No such base.
      withBase('asleep')
      // @ts-expect-error A bulk choice needs representatives.
      http.setPresences({ body: { statusId: 'away' } })
      export const all = [text, undo, watched, item, gone, room, row]`
    const head = `import { createRepresentative, createSupervisor, type Watch } from '@rollcall/client'
      import { inQueue, rowsOf, withBase } from '@rollcall/client/board'
      import { usePresenceRow } from '@rollcall/client/react'
      import { createHttpClient } from '@rollcall/client/http'`
    const files = [write('as-esm.mts', head + body), write('as-cjs.cts', head + body)]
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'node16',
      '--target',
      'es2022',
      '--skipLibCheck',
      '--types',
      '',
    ]
    const failed = await run(tsc, ...flags, ...files).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    )
    expect(failed).toBe('')
  })

  it('[SDK] has source maps that lead to the sources, and no schemas', () => {
    const sources = {
      index: 'connection',
      browser: 'connection',
      http: 'http-client',
      board: 'board',
      react: 'rows',
    }
    const doors = ['index', 'http', 'board', 'react'].flatMap(door => [`${door}.js`, `${door}.cjs`])
    for (const name of ['browser.js', ...doors]) {
      const file = join(root, 'client-sdk/dist', name)
      const code = readFileSync(file, 'utf8')
      expect(code).toContain(`//# sourceMappingURL=${name}.map`)
      expect(code).not.toContain('ZodError')
      const map: { sources: string[] } = JSON.parse(readFileSync(`${file}.map`, 'utf8'))
      const [door = ''] = name.split('.')
      expect(map.sources).toContain(`../src/${sources[door as keyof typeof sources]}.ts`)
    }
  })
})
