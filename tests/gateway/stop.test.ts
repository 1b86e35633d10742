// A planned stop while people come in: nobody is signed in behind the handover's back (DI7).

import { io, type Socket } from 'socket.io-client'
import { createMemoryLog, createMemoryStorage } from '../support/memory-storage.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

it('[DI7] whoever was signed in when the stop began is in a handover, with nobody Offline beside', async () => {
  const log = createMemoryLog()
  const server = await startServer({ storage: createMemoryStorage({ log }) })
  const sockets: Socket[] = []
  const comeIn = (count: number) => {
    for (let n = 0; n < count; n++) {
      const auth = { token: server.token({ sub: `r${sockets.length}` }), signIn: true }
      sockets.push(io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, auth }))
    }
  }
  comeIn(50)
  await until('all of the first', () => sockets.every(socket => socket.connected))
  comeIn(150)
  await until('some of the second', () => sockets.slice(50).some(socket => socket.connected))
  await server.close()
  for (const socket of sockets) socket.close()

  const left = createMemoryStorage({ log })
  const links = [...(await left.load('default')).representatives].map(facts => facts.link.kind)
  expect(links.length).toBeGreaterThan(50)
  expect(new Set(links)).toEqual(new Set(['handover']))
  await left.close()
}, 30_000)
