// The checker of the arrows, checked: every planted violation is caught, and what is allowed is not. `npm test`
// runs the same checker over the real tree.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { filesOf, root } from '../support/tree.ts'

const run = promisify(execFile)

/** A small tree with the real one's shape and nothing forbidden in it. */
const SOUND: Readonly<Record<string, string>> = {
  'shared/src/vocabulary.ts': `export type { ErrorCode } from './protocol/errors.ts'`,
  'shared/src/protocol/errors.ts': 'export type ErrorCode = 1',
  'shared/src/index.ts': `export * from './vocabulary.ts'`,
  'client-sdk/src/index.ts': `import type { ErrorCode } from '../../shared/src/index.ts'\nexport type E = ErrorCode`,
  'server/src/domain/facts.ts': `import type { ErrorCode } from '../../../shared/src/vocabulary.ts'\nexport type F = ErrorCode`,
  'server/src/storage/storage.ts': `import type { F } from '../domain/facts.ts'\nexport type S = F`,
  'server/src/storage/embedded/store.ts': `import fs from 'node:fs'\nimport type { S } from '../storage.ts'\nexport const s: S = fs`,
  'server/src/app/app.ts': `import type { S } from '../storage/storage.ts'\nexport type A = S`,
  'server/src/gateway/socket.ts': `import type { A } from '../app/app.ts'\nexport type G = A`,
  'server/src/http/routes.ts': `import type { A } from '../app/app.ts'\nexport type H = A`,
  'server/src/create-server.ts': `import type { G } from './gateway/socket.ts'\nimport { s } from './storage/embedded/store.ts'\nexport type C = G & typeof s`,
  'server/src/main.ts': `import type { C } from './create-server.ts'\nexport type M = C`,
}

/** One more import each: in which file, of what, and the rule that must catch it. */
const PLANTED = [
  ['server/src/domain/facts.ts', 'fs', 'domain-is-pure'],
  ['server/src/domain/facts.ts', '../storage/storage.ts', 'domain-is-pure'],
  ['server/src/domain/facts.ts', '../../../shared/src/index.ts', 'domain-is-pure'],
  ['server/src/storage/storage.ts', './embedded/store.ts', 'port-knows-domain-only'],
  ['server/src/storage/embedded/store.ts', '../../app/app.ts', 'adapters-know-the-port'],
  ['server/src/app/app.ts', '../storage/embedded/store.ts', 'adapters-are-chosen-once'],
  ['server/src/app/app.ts', '../gateway/socket.ts', 'app-knows-ports'],
  ['server/src/gateway/socket.ts', '../http/routes.ts', 'gateway-knows-app'],
  ['server/src/gateway/socket.ts', '../storage/embedded/store.ts', 'gateway-knows-app'],
  ['server/src/http/routes.ts', '../gateway/socket.ts', 'http-knows-app'],
  ['server/src/http/routes.ts', '../create-server.ts', 'one-composition-root'],
  ['shared/src/index.ts', '../../server/src/domain/facts.ts', 'shared-is-a-leaf'],
  ['shared/src/vocabulary.ts', './index.ts', 'vocabulary-has-no-library'],
  ['client-sdk/src/index.ts', '../../server/src/domain/facts.ts', 'client-stands-alone'],
  ['client-sdk/src/index.ts', 'fs', 'client-stands-alone'],
  ['server/src/create-server.ts', './main.ts', 'no-cycles'],
  ['server/src/http/routes.ts', 'a-package-nobody-has', 'no-dead-imports'],
] as const

describe('the arrows', () => {
  it('allow what the architecture allows', async () => {
    expect(await violations(SOUND)).toEqual([])
  })

  describe('catch, of everything planted in one tree', () => {
    let caught: readonly string[] = []
    beforeAll(async () => {
      const files: Record<string, string> = { ...SOUND }
      for (const [file, imported] of PLANTED)
        files[file] = `import type {} from '${imported}'\n${files[file]}`
      caught = await violations(files)
    })

    it.each(PLANTED)('%s importing %s (%s)', (file, imported, rule) => {
      const target = imported.startsWith('.') ? join(dirname(file), imported) : imported
      expect(caught).toContain(`${rule}: ${file} → ${target}`)
    })
  })
})

describe('the client', () => {
  const client = filesOf(['client-sdk/src'], /\.ts$/)

  it('takes only types from the wire, so that zod stays out of browsers', () => {
    const values = client.flatMap(({ path, text }) =>
      [...text.matchAll(/^(import|export) (?!type )[^;'"]*from '@rollcall\/shared'/gm)].map(
        ([match]) => `${path}: ${match}`,
      ),
    )
    expect(values).toEqual([])
  })
})

/** `rule: file → imported` for everything that the checker finds in a tree of these files. */
async function violations(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-arrows-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), `${text}\n`)
    }
    const checker = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const rules = join(root, '.dependency-cruiser.cjs')
    const args = [checker, '--config', rules, '--output-type', 'json', 'server', 'shared', 'client-sdk']
    const { stdout } = await run(process.execPath, args, { cwd: directory, maxBuffer: 1 << 24 })
    const report = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string }; from: string; to: string }[] }
    }
    return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
