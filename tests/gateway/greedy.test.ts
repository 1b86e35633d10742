// Clients that take more of a transport than their share: several sockets on one, or answers that nobody reads.

import { WebSocket } from 'ws'
import { type GatewayWorld, startWorld } from '../support/gateway.ts'
import { tokenOf } from '../support/tokens.ts'
import { until } from '../support/until.ts'

const token = tokenOf({ sub: 'ada', roles: ['representative'] })
let world: GatewayWorld
let raw: WebSocket
let heard: string[]

async function start(settings: Parameters<typeof startWorld>[0] = {}): Promise<void> {
  world = await startWorld(settings)
  raw = new WebSocket(`ws://127.0.0.1:${world.port}/socket.io/?EIO=4&transport=websocket`)
  heard = []
  raw.on('message', data => heard.push(String(data)))
  await new Promise(resolve => raw.once('open', resolve))
}
afterEach(async () => {
  raw.terminate()
  await world.close()
})

it('[protocol] one transport carries one socket, however many ask at once', async () => {
  await start()
  const connect = `40${JSON.stringify({ token, signIn: true })}`
  for (let tab = 0; tab < 5; tab += 1) raw.send(connect)
  await until('the server to close it', () => raw.readyState === WebSocket.CLOSED)
  expect(heard.filter(frame => frame.startsWith('42["ready"')).length).toBeLessThan(2)
  expect(heard.find(frame => frame.startsWith('44'))).toContain('invalid-message')
  await until('nobody to be left', () => world.gateway.connections() === 0)
  await until('her to be away', () => world.app.replica.view('default', 'ada')?.connections !== 1)
})

it('[SU5] who asks and asks and never reads is closed, though no watcher', async () => {
  await start({ settings: { deadFrames: 8, headMs: 20 } })
  raw.send(`40${JSON.stringify({ token, signIn: true })}`)
  await until('ready', () => heard.some(frame => frame.startsWith('42["ready"')))
  raw.pause()
  // The kernel holds a few megabytes before anything waits in the server.
  const ask = () => {
    for (let count = 0; count < 500; count += 1) raw.send('421["presence:get",{}]')
    return world.gateway.connections() === 0
  }
  await until('it to be closed', ask, 20_000)
  expect(world.logged()).toContain('does not read what it asked for')
})
