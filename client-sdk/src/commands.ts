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
import { stopwatch } from './clock.ts'
import type { Connection, LiveLink } from './connection.ts'
import { fromWire, notConnected, RollcallError } from './errors.ts'
import { newKey } from './key.ts'
import type { Settings } from './options.ts'
import { together } from './together.ts'

/** How long a command waits for a connection before anything was sent. */
const WAIT_FOR_CONNECTION_MS = 5_000
/** An acknowledgement that takes longer may be lost: ask again under the same key. */
const ACKNOWLEDGEMENT_MS = 4_000
/** Before a command that the server could not store (`unavailable`) is tried again; up to twice that, by chance. */
const PAUSE_MS = 400

type BoundCommand = 'watch' | 'unwatch' | 'sign-out' | 'token:refresh'
type ReadingCommand = 'presence:get' | 'presence:options' | 'presence:explain' | 'work:targets'
export type CommandBody<Name extends CommandName> = Omit<CommandPayload<Name>, 'commandId' | 'connectionId'>
type Tried<Name extends CommandName> = { readonly data: CommandData<Name> } | RollcallError
/** Who listens for the answers of a command's tries: the try that runs now. */
type Ear<Name extends CommandName> = {
  hear?: (tried: Tried<Name>) => void
  /** Called before it. */
  readonly first?: ((data: CommandData<Name>) => void) | undefined
}

export interface Commands {
  /** Sends a command that only reads. */
  ask<Name extends ReadingCommand>(name: Name, body: CommandBody<Name>): Promise<CommandData<Name>>
  /** Sends a change. */
  send<Name extends Exclude<CommandName, BoundCommand | ReadingCommand>>(
    name: Name,
    body: CommandBody<Name>,
  ): Promise<CommandData<Name>>
  /**
   * Sends a command that is meant for this connection only, once. `heard` is called at the moment of its answer,
   * between the messages before it and those after it; the promise is some turns late for that.
   */
  sendOn<Name extends BoundCommand>(
    link: LiveLink,
    name: Name,
    body: CommandBody<Name>,
    heard?: (data: CommandData<Name>) => void,
  ): Promise<CommandData<Name>>
}

export function createCommands(
  connection: Connection,
  { clock, random, commandTimeoutMs }: Settings,
): Commands {
  /** One try on one link: its answer (or that of an earlier try, come late), or why there is none. */
  const attempt = <Name extends CommandName>(
    link: LiveLink,
    name: Name,
    payload: object,
    ms: number,
    ear: Ear<Name> = {},
  ): Promise<Tried<Name>> =>
    new Promise(resolve => {
      const settle = (tried: Tried<Name>): void => {
        undo()
        resolve(tried)
      }
      const giveUp = () => settle(timedOut(name))
      const undo = together(
        clock.after(ms, giveUp),
        connection.onState(() => connection.current() !== link && giveUp()),
      )
      ear.hear = settle
      const hear = (answer: Reply<CommandData<Name>>): void => {
        if (answer.ok) ear.first?.(answer.data)
        ear.hear?.(answer.ok ? answer : fromWire(answer.error))
      }
      if (!link.send(name, payload, hear)) settle(notConnected(name))
    })

  const pause = () => new Promise<void>(resolve => clock.after(PAUSE_MS * (1 + random()), resolve))

  /** Tries until it is answered for good, or its time is over. */
  const ask = async <Name extends CommandName>(name: Name, payload: object): Promise<CommandData<Name>> => {
    const age = stopwatch(clock)
    const left = () => commandTimeoutMs - age()
    const ear: Ear<Name> = {}
    let failure = notConnected(name)
    for (;;) {
      const wait = failure.code === 'timed-out' ? left() : Math.min(WAIT_FOR_CONNECTION_MS, left())
      const link = wait > 0 && (await connection.live(wait))
      if (!link) throw failure
      const tried = await attempt(link, name, payload, Math.min(ACKNOWLEDGEMENT_MS, left()), ear)
      if (!(tried instanceof RollcallError)) return tried.data
      const { code } = tried
      if (code === 'timed-out') failure = tried
      else if (code === 'not-connected' || (code === 'unavailable' && left() > 2 * PAUSE_MS)) await pause()
      else throw tried
    }
  }

  return {
    ask,
    send: (name, body) => ask(name, { ...body, commandId: newKey() }),
    async sendOn(link, name, body, heard) {
      const payload = { ...body, connectionId: link.ready.connectionId }
      const tried = await attempt(link, name, payload, commandTimeoutMs, { first: heard })
      if (tried instanceof RollcallError) throw tried
      return tried.data
    },
  }
}

function timedOut(name: CommandName): RollcallError {
  return new RollcallError('timed-out', `${name} was not answered: it may have been applied.`)
}
