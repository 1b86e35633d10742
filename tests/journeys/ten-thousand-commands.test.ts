// Ten thousand random commands over fifty representatives, through real sockets and HTTP, against the naive oracle of
// the rules. Time stands still but for the test's jumps to, before and after what falls due. After each round, and at
// the end with the store and with a supervisor's picture, the server must say what the oracle says.
// By hand: COMMANDS sets how many, SEED repeats a run.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSupervisor } from '@rollcall/client'
import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import { openEmbeddedStorage } from '../../server/src/storage/embedded/open-embedded-storage.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { httpClient } from '../support/http.ts'
import { createOracle } from '../support/oracle.ts'
import { coreView } from '../support/oracle-core-view.ts'
import { createCoverage, type Mark } from '../support/oracle-marks.ts'
import { product } from '../support/oracle-product.ts'
import { drawGap } from '../support/oracle-steps.ts'
import { createRandom } from '../support/random.ts'
import { type Command, createCommands } from '../support/served-commands.ts'
import { configure, SERVED, somePeople } from '../support/served-floor.ts'
import { served, servedItem, told, toldItem } from '../support/served-view.ts'
import { startServer } from '../support/server.ts'
import { createStandingClock } from '../support/standing-clock.ts'
import { tokenFor } from '../support/tokens.ts'
import { until } from '../support/until.ts'

const COMMANDS = Number(process.env['COMMANDS'] ?? 10_000)
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const PEOPLE = 50
const ITEMS = 120
const IN_FLIGHT = 20
const MONTH_S = 30 * 86_400
/** What ten thousand commands must have met, or they prove little. */
const MET: readonly Mark[] = [
  'CA2.4 busy',
  'CA4 work ends a choice',
  'CA5 new limits end what is passing',
  'CA6 a reset',
  'CA8 a time is over',
  'DI4 signed out',
  'MA6 expired',
  'MA7 applied',
  'NO2 missed',
  'NO3 rejected',
  'NO8 withdrawn from somebody absent',
  'NO8 withdrawn at a sign-out',
  'NO10 withdrawn by a choice',
  'RO7 no room',
  'SE2 taken, and held',
  'SE3 below the limit',
  'SI1 default',
  'SI1 with work',
  'TR1 to a colleague',
  'TR4 accepted',
  'TR4 declined',
  'WK3 reopened',
  'WK7 left lying',
  'WK8 stale',
  'WK9 picked',
]

