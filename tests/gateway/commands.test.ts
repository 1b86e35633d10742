import { COMMANDS, type CommandName } from '@rollcall/shared'
import { type GatewayWorld, startWorld, type TestClient } from '../support/gateway.ts'
import { tokenOf } from '../support/tokens.ts'

const adaToken = () => tokenOf({ sub: 'ada', roles: ['representative'], queues: ['billing'], name: 'Ada' })

let world: GatewayWorld
let ada: TestClient
let sue: TestClient

beforeEach(async () => {
  world = await startWorld()
  ada = world.open({ token: adaToken(), signIn: true })
  sue = world.open({ token: tokenOf({ sub: 'sue', roles: ['supervisor'], watches: ['*'] }) })
  await Promise.all([ada.ready(), sue.ready()])
})
afterEach(() => world.close())

describe('every command answers in its documented shape', () => {
  const byAda: [CommandName, object][] = [
    ['presence:get', {}],
    ['presence:options', {}],
    ['presence:set', { statusId: 'away', note: 'Lunch', forMs: 60_000, when: 'now' }],
    ['presence:reset', {}],
    ['presence:cancel-next', {}],
    ['presence:explain', {}],
    ['work:accept', { workItemId: 'w1', workstreamId: 'default', attributes: { title: 'Hello' } }],
    ['work:wait', { workItemId: 'w1' }],
    ['work:resume', { workItemId: 'w1' }],
    ['work:targets', { workItemId: 'w1' }],
    ['work:wrap-up', { workItemId: 'w1' }],
    ['work:close', { workItemId: 'w1' }],
    ['token:refresh', { token: adaToken() }],
    ['sign-out', {}],
  ]
  it('[WK1] as a representative', async () => {
    for (const [name, payload] of byAda) {
      const reply = await ada.send(name, payload)
      expect([name, reply.ok]).toEqual([name, true])
      if (reply.ok) expect([name, COMMANDS[name].data.safeParse(reply.data).error]).toEqual([name, undefined])
    }
  })

  it('[SU7] as a supervisor', async () => {
    const about: [CommandName, object][] = [
      ['presence:options', { representativeId: 'ada' }],
      ['presence:set', { representativeId: 'ada', statusId: 'away' }],
      ['presence:reset', { representativeId: 'ada' }],
      ['presence:cancel-next', { representativeId: 'ada' }],
      ['presence:explain', { representativeId: 'ada' }],
      ['watch', { queues: '*' }],
      ['watch', { queues: ['billing'] }],
      ['unwatch', {}],
    ]
    for (const [name, payload] of about) {
      const reply = await sue.send(name, payload)
      expect([name, reply.ok]).toEqual([name, true])
      if (reply.ok) expect([name, COMMANDS[name].data.safeParse(reply.data).error]).toEqual([name, undefined])
    }
  })
})

it('[MA5] everybody sees what a supervisor chose, and she is told who', async () => {
  await sue.done('presence:set', { representativeId: 'ada', statusId: 'away' })
  const self = await ada.message('presence:self', view => view.statusId === 'away')
  expect(self).toMatchObject({ origin: 'supervisor', by: { kind: 'supervisor', id: 'sue' } })
  expect(await ada.message('presence:notice')).toMatchObject({ kind: 'changed-by', by: { id: 'sue' } })
})

it('[EX2, SU1] she and her supervisor can ask why, and nobody else', async () => {
  await sue.done('presence:set', { representativeId: 'ada', statusId: 'away' })
  const asked = await ada.done('presence:explain', {})
  expect(await sue.done('presence:explain', { representativeId: 'ada' })).toEqual(asked)
  expect(asked.overrides).toMatchObject([
    { statusId: 'available', rule: 'CA2.5', how: 'covered' },
    { statusId: 'available', rule: 'SI2', how: 'replaced' },
  ])
  expect(asked.steps.find(step => step.matched)).toMatchObject({ rule: 'MA5', inputs: { by: { id: 'sue' } } })
  const bo = world.open({ token: tokenOf({ sub: 'bo', roles: ['representative'] }), signIn: true })
  await bo.ready()
  expect(await bo.send('presence:explain', { representativeId: 'ada' })).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  })
})

it('[NO7] a notice that was seen is gone from every tab', async () => {
  await sue.done('presence:set', { representativeId: 'ada', statusId: 'away' })
  const { id } = await ada.message('presence:notice')
  expect(await ada.done('notice:seen', { id })).toBeNull()
  await ada.message('presence:self', view => view.notices.length === 0 && view.statusId === 'away')
})

