// The example of the README, run as a newcomer runs it: its text, the built client, Node, a real server.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { blockAfter } from '../support/markdown.ts'
import { startServer } from '../support/server.ts'
import { root } from '../support/tree.ts'

const run = promisify(execFile)

describe('the example of the README', () => {
  it('prints what the README says it prints', async () => {
    const server = await startServer()
    // Below node_modules, so that `@rollcall/client` is found as in a project that installed it.
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    const directory = mkdtempSync(join(cache, 'readme-'))
    try {
      const file = join(directory, 'hello.mjs')
      writeFileSync(file, blockAfter('README.md', '<!-- example:'))
      const token = await server.token({ sub: 'mia', roles: ['representative'] })
      const env = { ...process.env, ROLLCALL_URL: server.url, ROLLCALL_TOKEN: token }
      const { stdout, stderr } = await run(process.execPath, [file], { env, timeout: 20_000 })
      expect(stderr).toBe('')
      expect(stdout).toBe(blockAfter('README.md', '<!-- output of the example'))
    } finally {
      rmSync(directory, { recursive: true, force: true })
      await server.close()
    }
  })
})