it(`[WK1 WK3 SU2 EX1 DI10] a server and the oracle agree through ${COMMANDS} commands (seed ${SEED})`, async () => {
  const random = createRandom(SEED)
  const startedAt = Date.now()
  const clock = createStandingClock(startedAt)
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-commands-'))
  const settings = { clock, log: createLog('silent'), initialConfiguration: builtInConfiguration() }
  const storage = await openEmbeddedStorage(directory, settings)
  const server = await startServer({ clock, storage })
  const people = somePeople(PEOPLE, random)
  const coverage = createCoverage()
  const oracle = createOracle(SERVED, people, startedAt, coverage)
  const token = (sub: string, role?: 'supervisor' | 'service' | 'administrator') =>
    tokenFor(sub, {
      expiresInSeconds: MONTH_S,
      ...(role ? { roles: [role] } : {}),
      ...(role === 'supervisor' ? { watches: ['*'] } : {}),
    })
  const service = httpClient(server.url, token('router', 'service'))
  const supervisor = httpClient(server.url, token('grace', 'supervisor'))
  const admin = httpClient(server.url, token('ivo', 'administrator'))
  const board = createSupervisor({ url: server.url, token: token('grace', 'supervisor') })
  const items = new Set<string>()
  const at = () => clock.wall()
  const floor = {
    url: server.url,
    token,
    oracle,
    people,
    service,
    supervisor,
    admin,
    items,
    itemCount: ITEMS,
  }
  const commands = createCommands(floor, random)
  const outcomes: Record<string, number> = {}

  try {
    await configure(admin, people)
    await board.connect()
    const watch = await board.watch({ queues: '*' })
    let sent = 0
    while (sent < COMMANDS) {
      if (random() < 0.5) clock.shift(drawGap({ oracle, items, at: at() }, random))
      sent += await round(Math.min(IN_FLIGHT, COMMANDS - sent))
    }
    for (const { id } of people) await agreesWithTab(id)
    await agreesWithItems(items)
    await agreesWithStore()
    if (COMMANDS >= 10_000) expect(MET.filter(mark => coverage.counts()[mark] === undefined)).toEqual([])
    await until('the board shows the same', () =>
      people.every(({ id }) => {
        const view = watch.presences().get(id)
        return view && difference(id, view) === null
      }),
    )
    process.stdout.write(`${sent} commands, seed ${SEED}: ${JSON.stringify(outcomes)}\n`)
  } finally {
    commands.close()
    board.disconnect()
    await server.close()
    rmSync(directory, { recursive: true, force: true })
  }

  /** Commands about different people and items, at once. Answers how many. */
  async function round(most: number): Promise<number> {
    oracle.tick(at())
    const busy = new Set<string>()
    const flying: { command: Command; expected: readonly string[]; got: Promise<string> }[] = []
    for (let tries = 0; tries < 3 * most && flying.length < most; tries++) {
      const command = commands.draw(busy)
      if (command === null) continue
      for (const one of command.about) busy.add(one)
      const expected = command.tell(at())
      flying.push({ command, expected, got: command.send() })
    }
    for (const { command, expected, got } of flying) {
      const code = await got
      outcomes[code] = (outcomes[code] ?? 0) + 1
      const codes = expected.map(did => (did === 'done' || did === 'nothing' || did === 'any' ? 'ok' : did))
      if (!codes.includes(code))
        throw new Error(`Seed ${SEED}: ${command.words}\noracle ${expected}, server ${code}`)
    }
    await agrees(() => flying.map(({ command }) => command.words).join('\n'))
    await agreesWithItems(busy)
    for (const { id } of people) if (busy.has(id)) await agreesWithTab(id)
    return flying.length
  }

  /** With what the server says of everybody, as soon as what is due has taken effect. */
  async function agrees(words: () => string): Promise<void> {
    oracle.tick(at())
    let last: string | null = null
    const all = async () => {
      const { body } = await service.get<{ items: PresenceView[] }>('/v1/presences?limit=500')
      last = body.items.reduce<string | null>(
        (one, view) => one ?? difference(view.representativeId, view),
        null,
      )
      return last === null && body.items.length === PEOPLE
    }
    await until('', all).catch(() => {
      throw new Error(`Seed ${SEED}, after\n${words()}\n${last}`)
    })
  }

  function difference(id: string, view: PresenceView): string | null {
    const [ours, theirs] = [JSON.stringify(told(oracle.presence(id))), JSON.stringify(served(view))]
    return ours === theirs ? null : `${id}\n  oracle ${ours}\n  server ${theirs}`
  }

  async function agreesWithItems(ids: Iterable<string>): Promise<void> {
    await Promise.all([...ids].map(agreesWithItem))
  }

  async function agreesWithItem(id: string): Promise<void> {
    const item = oracle.item(id)
    if (item === undefined) return
    const { body, status } = await service.get<WorkItemResource>(`/v1/work-items/${id}`)
    // A closed one may be forgotten, as soon as a day is over.
    if (status !== 404 || item.state !== 'closed') expect(servedItem(body)).toBe(toldItem(item))
  }

  /** What she sees herself: presence, offers, notices. */
  async function agreesWithTab(id: string): Promise<void> {
    const tab = commands.tab(id)
    if (tab === null) return
    let last = ''
    const all = () => {
      const view = tab.getPresence()
      if (view === null) return false
      const ours = oracle.presence(id)
      const offers = tab.getOffers().map(one => `${one.workItemId} until ${Date.parse(one.expiresAt)}`)
      const isKept = (words: string) => at() - Number(words.split(' ')[0]) < 86_400_000
      const kinds = tab.getNotices().map(one => `${Date.parse(one.at)} ${one.kind}`)
      const told = [
        ours.offers.map(words => words.split(' ').slice(0, 3).join(' ')),
        ours.notices.map(words => words.split(' ').slice(0, 2).join(' ')).filter(isKept),
      ]
      last =
        difference(id, view) ??
        `${JSON.stringify(told)}\n${JSON.stringify([offers.sort(), kinds.filter(isKept)])}`
      return (
        difference(id, view) === null &&
        JSON.stringify(told) === JSON.stringify([offers.sort(), kinds.filter(isKept)])
      )
    }
    await until('', all).catch(() => {
      throw new Error(`Seed ${SEED}: a tab of ${id} shows something else.\n${last}`)
    })
  }

  async function agreesWithStore(): Promise<void> {
    const { representatives, configuration } = await storage.load('default')
    const stored = [...representatives]
    expect(stored).toHaveLength(PEOPLE)
    for (const facts of stored) {
      const shown = product.presenceOf(facts, configuration, at())
      const view = coreView(product, facts, shown, configuration, at())
      expect(view).toEqual(oracle.presence(facts.representativeId))
    }
  }
}, 300_000)
