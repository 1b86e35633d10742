// The embedded store under kill -9: real processes, killed at random moments.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../server/src/clock.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import { openEmbeddedStorage } from '../../server/src/storage/embedded/open-embedded-storage.ts'
import type { Storage } from '../../server/src/storage/storage.ts'
import { until } from '../support/until.ts'

const ROUNDS = 20
const initialConfiguration = builtInConfiguration()

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-crash-'))
})

afterEach(() => rm(directory, { recursive: true, force: true }))

it('[DI10] no acknowledged commit and no deadline is lost by kill -9, and no commit is there in part', async () => {
  let acknowledged: readonly number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = await startChild(1 + Math.max(0, ...acknowledged) + 8)
    // At least one acknowledgement each round, then a random number more: a random moment, but never none.
    await child.acknowledgedAtLeast(1 + Math.floor(Math.random() * 400))
    const more = await child.kill()
    acknowledged = [...acknowledged, ...more]
    const store = await openEmbeddedStorage(directory, { clock: systemClock, initialConfiguration })
    try {
      await expectWhole(store, acknowledged)
    } finally {
      await store.close()
    }
  }
}, 120_000)

it('[DI6] after kill -9 the incarnation is named, with all who were connected, and not later than now', async () => {
  const child = await startChild(1)
  await child.acknowledgedAtLeast(100)
  const before = Date.now()
  await child.kill()
  const store = await openEmbeddedStorage(directory, { clock: systemClock, initialConfiguration })
  const [ended, ...others] = store.nodes.ended()
  expect(others).toEqual([])
  expect(ended).toMatchObject({ reason: 'server-down' })
  expect(ended?.at).toBeLessThanOrEqual(Date.now())
  // Signs of life are a second apart, and the last commit counts too.
  expect(ended?.at).toBeGreaterThan(before - 2_000)
  expect(store.nodes.connectionsOf(ended?.incarnation ?? '')).toHaveLength(20)
  await store.close()
})

it('[PO4] erased history stays erased over kill -9, and is never erased in part', async () => {
  for (let round = 0; round < 10; round += 1) {
    const child = await startChild(0, 'erase-child.mjs')
    await child.acknowledgedAtLeast(1 + Math.floor(Math.random() * 5))
    await child.kill()
    const store = await openEmbeddedStorage(directory, { clock: systemClock, initialConfiguration })
    try {
      const revision = store.representative('acme', 'ada')?.revision ?? 0
      expect(await rowsOf(store, ['ada'])).toBe(revision)
      expect(await rowsOf(store, ['bo'])).toBeGreaterThan(revision)
    } finally {
      await store.close()
    }
  }
}, 120_000)

it('[OWNER] a second process is refused while the first lives, and admitted after kill -9', async () => {
  const child = await startChild(1)
  const refused = openEmbeddedStorage(directory, { clock: systemClock, initialConfiguration })
  await expect(refused).rejects.toThrow(/Another server runs on the data directory .* Stop it/)
  await child.acknowledgedAtLeast(10)
  await child.kill()
  const store = await openEmbeddedStorage(directory, { clock: systemClock, initialConfiguration })
  await store.close()
})

async function expectWhole(store: Storage, acknowledged: readonly number[]): Promise<void> {
  const due = new Set(store.due(Number.MAX_SAFE_INTEGER, 1_000_000).map(({ key }) => key.id))
  const lost = acknowledged.filter(number => !store.workItem('acme', `w${number}`) || !due.has(`w${number}`))
  expect(lost).toEqual([])
  const { representatives, workItems } = await store.load('acme')
  // Each commit wrote one item and raised one revision: any other sum is a commit in part, or twice.
  const items = [...workItems]
  const revisions = [...representatives].reduce((sum, { revision }) => sum + revision, 0)
  expect(revisions).toBe(items.length)
  const ids = [...representatives].map(({ representativeId }) => representativeId)
  expect(await rowsOf(store, ids)).toBe(items.length)
}

async function rowsOf(store: Storage, ids: readonly string[]): Promise<number> {
  let rows = 0
  for await (const _row of store.history.range('acme', ids, 0, Number.MAX_SAFE_INTEGER)) rows += 1
  return rows
}

interface Child {
  acknowledgedAtLeast(count: number): Promise<void>
  /** Kills it without warning; answers what it had acknowledged. */
  kill(): Promise<readonly number[]>
}

async function startChild(first: number, name = 'crash-child.mjs'): Promise<Child> {
  const script = join(__dirname, name)
  const child = spawn(process.execPath, [script, directory, String(first)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  child.stderr.on('data', chunk => {
    errors += chunk
  })
  const closed = once(child, 'close')
  const lines = () => output.split('\n').slice(0, -1)
  const linesAtLeast = async (count: number) => {
    await until(`${count} lines of the child`, () => {
      if (child.exitCode !== null) throw new Error(`The child ended by itself: ${errors}`)
      return lines().length >= count
    })
  }
  await linesAtLeast(1)
  return {
    acknowledgedAtLeast: count => linesAtLeast(1 + count),
    async kill() {
      child.kill('SIGKILL')
      await closed
      return lines().slice(1).map(Number)
    },
  }
}
