// A tour of a whole server through every command and every writing route: whatever is stored says why, and who did it.

import { COMMANDS, type CommandName, ROUTES, type RouteName, type RouteSpec } from '@rollcall/shared'
import { io, type Socket } from 'socket.io-client'
import type { FeedEntry } from '../../server/src/storage/storage.ts'
import { createMemoryStorage } from '../support/memory-storage.ts'
import { RULE_IDS } from '../support/rule-ids.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'
import { tokenOf } from '../support/tokens.ts'
import { until } from '../support/until.ts'

const SYSTEM = 'system rollcall'
/** Commands that ask, or that are about the socket alone. */
const ASKING: readonly CommandName[] = [
  'presence:get',
  'presence:options',
  'presence:explain',
  'work:targets',
  'watch',
  'unwatch',
  'token:refresh',
]
const RULES = new Set([...RULE_IDS, ...[1, 2, 3, 4, 5].map(line => `CA2.${line}`)])

const TOKENS = {
  ada: tokenOf({ sub: 'ada', roles: ['representative'] }),
  ben: tokenOf({ sub: 'ben', roles: ['representative'], queues: ['walk-in'] }),
  sue: tokenOf({ sub: 'sue', roles: ['supervisor'], watches: ['*'] }),
  router: tokenOf({ sub: 'router', roles: ['service'] }),
  ivo: tokenOf({ sub: 'ivo', roles: ['administrator'] }),
}
type Who = keyof typeof TOKENS

