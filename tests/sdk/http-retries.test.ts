import { createHttpClient, type HttpClientOptions } from '../../client-sdk/src/http.ts'
import { createClientClock } from '../support/client-clock.ts'
import { failure } from '../support/client-world.ts'
import { TOKENS } from '../support/http-bench.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

type Network = (about: { readonly request: Request; send(): Promise<Response> }) => Promise<Response>

describe('the HTTP client over a network that loses and refuses', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  /** A client behind a network; its clock stands until it is moved. */
  const behind = (network: Network, options: Partial<HttpClientOptions> = {}) => {
    const clock = createClientClock()
    const keys: (string | null)[] = []
    const fetched = (request: Request) => {
      keys.push(request.headers.get('idempotency-key'))
      return network({ request, send: () => fetch(request) })
    }
    const base = { url: server.url, token: TOKENS.administrator, random: () => 0, clock }
    const http = createHttpClient({ ...base, fetch: fetched, ...options })
    /** Lets the pauses between the tries go by. */
    const settled = async <Value>(call: Promise<Value>): Promise<Value> => {
      let over = false
      const done = () => {
        over = true
      }
      call.then(done, done)
      await until('it is settled', () => {
        if (!over) clock.advance(100)
        return over
      })
      expect(clock.pending()).toBe(0)
      return call
    }
    return { http, clock, keys, settled }
  }
  const problem = (code: string, retry: boolean, details?: object) =>
    new Response(JSON.stringify({ code, detail: `refused: ${code}`, retry, details }), { status: 503 })

  it('[HTTP] a token that never comes holds up nobody longer than the time or the signal', async () => {
    let asked = 0
    const getToken = () => (++asked === 3 ? TOKENS.administrator : new Promise<string>(() => {}))
    const { http, settled } = behind(({ send }) => send(), { getToken, timeoutMs: 500 })
    expect(await failure(settled(http.getMe()))).toMatchObject({ code: 'timed-out' })
    const end = new AbortController()
    const waiting = http.getMe({ signal: end.signal })
    end.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    expect(await http.getMe()).toMatchObject({ tenant: 'default' })
  })

  it('[HTTP] a change whose answer is lost is sent again under the same key, and takes effect once', async () => {
    let losses = 2
    const { http, keys, settled } = behind(async ({ send }) => {
      const response = await send()
      if (losses-- > 0) throw new TypeError('fetch failed')
      return response
    })
    const body = { id: 'lunch', text: 'Lunch', base: 'away' } as const
    expect(await settled(http.request('createStatus', { body }))).toMatchObject({
      status: 201,
      data: { id: 'lunch' },
    })
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(await failure(http.createStatus({ body }))).toMatchObject({ code: 'in-use' })
    expect(new Set(keys).size).toBe(2)
  })

  it('[HTTP] the key may be the caller’s own, so that a restarted service repeats nothing', async () => {
    const { http, keys } = behind(({ send }) => send())
    const call = { body: { id: 'tea', text: 'Tea', base: 'away' }, idempotencyKey: 'shift-7-tea' } as const
    const first = await http.createStatus(call)
    expect(await http.createStatus(call)).toEqual(first)
    expect(keys).toEqual(['shift-7-tea', 'shift-7-tea'])
  })

  it('[HTTP] what the server could not take now is tried again when it says, what it refuses is not', async () => {
    let refusals = 2
    const { http, keys, clock, settled } = behind(async ({ send }) =>
      refusals-- > 0 ? problem('too-many-requests', true, { retryAfterMs: 1_500 }) : send(),
    )
    const began = clock.elapsed()
    await settled(http.putQueue({ id: 'mail', body: {} }))
    expect(clock.elapsed() - began).toBeGreaterThanOrEqual(3_000)
    expect(keys).toHaveLength(3)
    expect(await failure(http.getQueue({ id: 'nowhere' }))).toMatchObject({ code: 'not-found' })
    expect(keys).toHaveLength(4)
    expect(keys[3]).toBeNull()
  })

  it('[HTTP] gives up when its time is over, or would be before the next try', async () => {
    const { http, keys, settled } = behind(async () => problem('unavailable', true))
    const refused = failure(settled(http.getPolicy()))
    expect(await refused).toMatchObject({ code: 'unavailable', retry: true, message: 'refused: unavailable' })
    expect(keys.length).toBeGreaterThan(10)
    const late = behind(async () => problem('too-many-requests', true, { retryAfterMs: 10_000 }))
    expect(await failure(late.http.getPolicy())).toMatchObject({ code: 'too-many-requests' })
    expect(late.keys).toHaveLength(1)
  })

  it('[HTTP] says that a change may have been applied when no answer came in time', async () => {
    const { http, settled } = behind(
      ({ request: { signal } }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    )
    const change = await failure(settled(http.putQueue({ id: 'mail', body: {} })))
    expect(change).toMatchObject({ code: 'timed-out', retry: false })
    expect(change.message).toMatch(/^PUT .* nothing came for \d+ ms.*may have been applied/)
    expect((await failure(settled(http.getPolicy()))).message).not.toContain('applied')
  })

  it('[HTTP] ends at once with the signal of its caller, while it is sent and while it waits', async () => {
    const { http, clock } = behind(async () => problem('unavailable', true))
    const waiting = new AbortController()
    const call = http.getPolicy({ signal: waiting.signal })
    await until('it waits for the next try', () => clock.pending() === 1)
    waiting.abort(new Error('closing'))
    await expect(call).rejects.toThrow('closing')
    expect(clock.pending()).toBe(0)
    const direct = behind(({ send }) => send())
    await expect(direct.http.getPolicy({ signal: AbortSignal.abort(new Error('shut')) })).rejects.toThrow(
      'shut',
    )
    expect(direct.clock.pending()).toBe(0)
  })

  it('[HTTP] asks for a token once, and for another when it is no longer accepted', async () => {
    let asked = 0
    const getToken = () => (++asked === 1 ? 'not.a.token' : TOKENS.administrator)
    const { http } = behind(({ send }) => send(), { getToken })
    await Promise.all([http.getPolicy(), http.getMe()])
    await http.getPolicy()
    expect(asked).toBe(2)
    const wrong = behind(({ send }) => send(), { getToken: async () => 'not.a.token' })
    expect(await failure(wrong.http.getPolicy())).toMatchObject({ code: 'unauthenticated' })
    expect(wrong.keys).toHaveLength(2)
    const fixed = behind(({ send }) => send(), { token: 'not.a.token' })
    expect(await failure(fixed.http.getPolicy())).toMatchObject({ code: 'unauthenticated' })
    expect(fixed.keys).toHaveLength(1)
  })

  it('[HTTP] a token that cannot be had rejects with its own error, and is asked for again the next time', async () => {
    let asked = 0
    const getToken = () => (++asked === 1 ? Promise.reject(new Error('no network')) : TOKENS.administrator)
    const { http } = behind(({ send }) => send(), { getToken })
    await expect(http.getPolicy()).rejects.toThrow('no network')
    await http.getPolicy()
    expect(asked).toBe(2)
  })

  it('[HTTP] what is no request is told at once, and is not taken for a network that fails', async () => {
    const { http, keys } = behind(({ send }) => send(), { url: 'presence.example.com' })
    await expect(http.getPolicy()).rejects.toMatchObject({ name: 'TypeError' })
    expect(keys).toEqual([])
  })

  it.each([
    [502, 'unavailable', true],
    [504, 'unavailable', true],
    [404, 'internal', false],
    [200, 'internal', false],
  ])('[HTTP] an answer %i of something else on the way is %s', async (status, code, retry) => {
    const { http } = behind(async () => new Response('<html>Gateway</html>', { status }), { timeoutMs: 300 })
    expect(await failure(http.getPolicy())).toMatchObject({ code, retry, details: { status } })
  })
})
