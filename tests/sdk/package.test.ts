import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts'
import { unsignedToken } from '../support/unsigned-token.ts'

// The package as somebody meets it who has installed it: built files, in processes of their own.

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

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
    folder = mkdtempSync(join(root, 'node_modules/.cache/rollcall-client-'))
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
    const { stdout } = await run(process.execPath, [write('me.mjs', head + program(server.url))])
    expect(stdout.trim().split('\n')).toEqual(['Available', 'away', 'true ended'])
  })

  it('[SDK] works as CommonJS', async () => {
    const head = `const { createRepresentative, RollcallError } = require('@rollcall/client')`
    const { stdout } = await run(process.execPath, [write('me.cjs', head + program(server.url))])
    expect(stdout.trim().split('\n')).toEqual(['Available', 'away', 'true ended'])
  })

  it('[SDK] works as one file without a bundler', async () => {
    const head = `import { createRepresentative, RollcallError } from '@rollcall/client/browser'`
    const { stdout } = await run(process.execPath, [write('me.mjs', head + program(server.url))])
    expect(stdout.trim().split('\n')).toEqual(['Available', 'away', 'true ended'])
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
      export const all = [text, undo, watched]`
    const names = '{ createRepresentative, createSupervisor }'
    const files = [
      write('as-esm.mts', `import ${names} from '@rollcall/client'${body}`),
      write('as-cjs.cts', `import ${names} from '@rollcall/client'${body}`),
    ]
    const flags = [
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
    const failed = await run(process.execPath, [tsc, ...flags, ...files]).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    )
    expect(failed).toBe('')
  })

  it('[SDK] has source maps that lead to the sources, and no schemas', () => {
    for (const name of ['index.js', 'index.cjs', 'browser.js']) {
      const file = join(root, 'client-sdk/dist', name)
      const code = readFileSync(file, 'utf8')
      expect(code).toContain(`//# sourceMappingURL=${name}.map`)
      expect(code).not.toContain('ZodError')
      const map: { sources: string[] } = JSON.parse(readFileSync(`${file}.map`, 'utf8'))
      expect(map.sources).toContain('../src/connection.ts')
    }
  })
})
