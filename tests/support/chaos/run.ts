// A chaos run from its beginning to its end: the floor changes at a rate, watchers do what they like, and now and then
// everything is let come to rest and every picture is laid beside the store.

import { setTimeout as pause } from 'node:timers/promises'
import { createRandom } from '../../../server/src/cli/simulation/random.ts'
import { administrator, as } from '../app-world.ts'
import { until } from '../until.ts'
import { createActs, someGrant } from './acts.ts'
import { createFigures, type Figures } from './figures.ts'
import { createFloor, QUEUES } from './floor.ts'
import { recount } from './recount.ts'
import { type ChaosServer, memoryInUse, startChaosServer } from './server.ts'
import { type Sleeper, sleep } from './sleepers.ts'
import { createTruth } from './truth.ts'
import { createWatcher } from './watcher.ts'
import type { Watcher } from './watching.ts'

export interface ChaosOptions {
  readonly seed: number
  readonly watchers: number
  /** Changes per second. */
  readonly rate: number
  readonly seconds: number
}

/** Small pages and a short patience, so that a run of seconds meets both. */
export const SETTINGS = { pageSize: 50, slowFrames: 16, deadFrames: 128, slowMs: 4_000 }

export interface ChaosResult {
  /** What was wrong, in words; the first hundred. */
  readonly complaints: readonly string[]
  readonly figures: Figures
}

const PEOPLE = 300
const TICK_MS = 20
/** ms between two acts of one watcher, on average. */
const PACE_MS = 700
/** Deletions, creations and both, per second. */
const UPHEAVALS = 2
const RESTS = 4
/** Changes under way at most: the store is asked no more than it answers. */
const UNDER_WAY = 1_000
const REST_MS = 30_000

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const server = await startChaosServer(SETTINGS)
  try {
    return await runOn(server, options)
  } finally {
    await server.remove()
  }
}

async function runOn(server: ChaosServer, options: ChaosOptions): Promise<ChaosResult> {
  const { seed, watchers: count, rate, seconds } = options
  const random = createRandom(seed)
  const figures = createFigures('in play')
  const complaints: string[] = []
  const complain = (who: string, what: string) => {
    figures.add('complaints')
    if (complaints.length < 100) complaints.push(`${who} ${what}`)
  }
  const truth = createTruth(server)
  const floor = await createFloor(server, PEOPLE, random)
  const newWatcher = (name: string, grant: ReturnType<typeof someGrant>) =>
    createWatcher(name, grant, { url: server.url, truth, figures, complain })
  const watchers = Array.from({ length: count }, (_, index) =>
    newWatcher(`watcher-${index}`, someGrant(random)),
  )
  const acts = createActs(random, revoke)
  const before = memoryInUse()
  let revoking = Promise.resolve()
  let sleeper: Sleeper | null = null

  function revoke(watcher: Watcher): void {
    figures.add('revocations')
    const sub = watcher.doom()
    const issuedBefore = Math.floor(Date.now() / 1000) + 1
    revoking = server.app.revocations.revoke(as(administrator()), { sub, issuedBefore })
  }

  function measure(): void {
    const { frames, bytes } = server.waiting()
    figures.peak('most frames waiting for a socket', frames)
    figures.peak('most bytes waiting for a socket', bytes)
    figures.peak('rss at its highest (MB)', megabytes(process.memoryUsage.rss()))
  }

  async function play(forMs: number): Promise<void> {
    const end = performance.now() + forMs
    let last = performance.now()
    let due = 0
    while (performance.now() < end) {
      await pause(TICK_MS)
      const now = performance.now()
      const passed = now - last
      last = now
      due += (rate * passed) / 1000
      for (; due >= 1 && floor.underWay() < UNDER_WAY; due -= 1) floor.change()
      if (random.chance((UPHEAVALS * passed) / 1000)) floor.upheaval()
      for (const watcher of watchers) if (random.chance(passed / PACE_MS)) acts.act(watcher)
      measure()
    }
  }

  /** Some come back to people whose revisions began anew; nothing changes; then all show what the store shows. */
  async function rest(): Promise<void> {
    for (const watcher of watchers) if (random.chance(0.4)) watcher.drop(random.chance(0.5))
    floor.rebirth()
    await floor.settled()
    await revoking
    const wrong = () => {
      for (const watcher of watchers) acts.settle(watcher)
      return firstDifference(watchers)
    }
    await until('every picture to equal the store', () => wrong() === null, REST_MS).catch(() =>
      complain('at rest:', wrong() ?? 'too late'),
    )
    figures.add('pictures compared', watchers.length)
  }

  async function countAnew(): Promise<void> {
    const wrong = async () =>
      (await Promise.all(QUEUES.map(queue => wrongCount(server, watchers, queue)))).find(Boolean)
    await until('the live counts to equal a recount', async () => !(await wrong()), REST_MS).catch(async () =>
      complain('at the end:', (await wrong()) ?? 'too late'),
    )
  }

  try {
    for (let part = 0; part < RESTS; part += 1) {
      await play((seconds * 1000) / RESTS)
      if (part === 1) sleeper = await sleep({ server, floor, figures, complain, newWatcher, measure })
      await rest()
      // What comes after is only more of the same.
      if (complaints.length > 0) break
    }
    await sleeper?.closed().catch((error: unknown) => complain('a stalled watcher:', String(error)))
    await countAnew()
    figures.add('changes', truth.changes())
  } finally {
    sleeper?.end()
    for (const watcher of watchers) watcher.drop(false)
    await until('the sockets to be closed', () => server.waiting().sockets === 0, REST_MS)
    truth.stop()
    const after = memoryInUse()
    figures.add('heap before (MB)', megabytes(before.heapUsed))
    figures.add('heap after (MB)', megabytes(after.heapUsed))
    figures.add('rss before (MB)', megabytes(before.rss))
    figures.add('rss after (MB)', megabytes(after.rss))
  }
  return { complaints, figures }
}

/** What is cheap to see of all comes first: pictures are compared when there is something to compare. */
function firstDifference(watchers: readonly Watcher[]): string | null {
  return watchers.map(whyNotYet).find(Boolean) ?? watchers.map(differenceOf).find(Boolean) ?? null
}

function whyNotYet(watcher: Watcher): string | null {
  const picture = watcher.picture()
  if (watcher.isDoomed()) return `${watcher.name} is connected with a revoked token`
  if (!picture || watcher.isAsking()) return `${watcher.name} watches nothing yet`
  return picture.isWhole() ? null : `${watcher.name} waits for the rest of its state of ${picture.queues}`
}

function differenceOf(watcher: Watcher): string | null {
  const difference = watcher.picture()?.difference()
  return difference ? `${watcher.name} of ${watcher.picture()?.queues}: ${difference}` : null
}

/** What the server and every watcher of this queue say of it, beside a recount; null: all agree. */
async function wrongCount(
  server: ChaosServer,
  watchers: readonly Watcher[],
  queueId: string,
): Promise<string | null> {
  const counted = recount(server, queueId)
  const [kept] = await server.app.liveCounts.of('default', [queueId])
  const told = watchers.map(({ name, counts }) => [name, counts.get(queueId)] as const)
  for (const [who, live] of [['the server', kept] as const, ...told]) {
    if (!live) continue
    for (const [field, value] of Object.entries(counted)) {
      const theirs: unknown = Reflect.get(live, field)
      if (canonical(theirs) !== canonical(value))
        return `${who} counts ${field} of ${queueId} as ${canonical(theirs)} instead of ${canonical(value)}`
    }
  }
  return null
}

function canonical(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).sort())
    : JSON.stringify(value)
}

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)