it('[WK1] a second tab sees what the first one did', async () => {
  const second = world.open({ token: adaToken(), signIn: true })
  await second.ready()
  await ada.done('work:accept', { workItemId: 'w1', workstreamId: 'default' })
  const self = await second.message('presence:self', view => view.work.length === 1)
  expect(self).toMatchObject({ statusId: 'busy', work: [{ workItemId: 'w1', state: 'active' }] })
  expect(await second.done('work:accept', { workItemId: 'w1', workstreamId: 'default' })).toMatchObject({
    statusId: 'busy',
  })
})

it('[TR1] a transfer by its holder', async () => {
  const bo = world.open({
    token: tokenOf({ sub: 'bo', roles: ['representative'], queues: ['billing'] }),
    signIn: true,
  })
  await bo.ready()
  await ada.done('work:accept', { workItemId: 'w1', workstreamId: 'default' })
  const view = await ada.done('work:transfer', { workItemId: 'w1', to: { representativeId: 'bo' } })
  expect(view).toMatchObject({ representativeId: 'ada', work: [] })
  await bo.message('presence:self', self => self.work[0]?.workItemId === 'w1')
})

describe('what may come twice', () => {
  it('[WK3] the same commandId changes nothing the second time, and answers as the first', async () => {
    const command = { statusId: 'away', commandId: 'c1' }
    const first = await ada.done('presence:set', command)
    await ada.done('presence:reset', {})
    const again = await ada.done('presence:set', command)
    expect(again).toMatchObject({ outcome: first.outcome, presence: { statusId: 'available' } })
  })

  it('[WK3] the same commandId with another body is refused', async () => {
    await ada.done('presence:set', { statusId: 'away', commandId: 'c1' })
    expect(await ada.send('presence:set', { statusId: 'busy', commandId: 'c1' })).toMatchObject({
      error: { code: 'key-reused' },
    })
    expect(await ada.send('presence:reset', { commandId: 'c1' })).toMatchObject({
      error: { code: 'key-reused' },
    })
  })

  it('[DI9] the same command over a new connection is still the same', async () => {
    const { connectionId } = await ada.ready()
    await ada.done('presence:set', { statusId: 'away', commandId: 'c1', connectionId })
    const second = world.open({ token: adaToken(), signIn: true })
    const again = await second.ready()
    const reply = await second.done('presence:set', {
      commandId: 'c1',
      connectionId: again.connectionId,
      statusId: 'away',
    })
    expect(reply.outcome).toBe('updated')
  })

  it('[DI9] a command that was meant for another connection is stale', async () => {
    const { connectionId } = await sue.ready()
    expect(await ada.send('presence:set', { statusId: 'away', connectionId })).toMatchObject({
      ok: false,
      error: { code: 'stale-command', retry: false },
    })
    expect(await ada.done('presence:get', {})).toMatchObject({ statusId: 'available' })
  })
})

it('[WK1] one socket is served in order, whatever a command takes', async () => {
  const order: string[] = []
  const note = (what: string) => () => order.push(what)
  await Promise.all([
    ada.send('work:accept', { workItemId: 'w1', workstreamId: 'default' }).then(note('accept')),
    ada.send('presence:get', {}).then(reply => order.push(reply.ok ? reply.data.statusId : 'refused')),
    ada.send('work:close', { workItemId: 'w1' }).then(note('close')),
    ada.send('presence:get', {}).then(reply => order.push(reply.ok ? reply.data.statusId : 'refused')),
  ])
  expect(order).toEqual(['accept', 'busy', 'close', 'available'])
})

it('[WK1] a command without an acknowledgement is carried out all the same', async () => {
  ada.socket.emit('presence:set', { statusId: 'away' })
  await ada.message('presence:self', view => view.statusId === 'away')
})

it('[LIMITS] the thirty-first change of presence in a minute is too many', async () => {
  await world.close()
  world = await startWorld({ limits: 'on' })
  const client = world.open({ token: adaToken(), signIn: true })
  await client.ready()
  for (let turn = 0; turn < 30; turn += 1) {
    await client.done('presence:set', { statusId: turn % 2 ? 'away' : 'busy' })
  }
  expect(await client.send('presence:set', { statusId: 'away' })).toMatchObject({
    error: { code: 'too-many-requests', retry: true, details: { retryAfterMs: expect.any(Number) } },
  })
  expect(await client.send('presence:get', {})).toMatchObject({ ok: true })
})

it('[LIMITS] the sixty-first watch of everybody in a minute is too many; a queue can still be watched', async () => {
  await world.close()
  world = await startWorld({ limits: 'on' })
  const boss = world.open({ token: tokenOf({ sub: 'sue', roles: ['supervisor'], watches: ['*'] }) })
  await boss.ready()
  for (let turn = 0; turn < 60; turn += 1) await boss.done('watch', { queues: '*' })
  expect(await boss.send('watch', { queues: '*' })).toMatchObject({ error: { code: 'too-many-requests' } })
  expect(await boss.send('watch', { queues: ['default'] })).toMatchObject({ ok: true })
})
