// A data file that is none, or that something cut: the store says so and what to do. LMDB alone would end the process
// with a signal, this whole run of tests with it.

import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../server/src/clock.ts'
import { openEmbeddedStorage } from '../../server/src/storage/embedded/open-embedded-storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import { TENANT, touching } from './records.ts'

const PAGE = 4_096

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-damage-'))
  file = join(directory, 'data', 'data.mdb')
  const store = await open()
  for (let number = 0; number < 200; number += 1) await store.update(TENANT, touching(`r${number}`))
  await store.close()
})

afterEach(() => rm(directory, { recursive: true, force: true }))

it.each([
  ['text', () => writeFile(file, 'no database at all\n'), 'not a file of the store'],
  ['noise', () => writeFile(file, Buffer.alloc(20 * PAGE, 0xa5)), 'not a file of the store'],
  ['its first page only', () => truncate(file, PAGE), 'cut short'],
  ['its first two pages only', () => truncate(file, 2 * PAGE), 'cut short'],
  [
    'half of it',
    async () => truncate(file, Math.floor((await stat(file)).size / 2 / PAGE) * PAGE),
    'cut short',
  ],
] as const)('[FORMAT] %s in the place of the data is refused with what to do', async (_, spoil, what) => {
  await spoil()
  await expect(open()).rejects.toThrow(what)
  await expect(open()).rejects.toThrow(
    /Put a copy of the directory back, or name an empty one with --data-dir/,
  )
})

it('[FORMAT] an empty file is a new store, and an undamaged one opens as before', async () => {
  const whole = await open()
  expect(whole.representative(TENANT, 'r199')?.revision).toBe(1)
  await whole.close()
  await writeFile(file, '')
  const fresh = await open()
  expect(fresh.tenants()).toEqual([])
  await fresh.close()
})

function open() {
  return openEmbeddedStorage(directory, {
    clock: systemClock,
    initialConfiguration: plainConfiguration(),
  })
}
