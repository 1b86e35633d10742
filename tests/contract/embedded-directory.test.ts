// The data directory of the embedded store: its owner, its format, its signs of life.

import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DirectoryInUse, lockDirectory } from '../../server/src/storage/embedded/directory-lock.ts'
import { openLmdbJournal } from '../../server/src/storage/embedded/lmdb-journal.ts'
import { openEmbeddedStorage } from '../../server/src/storage/embedded/open-embedded-storage.ts'
import { FORMAT, openTables } from '../../server/src/storage/embedded/tables.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { rows } from './history-rules.ts'
import { facts, historyRow, present, TENANT, touching, writeFacts, writing } from './records.ts'
import { createStoreClock } from './store-clock.ts'

const initialConfiguration = plainConfiguration()
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-directory-'))
})

afterEach(() => rm(directory, { recursive: true, force: true }))

it('[OWNER] of many that start at the same time, also over a dead one, exactly one is the owner', async () => {
  for (const _start of [1, 2, 3]) {
    const starts = await Promise.allSettled(Array.from({ length: 12 }, () => lockDirectory(directory)))
    const owners = starts.flatMap(start => (start.status === 'fulfilled' ? [start.value] : []))
    const refusals = starts.flatMap(start => (start.status === 'rejected' ? [start.reason] : []))
    expect(owners).toHaveLength(1)
    expect(refusals.filter(reason => !(reason instanceof DirectoryInUse))).toEqual([])
    expect((await readdir(directory)).filter(name => name.startsWith('starting'))).toEqual([])
    for (const release of owners) await release()
  }
})

it('[OWNER] a directory deep down can be owned too, though a socket path may have 107 bytes only', async () => {
  const deep = join(directory, 'd'.repeat(120))
  await mkdir(deep)
  const release = await lockDirectory(deep)
  await expect(lockDirectory(deep)).rejects.toBeInstanceOf(DirectoryInUse)
  await release()
})

it('[FORMAT] data of a newer format is refused with what to do, and left as it is', async () => {
  const tables = await openTables(join(directory, 'data'))
  await tables.about.put('format', String(FORMAT + 1))
  await tables.root.close()
  for (const _try of [1, 2]) {
    await expect(open()).rejects.toThrow(`format ${FORMAT + 1}, which a newer version of Rollcall wrote`)
  }
})

it('[DI6] after a crash people are gone from the last sign of life, or the last commit if that is later', async () => {
  const clock = createStoreClock()
  const tables = await openTables(join(directory, 'data'))
  const journal = await openLmdbJournal(tables, fail)
  const write = writeFacts(facts('ada', 1, present('old')))
  const commit = {
    tenant: TENANT,
    writes: [write],
    configuration: null,
    revocation: null,
    history: [],
    command: null,
  }
  await journal.append({ ...commit, at: clock.wall() })
  journal.alive('old', clock.wall() + 700)
  await tables.root.flushed
  await tables.root.close()
  clock.advance(60_000)
  const store = await open(clock)
  expect(store.nodes.ended()).toMatchObject([{ incarnation: 'old', at: clock.wall() - 59_300 }])
  await store.close()
})

it('[SC35] commits that only the log holds and commits that were folded come back alike', async () => {
  // 128 commits make a fold: some of these are in tables, some in both, some in the log when it is cut short.
  const tables = await openTables(join(directory, 'data'))
  const journal = await openLmdbJournal(tables, fail)
  const commits = Array.from({ length: 1_500 }, (_, place) => ({
    tenant: TENANT,
    at: place,
    writes: [writeFacts(facts(`r${place % 7}`, place), place)],
    configuration: null,
    revocation: null,
    history: [historyRow(`r${place % 7}`, place)],
    command: null,
  }))
  for (let start = 0; start < commits.length; start += 100) {
    await Promise.all(commits.slice(start, start + 100).map(journal.append))
  }
  await tables.root.close()
  const store = await open()
  const expected = [1_494, 1_495, 1_496, 1_497, 1_498, 1_499, 1_493]
  const last = expected.map((_, id) => store.representative(TENANT, `r${id}`)?.revision)
  expect([...last].sort()).toEqual([...expected].sort())
  expect(store.due(2_000, 100).map(({ deadline }) => deadline)).toEqual([...expected].sort())
  const found = await rows(store, TENANT, ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6'], 0, 9_999)
  expect(found).toHaveLength(1_500)
  await store.close()
})

it('[SC33] trimming goes on over many slices of rows', async () => {
  const store = await open()
  const history = Array.from({ length: 5_000 }, (_, at) => historyRow('ada', at))
  await store.update(TENANT, writing([], { history }))
  expect(await store.history.trim(TENANT, 4_500)).toBe(4_500)
  expect((await rows(store, TENANT, ['ada'], 0, 9_999)).at(0)).toMatchObject({ at: 4_500 })
  await store.close()
})

it('[SC22] a write goes on where the last owner closed, and the directory is free again', async () => {
  const first = await open()
  await first.update(TENANT, touching('ada'))
  await first.close()
  const second = await open()
  expect(await second.update(TENANT, touching('ada'))).toMatchObject({ result: 2, seq: 1 })
  await second.close()
})

function open(clock = createStoreClock()) {
  return openEmbeddedStorage(directory, { clock, initialConfiguration, fatal: fail })
}

function fail(error: unknown): never {
  throw error
}