describe('every entry of the feed', () => {
  const clock = createShiftedClock()
  const storage = createMemoryStorage({ clock })
  const entries: FeedEntry[] = []
  const used = new Set<string>()
  const sockets = new Map<Who, Socket>()
  let server: RunningServer
  let unsubscribe = () => {}

  beforeAll(async () => {
    server = await startServer({ clock, storage })
    unsubscribe = storage.feed.subscribe((_tenant, told) => entries.push(...told))
  })
  afterAll(async () => {
    for (const socket of sockets.values()) socket.close()
    unsubscribe()
    await server.close()
  })

  async function connect(who: Who): Promise<void> {
    sockets.get(who)?.close()
    const signIn = who === 'ada' || who === 'ben'
    const socket = io(server.url, {
      auth: { token: TOKENS[who], signIn },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    })
    sockets.set(who, socket)
    await new Promise((resolve, reject) => {
      socket.once('ready', resolve)
      socket.once('connect_error', reject)
    })
  }

  async function say(who: Who, name: CommandName, payload: object): Promise<unknown> {
    used.add(name)
    const reply = await sockets.get(who)?.timeout(5_000).emitWithAck(name, payload)
    if (!reply?.ok) throw new Error(`${name}: ${JSON.stringify(reply)}`)
    return reply.data
  }

  async function ask(who: Who, name: RouteName, id: string | null, body?: object): Promise<unknown> {
    used.add(name)
    const { method, path }: RouteSpec = ROUTES[name]
    const type = name === 'importRepresentatives' ? 'application/x-ndjson' : 'application/json'
    const response = await fetch(`${server.url}${path.replace('{id}', id ?? '')}`, {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${TOKENS[who]}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${name}: ${response.status} ${text}`)
    return text
  }

  /** What one act stores: all of it says that `actor` did it, and `events` are among what happened. */
  async function step(actor: string, events: readonly string[], act: () => Promise<unknown>): Promise<void> {
    const from = entries.length
    await act()
    const stored = () => entries.slice(from)
    await until(`${events.join(', ')} by ${actor}`, () =>
      events.every(event => stored().some(({ cause }) => cause.event === event)),
    )
    for (const { cause, kind } of stored()) {
      expect({ kind, ...cause }).toMatchObject({ kind, event: expect.stringMatching(/^[a-z-]+$/) })
      expect([cause.event, `${cause.actor.kind} ${cause.actor.id}`]).toEqual([cause.event, actor])
      expect(RULES).toContain(cause.rule)
      expect(Object.keys(cause.inputs)).not.toEqual([])
    }
  }

  it('[EX1, PO2] of the configuration names the administrator, and what was changed', async () => {
    const ivo = 'administrator ivo'
    const changed = ['configuration-changed']
    await step(ivo, changed, () => ask('ivo', 'putQueue', 'billing', { name: 'Billing' }))
    await step(ivo, changed, () => ask('ivo', 'putQueue', 'old', {}))
    await step(ivo, changed, () => ask('ivo', 'deleteQueue', 'old'))
    await step(ivo, changed, () => ask('ivo', 'putCapacityProfile', 'live', { limit: 2 }))
    await step(ivo, changed, () => ask('ivo', 'putCapacityProfile', 'old', {}))
    await step(ivo, changed, () => ask('ivo', 'deleteCapacityProfile', 'old'))
    const chat = { queueId: 'billing', selfAssign: true, cost: { units: 20 }, wrapUp: { seconds: 30 } }
    await step(ivo, changed, () => ask('ivo', 'putWorkstream', 'chat', chat))
    await step(ivo, changed, () => ask('ivo', 'putWorkstream', 'old', {}))
    await step(ivo, changed, () => ask('ivo', 'deleteWorkstream', 'old'))
    const lunch = { id: 'lunch', text: 'Lunch', base: 'away' }
    await step(ivo, changed, () => ask('ivo', 'createStatus', null, lunch))
    await step(ivo, changed, () => ask('ivo', 'createStatus', null, { ...lunch, id: 'old', text: 'Old' }))
    await step(ivo, changed, () => ask('ivo', 'patchStatus', 'lunch', { text: 'Lunch break' }))
    await step(ivo, changed, () => ask('ivo', 'deleteStatus', 'old'))
    const ada = { queues: ['billing'], capacity: { units: 100 } }
    await step(ivo, ['created'], () => ask('ivo', 'putRepresentative', 'ada', ada))
    await step(ivo, ['profile-changed'], () => ask('ivo', 'patchRepresentative', 'ada', { name: 'Ada' }))
    await step(ivo, ['created'], () => ask('ivo', 'importRepresentatives', null, { ...ada, id: 'eve' }))
    await step(ivo, ['removed'], () => ask('ivo', 'deleteRepresentative', 'eve'))
    await step(ivo, changed, async () => {
      await ask('ivo', 'patchPolicy', null, { sessionLimit: 5 })
      await until('ada is judged by it', () => entries.at(-1)?.kind === 'representative')
    })
    await step(ivo, ['revoked'], () =>
      ask('ivo', 'createRevocation', null, { sub: 'mallory', issuedBefore: 1 }),
    )
  })

  it('[EX1, MA5] of a presence names who signed in, chose, reset or cancelled', async () => {
    const [ada, ben, sue, router] = [
      'representative ada',
      'representative ben',
      'supervisor sue',
      'service router',
    ]
    await step(ada, ['signed-in'], () => connect('ada'))
    await step(ben, ['created', 'signed-in'], () => connect('ben'))
    await connect('sue')
    await step(ada, ['presence-chosen'], () => say('ada', 'presence:set', { statusId: 'lunch' }))
    await step(ada, ['presence-reset'], () => say('ada', 'presence:reset', {}))
    await step(sue, ['presence-chosen'], () =>
      say('sue', 'presence:set', { representativeId: 'ada', statusId: 'busy' }),
    )
    const [notice] = storage.representative('default', 'ada')?.notices ?? []
    await step(ada, ['notice-seen'], () => say('ada', 'notice:seen', { id: notice?.id }))
    await step(router, ['presence-chosen'], () =>
      ask('router', 'setPresence', 'ada', { statusId: 'away', forMs: 60_000 }),
    )
    await step(SYSTEM, ['choice-expired'], async () => clock.shift(60_000))
    await step(sue, ['presence-chosen'], () =>
      ask('sue', 'setPresences', null, { representativeIds: ['ada', 'ben'], statusId: 'busy' }),
    )
    await step(sue, ['presence-reset'], () => ask('sue', 'resetPresence', 'ada', {}))
    await step(ada, ['work-accepted'], () =>
      say('ada', 'work:accept', { workItemId: 'w0', workstreamId: 'chat' }),
    )
    const next = { statusId: 'lunch', when: 'after-work' }
    await step(ada, ['presence-queued'], () => say('ada', 'presence:set', next))
    await step(sue, ['next-cancelled'], () => say('sue', 'presence:cancel-next', { representativeId: 'ada' }))
    await step(ada, ['presence-queued'], () => say('ada', 'presence:set', next))
    await step(sue, ['next-cancelled'], () => ask('sue', 'cancelNextPresence', 'ada'))
    await step(ada, ['work-closed'], () => say('ada', 'work:close', { workItemId: 'w0' }))
  })

  it('[EX1, WK1] of work names who reported it, and the clock where nobody did', async () => {
    const [ada, ben, sue, router] = [
      'representative ada',
      'representative ben',
      'supervisor sue',
      'service router',
    ]
    const put = (id: string, state: string) =>
      ask('router', 'putWorkItem', id, { workstreamId: 'chat', representativeId: 'ada', state })
    const report = (name: RouteName, id: string, body = {}) => ask('router', name, id, body)
    await step(router, ['work-offered'], () => put('w1', 'offered'))
    await step(ada, ['work-accepted'], () => say('ada', 'work:accept', { workItemId: 'w1' }))
    await step(ada, ['work-waited'], () => say('ada', 'work:wait', { workItemId: 'w1' }))
    await step(ada, ['work-resumed'], () => say('ada', 'work:resume', { workItemId: 'w1' }))
    await step(ada, ['work-wrapped-up'], () => say('ada', 'work:wrap-up', { workItemId: 'w1' }))
    await step(SYSTEM, ['wrap-up-ended'], async () => clock.shift(30_000))
    await step(router, ['work-closed'], () => report('closeWorkItem', 'w1'))
    await step(router, ['work-offered'], () => put('w2', 'offered'))
    await step(ada, ['work-rejected'], () => say('ada', 'work:reject', { workItemId: 'w2' }))
    await step(router, ['work-offered'], () => put('w3', 'offered'))
    await step(SYSTEM, ['work-missed'], async () => clock.shift(120_000))
    await step(ada, ['presence-reset'], () => say('ada', 'presence:reset', {}))
    await step(router, ['work-offered'], () => put('w3', 'offered'))
    await step(router, ['work-accepted'], () => report('acceptWorkItem', 'w3'))
    await step(router, ['work-waited'], () => report('waitWorkItem', 'w3'))
    await step(router, ['work-resumed'], () => report('resumeWorkItem', 'w3'))
    await step(router, ['work-wrapped-up'], () => report('wrapUpWorkItem', 'w3'))
    await step(router, ['work-resumed'], () => report('resumeWorkItem', 'w3'))
    await step(router, ['work-released'], () => report('releaseWorkItem', 'w3'))
    for (const [name, event] of [
      ['rejectWorkItem', 'work-rejected'],
      ['missWorkItem', 'work-missed'],
      ['withdrawWorkItem', 'work-withdrawn'],
    ] as const) {
      await step(router, ['work-offered'], () => put('w4', 'offered'))
      await step(router, [event], () => report(name, 'w4'))
    }
    await step(sue, ['presence-reset'], () => say('sue', 'presence:reset', { representativeId: 'ada' }))
    await step(router, ['work-assigned'], () => put('w5', 'active'))
    const toBen = { to: { representativeId: 'ben' } }
    await step(sue, ['work-transferred'], () => ask('sue', 'transferWorkItem', 'w5', toBen))
    await step(ben, ['work-transferred'], () =>
      say('ben', 'work:transfer', { workItemId: 'w5', to: { queueId: 'billing' } }),
    )
  })

  it('[EX1, DI8, DI4] of a sign-out names her, and of the end of the window the clock', async () => {
    await step('representative ada', ['signed-out'], () => say('ada', 'sign-out', {}))
    await step(SYSTEM, ['disconnected'], async () => sockets.get('ben')?.close())
    await step(SYSTEM, ['restore-window-ended'], async () => clock.shift(150_001))
    await step(SYSTEM, ['time-passed'], async () => clock.shift(24 * 60 * 60 * 1_000))
  })

  it('[EX1] the tour left nothing out', () => {
    const writing = (Object.entries(ROUTES) as [string, RouteSpec][])
      .filter(([, { method, development }]) => method !== 'get' && !development)
      .map(([name]) => name)
    const commands = Object.keys(COMMANDS).filter(name => !ASKING.some(asking => asking === name))
    expect([...writing, ...commands].filter(name => !used.has(name))).toEqual([])
  })
})
