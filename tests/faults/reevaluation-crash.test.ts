// kill -9 while 10,000 are judged by a changed configuration: afterwards each is as the rules say, by one change alone.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PresencePatch, PresenceView } from '@rollcall/shared'
import { io, type Socket } from 'socket.io-client'
import { decodeCursor } from '../../server/src/app/feed-cursor.ts'
import { CHAT_PROFILE, fillStore, idOf, KINDS, type Kind, kindOf } from '../support/filled-store.ts'
import { httpClient } from '../support/http.ts'
import { type ServerProcess, startServerProcess, tokenFor } from '../support/server-process.ts'
import { until } from '../support/until.ts'

const PEOPLE = 10_000
const BEFORE_THE_KILL = 2_000
/** Of those who work, the first: they are back at their desks when it begins, and among the first to be judged. */
const AT_THEIR_DESKS = Array.from({ length: 20 }, (_, place) => idOf(KINDS.length * place + 1))
/** The limit of everybody's profile is lowered to what a chat takes, and it blocks. */
const CHANGED = { ...CHAT_PROFILE, limit: 1, blocking: true }

let server: ServerProcess
const sockets: Socket[] = []

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  await fillStore(directory, PEOPLE)
  server = await startServerProcess({ directory })
}, 60_000)
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await server.remove()
})

it('[PO1] a policy change that touches 10,000 representatives is re-evaluated, also with a kill -9 in the middle', async () => {
  await Promise.all(AT_THEIR_DESKS.map(id => signIn(id)))
  const before = await everybody()
  expect([...before.values()].map(({ capacity }) => capacity.profiles['chat']?.limit)).toEqual(
    Array.from({ length: PEOPLE }, () => 2),
  )
  const told = new Map<string, PresencePatch>()
  await watch(patches => {
    for (const patch of patches) {
      if (patch.capacity?.profiles['chat']?.limit === 1) told.set(patch.representativeId, patch)
    }
  })

  const administrator = httpClient(server.url, tokenFor('root', { roles: ['administrator'] }))
  await administrator.put('/v1/capacity-profiles/chat', CHANGED)
  await until('many are judged', () => told.size >= BEFORE_THE_KILL, 15_000)
  server = await server.crashAndRestart()
  expect(AT_THEIR_DESKS.map(id => told.get(id)?.statusId)).toEqual(AT_THEIR_DESKS.map(() => 'do-not-disturb'))

  const after = await until('everybody is judged', judged, 15_000)
  expect([...after.values()].map(essence)).toEqual(
    Array.from({ length: PEOPLE }, (_, number) => expected(kindOf(number))),
  )
  // By one change each, and those at their desks lost their connections to the crash besides.
  const raised = [...after.values()].map(
    ({ representativeId: id, revision }) => revision - revisionOf(before, id),
  )
  expect(raised).toEqual(
    Array.from({ length: PEOPLE }, (_, number) => (AT_THEIR_DESKS.includes(idOf(number)) ? 2 : 1)),
  )
  // What the second process stored is numbered without a gap: who was left, and the lost connections.
  const left = (await lastOfTheFeed()) - AT_THEIR_DESKS.length
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThanOrEqual(PEOPLE - told.size)

  const back = await Promise.all([9_000, 9_001, 9_002, 9_003].map(number => signIn(idOf(number))))
  expect(back.map(({ statusId, origin }) => `${statusId} ${origin}`)).toEqual([
    'available default',
    'do-not-disturb capacity',
    'away representative',
    'do-not-disturb capacity',
  ])
}, 40_000)

/** By CA2.2 (one of one, and it blocks), MA3 (a chosen Away stays) and DI3 (an absence shows Offline). */
function expected(kind: Kind) {
  const chat = { limit: 1, used: kind === 'idle' ? 0 : 1, reserved: 0, blocking: true }
  const behind = { idle: null, assigned: null, working: 'do-not-disturb', lunching: 'away' }[kind]
  return { statusId: 'offline', behind, chat }
}

function essence({ statusId, behind, capacity }: PresenceView) {
  return { statusId, behind: behind?.statusId ?? null, chat: capacity.profiles['chat'] }
}

function open(sub: string, auth: { token: string; signIn?: boolean }): Promise<[Socket, PresenceView]> {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, auth })
  sockets.push(socket)
  return new Promise((resolve, reject) => {
    socket.once('ready', ({ presence }) => resolve([socket, presence]))
    socket.once('connect_error', error => reject(new Error(`${sub}: ${error.message}`)))
  })
}

async function signIn(id: string): Promise<PresenceView> {
  const [, presence] = await open(id, { token: tokenFor(id), signIn: true })
  return presence
}

const supervising = () => open('sue', { token: tokenFor('sue', { roles: ['supervisor'], watches: ['*'] }) })

async function watch(listener: (patches: readonly PresencePatch[]) => void): Promise<void> {
  const [socket] = await supervising()
  socket.on('presence:changes', ({ presences }) => listener(presences))
  await socket.emitWithAck('watch', { queues: '*' })
}

/** The number of its last entry: the cursor of a state that is whole at once, since nobody is in it. */
async function lastOfTheFeed(): Promise<number> {
  const [socket] = await supervising()
  const { data } = await socket.emitWithAck('watch', { queues: [] })
  return decodeCursor(data.cursor)?.position.seq ?? Number.NaN
}

/** null: somebody is still shown by the old limit. */
async function judged(): Promise<ReadonlyMap<string, PresenceView> | null> {
  const views = await everybody()
  return [...views.values()].every(({ capacity }) => capacity.profiles['chat']?.limit === 1) ? views : null
}

async function everybody(): Promise<ReadonlyMap<string, PresenceView>> {
  const service = httpClient(server.url, tokenFor('router', { roles: ['service'] }))
  const views: PresenceView[] = []
  let cursor = ''
  do {
    const { body } = await service.get<{ items: PresenceView[]; next: string | null }>(
      `/v1/presences?limit=500${cursor}`,
    )
    views.push(...body.items)
    cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`
  } while (cursor !== '')
  const sorted = views.sort((one, other) => (one.representativeId < other.representativeId ? -1 : 1))
  return new Map(sorted.map(view => [view.representativeId, view]))
}

function revisionOf(views: ReadonlyMap<string, PresenceView>, id: string): number {
  return views.get(id)?.revision ?? Number.NaN
}
