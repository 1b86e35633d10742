import { WebSocket } from 'ws'
import { type GatewayWorld, startWorld, type TestClient } from '../support/gateway.ts'
import { tokenOf } from '../support/tokens.ts'
import { until } from '../support/until.ts'

let world: GatewayWorld
let ada: TestClient
let token: string

beforeEach(async () => {
  world = await startWorld()
  token = tokenOf({ sub: 'ada', roles: ['representative'] })
  ada = world.open({ token, signIn: true })
  await ada.ready()
})
afterEach(() => world.close())

describe('invalid-message names the field, and nothing changes', () => {
  let deep: object = {}
  for (let level = 0; level < 100; level += 1) deep = { deep }
  const proto = JSON.parse('{"statusId":"away","__proto__":{"roles":["supervisor"]}}')
  const inner = JSON.parse('{"workItemId":"w1","workstreamId":"default","attributes":{"__proto__":{"x":1}}}')

  it.each<[string, string, unknown, string]>([
    ['a wrong type', 'presence:set', { statusId: 5 }, 'statusId'],
    ['a missing field', 'presence:set', {}, 'statusId'],
    ['an unknown field', 'presence:set', { statusId: 'away', colour: 'red' }, 'colour'],
    ['a value out of bounds', 'presence:set', { statusId: 'away', forMs: 1 }, 'forMs'],
    ['a fraction', 'presence:set', { statusId: 'away', forMs: 1_000.5 }, 'forMs'],
    ['an unknown word', 'presence:set', { statusId: 'away', when: 'later' }, 'when'],
    ['a long note', 'presence:set', { statusId: 'away', note: 'x'.repeat(201) }, 'note'],
    ['an id that is none', 'presence:set', { statusId: '..' }, 'statusId'],
    ['a huge id', 'presence:set', { statusId: 'x'.repeat(10_000) }, 'statusId'],
    ['a null', 'presence:set', null, ''],
    ['a list', 'presence:set', ['away'], ''],
    ['a text', 'presence:set', 'away', ''],
    ['a prototype', 'presence:set', proto, '__proto__'],
    ['a prototype inside', 'work:accept', inner, 'attributes.__proto__'],
    [
      'deep nesting',
      'work:accept',
      { workItemId: 'w1', workstreamId: 'default', attributes: deep },
      'attributes',
    ],
    [
      'large attributes',
      'work:accept',
      { workItemId: 'w1', attributes: { a: 'x'.repeat(2_100) } },
      'attributes',
    ],
    ['two targets', 'work:transfer', { workItemId: 'w1', to: { representativeId: 'a', queueId: 'b' } }, 'to'],
    ['a binary field', 'presence:set', { statusId: 'away', note: Buffer.from('hello') }, 'note'],
    ['an unknown event', 'presence:destroy', {}, 'event'],
    ['an event named like a method', 'constructor', {}, 'event'],
    ['an event named like an error', 'error', {}, 'event'],
  ])('[BAD] %s', async (_what, name, payload, field) => {
    const reply = await ada.socket.timeout(5_000).emitWithAck(name, payload)
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-message', retry: false } })
    expect(reply.error.details.field.startsWith(field)).toBe(true)
    expect(await ada.done('presence:get', {})).toMatchObject({ statusId: 'available', revision: 1, work: [] })
    expect(await world.metrics.registry.metrics()).toMatch(
      /rollcall_refusals_total\{transport="socket",code="invalid-message"\} [1-9]/,
    )
  })

  it.each([
    ['no payload', []],
    ['two payloads', [{}, {}]],
  ])('[BAD] %s', async (_what, payloads) => {
    const reply = await ada.socket.timeout(5_000).emitWithAck('presence:get', ...payloads)
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-message' } })
  })

  it('[BAD] an unknown event without an acknowledgement is counted, under no made-up name', async () => {
    ada.socket.emit('made-up', {})
    await ada.done('presence:get', {})
    const metrics = await world.metrics.registry.metrics()
    expect(metrics).toContain('command="unknown",outcome="invalid-message"} 1')
    expect(metrics).not.toContain('made-up')
  })
})

