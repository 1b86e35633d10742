import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App } from '../../server/src/app/app.ts'
import { Refused } from '../../server/src/app/refused.ts'
import { createFakeApp } from '../support/fake-http-app.ts'
import { httpBench, TOKENS } from '../support/http-bench.ts'
import { until } from '../support/until.ts'

const PATH = '/v1/representatives/import'
const TYPE = { 'Content-Type': 'application/x-ndjson' }
const { administrator } = TOKENS

describe('POST /v1/representatives/import', () => {
  const { send } = httpBench()

  async function imported(text: string) {
    const answer = await send('post', PATH, administrator, text, TYPE)
    expect([answer.status, answer.type]).toEqual([200, 'application/x-ndjson'])
    const lines = answer.text.split('\n')
    expect(lines.pop()).toBe('')
    return lines.map(line => JSON.parse(line))
  }

  beforeAll(() => imported('{"id":"ada"}'))

  it('[PO1] answers a line for each line, counted with the blank ones', async () => {
    expect(await imported('{"id":"ada"}\r\n\n  \n{"id":"zoe","name":"Zoe"}\n{"id":"ada"}')).toEqual([
      { line: 1, id: 'ada', outcome: 'updated' },
      { line: 4, id: 'zoe', outcome: 'created' },
      { line: 5, id: 'ada', outcome: 'updated' },
    ])
    expect(await imported('\n\n')).toEqual([])
  })

  it.each([
    ['no JSON', '{"id":', null, ''],
    ['no object', '7', null, ''],
    ['null', 'null', null, ''],
    ['no id', '{"name":"Ada"}', null, 'id'],
    ['an id that is none', '{"id":"a b"}', 'a b', 'id'],
    ['an unknown field', '{"id":"bo","colour":"red"}', 'bo', 'colour'],
    ['a wrong type', '{"id":"bo","queues":7}', 'bo', 'queues'],
    ['a prototype', '{"id":"bo","attributes":{"__proto__":1}}', 'bo', 'attributes.__proto__'],
  ])('[PO1, HTTP] a line with %s has an error of its own', async (_what, line, id, field) => {
    const [first, second, third] = await imported(`{"id":"ada"}\n${line}\n{"id":"ada"}\n`)
    expect([first.outcome, third.outcome]).toEqual(['updated', 'updated'])
    expect(second).toMatchObject({
      line: 2,
      id,
      error: { code: 'invalid-message', retry: false, details: { field } },
    })
  })

  it("[PO1, HTTP] a line over 16 KiB is that line's error, a body over 1 MiB everybody's", async () => {
    const long = JSON.stringify({ id: 'bo', name: 'x'.repeat(17_000) })
    expect(await imported(`{"id":"ada"}\n${long}`)).toMatchObject([
      { outcome: 'updated' },
      { line: 2, id: null, error: { code: 'payload-too-large', details: { limitBytes: 16 * 1024 } } },
    ])
    expect(await imported('\n'.repeat(1024 * 1024))).toEqual([])
    const answer = await send('post', PATH, administrator, '\n'.repeat(1024 * 1024 + 1), TYPE)
    expect([answer.status, answer.body.code, answer.body.details.limitBytes]).toEqual([
      413,
      'payload-too-large',
      1024 * 1024,
    ])
  })

  it('[HTTP] takes NDJSON and nothing else', async () => {
    const json = await send('post', PATH, administrator, { id: 'ada' })
    expect([json.status, json.body.details.field]).toEqual([400, 'Content-Type'])
    const none = await send('post', PATH, administrator)
    expect([none.status, none.body.code]).toEqual([400, 'invalid-message'])
    const elsewhere = await send('put', '/v1/representatives/bo', administrator, '{}', TYPE)
    expect([elsewhere.status, elsewhere.body.details.field]).toEqual([400, 'Content-Type'])
  })
})

describe('the answer of an import', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  /** A server whose import yields what the test says. */
  async function importing(putMany: () => AsyncGenerator<unknown>) {
    const fake = createFakeApp()
    const { configuration } = fake
    const representatives = { ...configuration.representatives, putMany }
    const app = { ...fake, configuration: { ...configuration, representatives } } as unknown as App
    const bench = httpBench({ app })
    const server = createServer(bench.http).listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    })
    const abort = new AbortController()
    const { port } = server.address() as AddressInfo
    const answer = () =>
      fetch(`http://127.0.0.1:${port}${PATH}`, {
        method: 'POST',
        headers: { ...TYPE, authorization: `Bearer ${administrator}` },
        body: '{"id":"ada"}',
        signal: abort.signal,
      })
    return { answer, abort, lines: bench.lines }
  }

  it('[HTTP] is sent line by line, as outcomes come', async () => {
    let goOn = () => {}
    const gate = new Promise<void>(resolve => {
      goOn = resolve
    })
    const { answer } = await importing(async function* () {
      yield { line: 1, id: 'ada', outcome: 'created' }
      await gate
      yield { line: 2, id: 'bo', outcome: 'created' }
    })
    const reader = (await answer()).body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toBe('{"line":1,"id":"ada","outcome":"created"}\n')
    goOn()
    expect((await reader?.read())?.value).toBe('{"line":2,"id":"bo","outcome":"created"}\n')
    expect((await reader?.read())?.done).toBe(true)
  })

  it('[HTTP] is an error as everywhere, if there is one before the first line', async () => {
    const { answer } = await importing(async function* () {
      yield await Promise.reject(new Refused('unavailable', 'Try again.'))
    })
    const response = await answer()
    expect([response.status, response.headers.get('content-type')]).toEqual([
      503,
      'application/problem+json; charset=utf-8',
    ])
  })

  it('[HTTP] breaks off, and does not end, if there is one later', async () => {
    const { answer, lines } = await importing(async function* () {
      yield { line: 1, id: 'ada', outcome: 'created' }
      throw new Error('out of order')
    })
    await expect(answer().then(response => response.text())).rejects.toThrow()
    expect(lines.join('')).toContain('out of order')
  })

  it('[HTTP] waits for a slow reader, and stops when the reader goes', async () => {
    let made = 0
    let isStopped = false
    const { answer, abort } = await importing(async function* () {
      try {
        for (;;) yield { line: ++made, id: 'x'.repeat(10_000), outcome: 'created' }
      } finally {
        isStopped = true
      }
    })
    await answer()
    let before = -1
    await until('nothing more is made', async () => {
      const isQuiet = made === before
      before = made
      for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate)
      return isQuiet
    })
    // What sockets hold is a few MB.
    expect(made).toBeLessThan(5_000)
    abort.abort()
    await until('the import stops', () => isStopped)
  })
})
