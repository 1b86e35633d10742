// From a frame to an answer, the same for every command: plain, known, within the flood limit, well shaped, of a
// role that may, meant for this connection. Then command-table.ts.

import { COMMANDS, type CommandName, type Reply, type WireError } from '@rollcall/shared'
import type { Caller } from '../app/app.ts'
import { fingerprintOf } from '../app/command-fingerprint.ts'
import { shapedBy } from '../app/invalid-message.ts'
import { requirePlain } from '../app/plain-json.ts'
import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'
import type { FloodVerdict } from '../auth/limits.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { CommandCall, CommandTable } from './command-table.ts'
import type { Connection } from './connection.ts'
import { wireErrorOf } from './reply.ts'

export interface CommandsContext {
  readonly table: CommandTable
  readonly createFloodGate: () => () => FloodVerdict
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: Metrics
}

type Acknowledge = (answer: Reply<unknown>) => void

/** Answers whatever a connection's socket sends. */
export function serveCommands(connection: Connection, context: CommandsContext): void {
  const passes = context.createFloodGate()
  connection.socket.onAny((name: unknown, ...args: unknown[]) => {
    if (!connection.isOpen()) return
    const flood = passes()
    if (flood.kind === 'close') return closeFlood(connection, context)
    const last = args.at(-1)
    const acknowledge = typeof last === 'function' ? (last as Acknowledge) : null
    const payload = acknowledge ? args.slice(0, -1) : args
    if (flood.kind === 'refuse') return refuseFlood(nameOf(name), flood.retryAfterMs, acknowledge, context)
    const receivedAt = context.clock.elapsed()
    connection.inTurn(() => answer({ connection, name, payload, acknowledge, receivedAt }, context))
  })
}

interface Received {
  readonly connection: Connection
  readonly name: unknown
  readonly payload: readonly unknown[]
  /** null: the sender asked for no answer. */
  readonly acknowledge: Acknowledge | null
  readonly receivedAt: number
}

async function answer(received: Received, context: CommandsContext): Promise<void> {
  const { connection, name, payload, acknowledge, receivedAt } = received
  const { table, clock, log, metrics } = context
  const after: (() => void)[] = []
  const labels = { transport: 'socket', command: nameOf(name) }
  let outcome = 'ok'
  try {
    const data = await carryOut(connection, name, payload, table, task => after.push(task))
    acknowledge?.({ ok: true, data })
  } catch (thrown) {
    const error = wireErrorOf(thrown, log)
    outcome = error.code
    refuse(error, acknowledge, metrics)
  }
  metrics.commands.inc({ ...labels, outcome })
  metrics.commandSeconds.observe(labels, (clock.elapsed() - receivedAt) / 1000)
  for (const task of after) if (connection.isOpen()) task()
}

async function carryOut(
  connection: Connection,
  name: unknown,
  payload: readonly unknown[],
  table: CommandTable,
  afterReply: CommandCall['afterReply'],
): Promise<unknown> {
  const principal = connection.principal()
  if (!isCommand(name)) {
    throw new Refused('invalid-message', `There is no command of that name. Known are ${KNOWN}.`, {
      field: 'event',
    })
  }
  const body = parse(name, payload)
  requireRole(name, principal)
  if (body.connectionId !== undefined && body.connectionId !== connection.id) {
    throw new Refused(
      'stale-command',
      'The command was meant for a connection that is gone. Look at the present state, then decide again.',
      { connectionId: connection.id },
    )
  }
  const call = { connection, caller: callerOf(name, principal, body), afterReply }
  // `parse` has checked this very command's shape; only the tie between name and payload is lost on the way.
  const run = table[name] as (call: CommandCall, payload: unknown) => unknown
  return run(call, body)
}

interface Envelope {
  readonly commandId?: string | undefined
  readonly connectionId?: string | undefined
  readonly [field: string]: unknown
}

function parse(name: CommandName, payload: readonly unknown[]): Envelope {
  if (payload.length !== 1) {
    throw new Refused(
      'invalid-message',
      `${name} takes one object, not ${payload.length} arguments. Send {} if it has no fields.`,
      {
        field: '',
      },
    )
  }
  requirePlain(payload[0])
  return shapedBy(COMMANDS[name].payload, payload[0])
}

function requireRole(name: CommandName, principal: Principal): void {
  const { roles } = COMMANDS[name]
  if (roles.some(role => principal.roles.includes(role))) return
  throw new Refused('forbidden', `${name} is for ${roles.join(', ')}. Ask for a token with such a role.`, {
    needed: { roles },
  })
}

/** The envelope is no part of what the key stands for: a retry may come over another connection. */
function callerOf(name: CommandName, principal: Principal, envelope: Envelope): Caller {
  const { commandId, connectionId: _connection, ...body } = envelope
  if (commandId === undefined) return { principal }
  return { principal, commandKey: { key: commandId, fingerprint: fingerprintOf(name, body) } }
}

function refuseFlood(
  command: string,
  retryAfterMs: number,
  acknowledge: Acknowledge | null,
  { log, metrics }: CommandsContext,
): void {
  const message = 'Too many commands over this socket. Slow down, then send it again.'
  const error = wireErrorOf(new Refused('too-many-requests', message, { retryAfterMs }), log)
  refuse(error, acknowledge, metrics)
  metrics.commands.inc({ transport: 'socket', command, outcome: error.code })
}

function closeFlood(connection: Connection, { metrics }: CommandsContext): void {
  metrics.refusals.inc({ transport: 'socket', code: 'too-many-requests' })
  const message = 'This socket kept on sending after it was told to slow down.'
  connection.close({ code: 'too-many-requests', message }, 'flood')
}

/** Nothing is refused in silence: without an acknowledgement the metric still says so. */
function refuse(error: WireError, acknowledge: Acknowledge | null, metrics: Metrics): void {
  metrics.refusals.inc({ transport: 'socket', code: error.code })
  acknowledge?.({ ok: false, error })
}

const KNOWN = Object.keys(COMMANDS).join(', ')

function isCommand(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(COMMANDS, name)
}

/** Made-up names must not become labels of metrics. */
function nameOf(name: unknown): string {
  return isCommand(name) ? name : 'unknown'
}