describe('roles and reach', () => {
  it.each<[string, string, object]>([
    ['a representative watches', 'watch', { queues: '*' }],
    ['a representative ends a watch', 'unwatch', {}],
  ])('[SU1] %s', async (_what, name, payload) => {
    expect(await ada.socket.timeout(5_000).emitWithAck(name, payload)).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { needed: { roles: ['supervisor', 'service'] } } },
    })
  })

  it('[WK4] somebody else cannot be changed by a representative', async () => {
    const bo = world.open({ token: tokenOf({ sub: 'bo', roles: ['representative'] }), signIn: true })
    await bo.ready()
    expect(await ada.send('presence:set', { representativeId: 'bo', statusId: 'away' })).toMatchObject({
      error: { code: 'forbidden' },
    })
    expect(await bo.done('presence:get', {})).toMatchObject({ statusId: 'available' })
  })

  it('[SU1] ids of another tenant do not exist, and its changes are not heard', async () => {
    const supervisor = { sub: 'sue', roles: ['supervisor'], watches: ['*'], tenant: 'other' } as const
    const sue = world.open({ token: tokenOf({ ...supervisor, roles: ['supervisor'] }) })
    await sue.ready()
    expect(await sue.done('watch', { queues: '*' })).toMatchObject({ presences: [] })
    expect(await sue.send('presence:set', { representativeId: 'ada', statusId: 'away' })).toMatchObject({
      error: { code: 'representative-unknown' },
    })
    await ada.done('presence:set', { statusId: 'away' })
    await sue.done('unwatch', {})
    expect(sue.all('presence:changes')).toEqual([])
  })

  it('[MA5] a supervisor who says not whom', async () => {
    const sue = world.open({ token: tokenOf({ sub: 'sue', roles: ['supervisor'], watches: ['*'] }) })
    await sue.ready()
    expect(await sue.send('presence:set', { statusId: 'away' })).toMatchObject({
      error: { code: 'invalid-message', details: { field: 'representativeId' } },
    })
  })
})

describe('frames that are no messages close the socket', () => {
  it.each<[string, string | Buffer]>([
    ['a frame larger than 16 KiB', `42["presence:set",{"statusId":"${'x'.repeat(20_000)}"}]`],
    ['a binary frame', Buffer.from([4, 1, 2, 3])],
    ['broken JSON', '42["presence:set",{'],
    ['an unknown packet', '49'],
    ['too many attachments', '451000-["presence:set",{}]'],
    ['a heartbeat of the wrong direction', '2'],
  ])('[BAD] %s', async (_what, frame) => {
    const raw = await rawClient(world.port, token)
    raw.send(frame)
    await until('the server to close it', () => raw.readyState === WebSocket.CLOSED)
    expect(await ada.done('presence:get', {})).toMatchObject({ statusId: 'available' })
    await until(
      'its connection to be gone',
      () => world.app.replica.view('default', 'ada')?.connections === 1,
    )
  })

  it('[BAD] an event that is no text is refused, not served', async () => {
    const raw = await rawClient(world.port, token)
    const answers: string[] = []
    raw.on('message', data => answers.push(String(data)))
    raw.send('421[5,{}]')
    await until('the answer', () =>
      answers.some(answer => answer.startsWith('431') && answer.includes('invalid-message')),
    )
    raw.close()
  })

  it('[BAD] another namespace does not exist', async () => {
    const raw = new WebSocket(`ws://127.0.0.1:${world.port}/socket.io/?EIO=4&transport=websocket`)
    const answers: string[] = []
    raw.on('message', data => answers.push(String(data)))
    await until('the greeting', () => answers.length > 0)
    raw.send(`40/admin,${JSON.stringify({ token })}`)
    await until('the refusal', () => answers.some(answer => answer.startsWith('44/admin')))
    raw.close()
  })

  it('[BAD] polling is not served', async () => {
    const answer = await fetch(`${world.url}/socket.io/?EIO=4&transport=polling`)
    expect(answer.status).toBe(400)
  })
})

describe('floods', () => {
  beforeEach(async () => {
    await world.close()
    world = await startWorld({ limits: 'on' })
    ada = world.open({ token: tokenOf({ sub: 'ada', roles: ['representative'] }), signIn: true })
    await ada.ready()
  })

  it('[LIMITS] whoever sends too fast is told to wait', async () => {
    const replies = await Promise.all(Array.from({ length: 130 }, () => ada.send('presence:get', {})))
    const refused = replies.filter(reply => !reply.ok)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]).toMatchObject({
      error: { code: 'too-many-requests', retry: true, details: { retryAfterMs: expect.any(Number) } },
    })
    expect(replies[0]?.ok).toBe(true)
  })

  it('[LIMITS] whoever goes on is closed, and the next connection is served', async () => {
    for (let frame = 0; frame < 1_000; frame += 1) ada.socket.emit('presence:get', {})
    expect(await ada.message('bye')).toMatchObject({ code: 'too-many-requests' })
    await ada.closed()
    const again = world.open({ token: tokenOf({ sub: 'ada', roles: ['representative'] }), signIn: true })
    await again.ready()
    expect(await again.send('presence:get', {})).toMatchObject({ ok: true })
  })
})

/** Speaks Engine.IO by hand, and is signed in when this resolves. */
async function rawClient(port: number, bearer: string): Promise<WebSocket> {
  const raw = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`)
  const frames: string[] = []
  raw.on('message', data => frames.push(String(data)))
  raw.on('error', () => {})
  await until('the transport', () => frames.length > 0)
  raw.send(`40${JSON.stringify({ token: bearer, signIn: true })}`)
  await until('ready', () => frames.some(frame => frame.startsWith('42["ready"')))
  return raw
}
