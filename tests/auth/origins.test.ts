import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { devSecret, refuseDevRequest, requireLoopback } from '../../server/src/auth/dev-mode.ts'
import { createOrigins } from '../../server/src/auth/origins.ts'

describe('origins', () => {
  const origins = createOrigins(['https://desk.example.com', 'http://localhost:5173'])
  it.each([
    ['no origin: not a browser', {}, true],
    ['one of the list', { origin: 'https://desk.example.com', host: 'rollcall.example.com' }, true],
    ['another port', { origin: 'https://desk.example.com:8443', host: 'rollcall.example.com' }, false],
    ['another scheme', { origin: 'http://desk.example.com', host: 'rollcall.example.com' }, false],
    ['a longer name', { origin: 'https://desk.example.com.evil.com', host: 'rollcall.example.com' }, false],
    ['the opaque origin', { origin: 'null', host: 'rollcall.example.com' }, false],
    ['the own page on loopback', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, true],
    ['the own page by IPv6', { origin: 'http://[::1]:3000', host: '[::1]:3000' }, true],
    ['another server on loopback', { origin: 'http://127.0.0.1:9999', host: '127.0.0.1:3000' }, false],
    ['a name that was rebound to loopback', { origin: 'http://evil.com:3000', host: 'evil.com:3000' }, false],
  ])('[ORIGINS] %s', (_what, headers, allowed) => {
    expect(origins.allows(headers)).toBe(allowed)
  })

  it('[ORIGINS] what is no origin does not start', () => {
    expect(() => createOrigins(['desk.example.com'])).toThrow('https://desk.example.com')
    expect(() => createOrigins(['https://desk.example.com/path'])).toThrow('is no origin')
    expect(() => createOrigins(['*'])).toThrow('is no origin')
  })
})

describe('development mode', () => {
  const host = '127.0.0.1:3000'
  it.each([
    ['a direct request', { host }, true],
    ['localhost', { host: 'localhost:3000' }, true],
    ['the own page', { host, origin: 'http://127.0.0.1:3000' }, true],
    ['a proxy that says so', { host, forwarded: 'for=10.0.0.1' }, false],
    ['a proxy that says so its own way', { host, 'x-forwarded-for': '10.0.0.1' }, false],
    ['a proxy of any other kind', { host, via: '1.1 squid' }, false],
    ['a foreign host', { host: 'rollcall.example.com' }, false],
    ['a host that only begins like loopback', { host: '127.0.0.1.evil.com' }, false],
    ['no host', {}, false],
    ['a foreign page', { host, origin: 'https://evil.com' }, false],
    ['the opaque origin', { host, origin: 'null' }, false],
  ])('[DEV] %s', (_what, headers, allowed) => {
    expect(refuseDevRequest(headers) === null).toBe(allowed)
  })

  it('[DEV] listens on loopback only', () => {
    expect(() => requireLoopback('127.0.0.1')).not.toThrow()
    expect(() => requireLoopback('::1')).not.toThrow()
    expect(() => requireLoopback('0.0.0.0')).toThrow('ROLLCALL_HOST=127.0.0.1')
  })

  it('[DEV] one secret per data directory, readable by its owner only', async () => {
    const root = await mkdtemp(join(tmpdir(), 'rollcall-dev-'))
    try {
      const first = await devSecret(join(root, 'data'))
      expect(Buffer.byteLength(first)).toBeGreaterThanOrEqual(32)
      expect(await devSecret(join(root, 'data'))).toBe(first)
      expect(await devSecret(join(root, 'other'))).not.toBe(first)
      expect((await stat(join(root, 'data', 'dev-secret'))).mode & 0o777).toBe(0o600)
    } finally {
      await rm(root, { recursive: true })
    }
  })
})
