// Who is measured, and how each is set up. Every result file carries these sentences.

import type { DialectName } from '../load/dialects.ts'
import { nodeScript, type ServerProcess, startServerProcess } from './child.ts'
import { hasMosquitto, startMosquitto } from './mosquitto.ts'
import { startRollcall } from './rollcall.ts'

export interface Side {
  readonly name: string
  readonly dialect: DialectName
  readonly setUp: string
  start(): Promise<ServerProcess>
}

export function rollcall(profileTo: string | null = null): Side {
  return {
    name: 'rollcall',
    dialect: 'rollcall',
    setUp: 'Rollcall, one process, durable embedded store, ROLLCALL_LIMITS=off, ROLLCALL_LOG_LEVEL=error',
    start: () => startRollcall(profileTo),
  }
}

export const BARE: Side = {
  name: 'bare socket.io',
  dialect: 'socket.io',
  setUp: 'Socket.IO, WebSocket only, pingInterval 10 s, no compression; handlers that only acknowledge',
  start: () => peer('bare', false),
}

export const BARE_CHECKED: Side = {
  ...BARE,
  setUp: `${BARE.setUp}; an HS256 token is checked in the handshake`,
  start: () => peer('bare', true),
}

export const TUTORIAL: Side = {
  name: 'tutorial',
  dialect: 'socket.io',
  setUp: 'Socket.IO as above; state in a Map, one emit to the room of watchers a change, nothing stored',
  start: () => peer('tutorial', false),
}

export const TUTORIAL_CHECKED: Side = {
  ...TUTORIAL,
  setUp: `${TUTORIAL.setUp}; an HS256 token is checked in the handshake`,
  start: () => peer('tutorial', true),
}

export const PLAIN_WS: Side = {
  name: 'bare ws',
  dialect: 'ws',
  setUp: 'ws, no compression, no heartbeats; state in a Map, one encode a change and one send a watcher',
  start: () => peer('plain-ws', false),
}

const MOSQUITTO: Side = {
  name: 'mosquitto',
  dialect: 'mqtt',
  setUp:
    'Mosquitto, no persistence, TCP_NODELAY, unbounded queues; MQTT 3.1.1, a retained topic and a retained will a representative, published with QoS 1, watched with QoS 0',
  start: startMosquitto,
}

/** Said aloud when it is missing: a table without a peer must not look as if there had been none. */
export function mosquittoIfInstalled(): readonly Side[] {
  if (hasMosquitto()) return [MOSQUITTO]
  console.error(
    'mosquitto is not on the PATH: this run goes on without it (Debian: apt-get install mosquitto).',
  )
  return []
}

function peer(name: string, checksTokens: boolean): Promise<ServerProcess> {
  const env = checksTokens ? { BENCH_CHECK_TOKENS: '1' } : {}
  return startServerProcess(nodeScript(`../peers/${name}.js`, [], env))
}
