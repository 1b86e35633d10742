// A planned stop while people sign in: real sockets, a store on disk. Whoever the server let in is in the handover.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { systemClock } from '../../server/src/clock.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import { openEmbeddedStorage } from '../../server/src/storage/embedded/open-embedded-storage.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const HERE = 150
const COMING = 150

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-stop-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

it('[DI7] nobody who was let in while the stop began is Offline by it', async () => {
  const storage = await openStore()
  const server = await startServer({ storage })
  const tabOf = (sub: string) => {
    const auth = { token: server.token({ sub }), signIn: true }
    return io(server.url, { transports: ['websocket'], reconnection: false, forceNew: true, auth })
  }
  const count = async () => [...(await storage.load('default')).representatives].length
  const here = Array.from({ length: HERE }, (_, number) => tabOf(`here-${number}`))
  await until('those here are signed in', async () => (await count()) === HERE, 15_000)
  const coming = Array.from({ length: COMING }, (_, number) => tabOf(`coming-${number}`))
  const second = Array.from({ length: HERE }, (_, number) => tabOf(`here-${number}`))
  await until('the first of those coming is in', async () => (await count()) > HERE, 15_000)

  await server.close()

  for (const tab of [...here, ...coming, ...second]) tab.disconnect()
  const after = await openStore()
  const { representatives } = await after.load('default')
  const links = [...representatives].map(({ link }) => link.kind)
  await after.close()
  expect(new Set(links)).toEqual(new Set(['handover']))
  expect(links.length).toBeGreaterThan(HERE)
})

function openStore() {
  return openEmbeddedStorage(directory, { clock: systemClock, initialConfiguration: builtInConfiguration() })
}
