import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { minify } from '@swc/core'
import { build } from 'esbuild'

/** Minified by a bundler and compressed by a server, without socket.io-client. */
async function weigh(door: string): Promise<{ code: string; bytes: number }> {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, '../../client-sdk/dist', door)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: ['socket.io-client'],
  })
  const { code } = await minify(outputFiles[0]?.text ?? '', {
    module: true,
    compress: { passes: 3 },
    mangle: { toplevel: true },
    ecma: 2022,
  })
  const bytes = gzipSync(code, { level: 9 }).byteLength
  process.stdout.write(`@rollcall/client, ${door}: ${bytes} bytes after gzip (${code.length} before)\n`)
  return { code, bytes }
}

describe('what the client costs a page', () => {
  it('[SDK] less than 6 KB for the two socket clients', async () => {
    const { code, bytes } = await weigh('index.js')
    expect(code).toContain('socket.io-client')
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThan(6_144)
  })

  it('[SDK] less than 3 KB for the HTTP client, which brings neither sockets nor schemas', async () => {
    const { code, bytes } = await weigh('http.js')
    expect(code).not.toContain('socket.io')
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThan(3_072)
  })
})
