import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

describe('what the client costs a page', () => {
  it('[SDK] less than 6 KB after gzip, without socket.io-client', () => {
    const file = resolve(import.meta.dirname, '../../client-sdk/dist/index.js')
    const code = readFileSync(file)
    const bytes = gzipSync(code, { level: 9 }).byteLength
    console.info(`@rollcall/client: ${bytes} bytes after gzip (${code.byteLength} before)`)
    expect(code.toString()).toContain('socket.io-client')
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThan(6_144)
  })
})
