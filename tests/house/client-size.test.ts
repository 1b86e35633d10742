// The client is small: what a page pays for it beside socket.io-client, minified and compressed.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { root } from '../support/tree.ts'

const run = promisify(execFile)

/** Bytes. Raise it only with a reason that a page would accept. */
const BUDGET = 6_400

describe('the client', () => {
  it(`takes at most ${BUDGET} bytes of a page, gzipped`, async () => {
    const esbuild = join(root, 'node_modules/esbuild/bin/esbuild')
    const { stdout } = await run(
      esbuild,
      [
        'client-sdk/src/index.ts',
        '--bundle',
        '--minify',
        '--format=esm',
        '--external:socket.io-client',
        '--log-level=error',
      ],
      { cwd: root, encoding: 'buffer' },
    )
    expect(stdout.length).toBeGreaterThan(1_000)
    expect(gzipSync(stdout, { level: 9 }).length).toBeLessThanOrEqual(BUDGET)
  })
})
