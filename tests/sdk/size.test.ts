import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { minify } from '@swc/core'

describe('what the client costs a page', () => {
  it('[SDK] less than 6 KB after a bundler minified it and a server compressed it, without socket.io-client', async () => {
    const file = resolve(import.meta.dirname, '../../client-sdk/dist/index.js')
    const { code } = await minify(readFileSync(file, 'utf8'), {
      module: true,
      compress: { passes: 3 },
      mangle: { toplevel: true },
      ecma: 2022,
    })
    const bytes = gzipSync(code, { level: 9 }).byteLength
    process.stdout.write(`@rollcall/client: ${bytes} bytes after gzip (${code.length} before)\n`)
    expect(code).toContain('socket.io-client')
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThan(6_144)
  })
})
