// The load generator's own parts: what reads wrongly would measure wrongly.

import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { createDecoder } from '../../bench/src/load/decoder.ts'
import { DIALECTS } from '../../bench/src/load/dialects.ts'
import { type Frames, openFrames } from '../../bench/src/load/frames.ts'
import { createHistogram } from '../../bench/src/load/histogram.ts'
import { paceLoad } from '../../bench/src/load/open-loop.ts'
import { mintBenchToken } from '../../bench/src/load/tokens.ts'
import { isValid } from '../../bench/src/peers/token-check.ts'
import { tokenFor } from '../support/tokens.ts'
import { until } from '../support/until.ts'

describe('raw frames', () => {
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  let url = ''

  beforeAll(async () => {
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
    const address = http.address()
    if (!address || typeof address === 'string') throw new Error('The server has no port.')
    url = `http://127.0.0.1:${address.port}`
  })

  afterAll(() => new Promise<void>(resolve => void http.close(() => resolve())))

  const sizes = [0, 1, 125, 126, 65_535, 65_536, 300_000, 2]
  const texts = sizes.map((size, i) => String(i % 10).repeat(size))

  it('come in their sizes and their order, however they were cut on the way', async () => {
    const { peer, frames, received } = await open()
    for (const text of texts) peer.send(text)
    await until('all frames', () => received.length === texts.length)
    expect(received).toEqual(texts)
    frames.destroy()
  })

  it('go out in sizes of a command, and a server reads them', async () => {
    const { peer, frames } = await open()
    const read: string[] = []
    peer.on('message', data => void read.push(String(data)))
    const sent = texts.filter(text => text.length > 0 && text.length <= 65_535)
    for (const text of sent) frames.send(text)
    await until('all frames', () => read.length === sent.length)
    expect(read).toEqual(sent)
    frames.destroy()
  })

  it('answer a ping, and tell when the socket ends', async () => {
    const { peer, frames, ended } = await open()
    const pong = new Promise<string>(resolve => peer.once('pong', data => resolve(String(data))))
    peer.ping('hello')
    expect(await pong).toBe('hello')
    peer.terminate()
    await until('the end', ended)
    frames.destroy()
  })

  async function open() {
    const received: string[] = []
    let isEnded = false
    const connected = new Promise<WebSocket>(resolve => server.once('connection', resolve))
    const frames: Frames = await openFrames(url, '/', 0, {
      onFrame: payload => void received.push(payload.toString()),
      onEnd() {
        isEnded = true
      },
    })
    return { frames, received, peer: await connected, ended: () => isEnded }
  }
})

describe('what watchers read', () => {
  const patch = { representativeId: 'rep-7', revision: 3, note: '12.5' }
  const change = { index: 7, revision: 3, sentAt: 12.5 }

  it.each([
    ['rollcall', `42["presence:changes",${JSON.stringify({ cursor: 'k', presences: [patch] })}]`],
    ['rollcall', `430[{"ok":true,"data":${JSON.stringify({ kind: 'state', presences: [patch] })}}]`],
    ['socket.io', `42["presence:changed",${JSON.stringify(patch)}]`],
    ['socket.io', `430[{"ok":true,"data":${JSON.stringify({ presences: [patch] })}}]`],
    ['ws', JSON.stringify({ changed: [patch] })],
    ['mqtt', JSON.stringify(patch)],
  ] as const)('of %s is the change in its frame', (dialect, frame) => {
    expect(DIALECTS[dialect].read(frame)).toEqual([change])
  })

  it('is decoded once for equal frames, and never mistaken for another of the same length', () => {
    let decoded = 0
    const decode = createDecoder(text => {
      decoded += 1
      return [{ index: Number(text.at(-1)), revision: 1, sentAt: 0 }]
    })
    const frame = (last: number) => Buffer.from(`${'x'.repeat(1_000)}${last}`)
    const read = [1, 2, 1, 2].map(last => decode(frame(last))[0]?.index)
    expect(read).toEqual([1, 2, 1, 2])
    expect(decoded).toBe(2)
  })
})

describe('what is measured', () => {
  it('has quantiles of a tenth of a millisecond', () => {
    const histogram = createHistogram()
    for (let i = 1; i <= 1_000; i++) histogram.add(i / 10)
    expect(histogram.quantile(0.5)).toBe(50)
    expect(histogram.quantile(0.99)).toBe(99)
    expect(createHistogram().quantile(0.5)).toBeNaN()
  })

  it('sends as many as were asked for, and counts from the instant they were due', async () => {
    let sent = 0
    const paced = await paceLoad(1_000, 0.05, async () => {
      sent += 1
    })
    expect(sent).toBe(50)
    expect(paced.commands).toBe(50)
    expect(paced.p50Ms).toBeGreaterThanOrEqual(0)
  })

  it('has a peer that checks tokens as it says', () => {
    expect(isValid(mintBenchToken('rep-1', ['representative']))).toBe(true)
    expect(isValid(tokenFor('rep-1'))).toBe(false)
    expect(isValid('a.b.c')).toBe(false)
    expect(isValid(undefined)).toBe(false)
  })
})
