// Sends commands so that each is applied at most once, and never later than its caller still wants it.
//
// - A change carries a random `commandId` that stays the same over all its tries, also on a new connection: the
//   server answers a repeated one with the first outcome. It carries no `connectionId`, which would have to change
//   with the connection and make it another body under the same key (`key-reused`).
// - What is about one connection (`watch`, `unwatch`, `sign-out`, `token:refresh`) is the other way round: bound by
//   `connectionId`, tried once, and refused with `stale-command` if the server meets it anywhere else. A repeated
//   sign-out, for example, would sign out whoever has just come back.
// - Reading carries neither: repeating it is harmless, and a key would only fill the server's memory.
// - Nothing waits in a buffer. Without a live connection a command waits here for at most 5 s, then fails with
//   `not-connected` and was never sent; a sent one is tried again until its own deadline, then fails with
//   `timed-out`: it may have been applied.
import type { CommandData, CommandName, CommandPayload, Reply } from '@rollcall/shared'
import { type Clock, stopwatch } from './clock.ts'
import type { Connection, LiveLink } from './connection.ts'
import { fromWire, RollcallError } from './errors.ts'
import type { Settings } from './options.ts'

/** How long a command waits for a connection before anything was sent. */
const WAIT_FOR_CONNECTION_MS = 5_000
/** An acknowledgement that takes longer may be lost: ask again under the same key. */
const ACKNOWLEDGEMENT_MS = 4_000
/** Before a command that the server could not store (`unavailable`) is tried again; up to twice that, by chance. */
const PAUSE_MS = 400

type BoundCommand = 'watch' | 'unwatch' | 'sign-out' | 'token:refresh'
type Tried<Name extends CommandName> = Reply<CommandData<Name>> | 'not-sent' | 'unanswered'
/** Who listens for the answers of a command's tries: the try that runs now. */
type Ear<Name extends CommandName> = { hear: (answer: Reply<CommandData<Name>>) => void }
type Body<Name extends CommandName> = Omit<CommandPayload<Name>, 'commandId' | 'connectionId'>

export interface Commands {
  send<Name extends Exclude<CommandName, BoundCommand>>(
    name: Name,
    body: Body<Name>,
  ): Promise<CommandData<Name>>
}

const READS: ReadonlySet<CommandName> = new Set([
  'presence:get',
  'presence:options',
  'presence:explain',
  'work:targets',
])

export function createCommands(connection: Connection, settings: Settings): Commands {
  const { clock, random, commandTimeoutMs } = settings
  return {
    async send(name, body) {
      const age = stopwatch(clock)
      const left = () => commandTimeoutMs - age()
      const payload = READS.has(name) ? body : { ...body, commandId: newKey() }
      const ear: Ear<typeof name> = { hear: () => undefined }
      let sent = false
      for (;;) {
        const wait = sent ? left() : Math.min(WAIT_FOR_CONNECTION_MS, left())
        const link = wait > 0 ? await connection.live(wait) : null
        if (!link) throw sent ? timedOut(name) : notConnected(name)
        const tried = await attempt(link, name, payload, ear, Math.min(ACKNOWLEDGEMENT_MS, left()), clock)
        if (tried === 'not-sent') await pause()
        else sent = true
        if (typeof tried === 'string') continue
        if (tried.ok) return tried.data
        if (tried.error.code !== 'unavailable' || left() <= 2 * PAUSE_MS) throw fromWire(tried.error)
        await pause()
      }
    },
  }

  function pause(): Promise<void> {
    return new Promise(resolve => clock.after(PAUSE_MS * (1 + random()), resolve))
  }
}

/** Sends a command that is meant for this connection only, once. */
export async function sendOn<Name extends BoundCommand>(
  link: LiveLink,
  name: Name,
  body: Body<Name>,
  settings: Settings,
): Promise<CommandData<Name>> {
  const payload = { ...body, connectionId: link.ready.connectionId }
  const ear: Ear<Name> = { hear: () => undefined }
  const tried = await attempt(link, name, payload, ear, settings.commandTimeoutMs, settings.clock)
  if (tried === 'not-sent') throw notConnected(name)
  if (typeof tried === 'string') throw timedOut(name)
  if (!tried.ok) throw fromWire(tried.error)
  return tried.data
}

/** One try on one link: its answer (or that of an earlier try, come late), or why there is none. */
function attempt<Name extends CommandName>(
  link: LiveLink,
  name: Name,
  payload: object,
  ear: Ear<Name>,
  ms: number,
  clock: Clock,
): Promise<Tried<Name>> {
  return new Promise(resolve => {
    const settle = (tried: Tried<Name>): void => {
      undo()
      cancel()
      resolve(tried)
    }
    const undo = link.onClosed(() => settle('unanswered'))
    const cancel = clock.after(ms, () => settle('unanswered'))
    ear.hear = settle
    if (!link.send(name, payload, answer => ear.hear(answer))) settle('not-sent')
  })
}

function newKey(): string {
  // 128 bits; `randomUUID` exists on secure origins only.
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

function notConnected(name: CommandName): RollcallError {
  return new RollcallError(
    'not-connected',
    `${name} was not sent: there is no connection. Try again when it is live.`,
    true,
  )
}

function timedOut(name: CommandName): RollcallError {
  return new RollcallError(
    'timed-out',
    `${name} was not answered in time. It may have been applied: look before you repeat it.`,
  )
}
