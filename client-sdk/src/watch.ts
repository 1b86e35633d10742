// One watch over queues, kept up over reconnects: asks again with its cursor, or from the beginning when the server
// says that continuity is lost.
import type { MessagePayload, PresenceView } from '@rollcall/shared'
import type { Client } from './client.ts'
import type { LiveLink } from './connection.ts'
import { createEmitter } from './emitter.ts'
import { RollcallError } from './errors.ts'
import { createReplica, type ReplicaChange } from './replica.ts'
import { together } from './together.ts'
import { overError } from './waiting.ts'

/** Before a watch that the server could not answer is asked for again; up to twice that, by chance. */
const RETRY_MS = 1_000

export interface WatchOptions {
  /** Ids of queues, or `'*'` for everybody the token allows. */
  readonly queues: readonly string[] | '*'
}

export interface Watch {
  /** Everybody watched, by id: one live map, whose views are replaced, never altered. */
  presences(): ReadonlyMap<string, PresenceView>
  /** Once for each message that changed something; after a whole state, everybody counts as changed. */
  onChange(
    listener: (change: {
      readonly changed: readonly PresenceView[]
      readonly removed: readonly string[]
    }) => void,
  ): () => void
  /** The board is whole and current again: after the beginning, a reconnect, or a loss of continuity. */
  onSync(listener: (kind: 'state' | 'diff') => void): () => void
  /** The server refused to go on, for example because the token no longer allows it. Nothing changes any more. */
  onEnd(listener: (error: RollcallError) => void): () => void
  /** How old what is shown may be: the last word of the server, at most 5 s apart; null before the first. */
  head(): MessagePayload<'head'> | null
  stop(): void
}

export interface StartableWatch extends Watch {
  /** Resolves when the first state is complete. */
  start(): Promise<void>
  /** As `stop()`; resolves when the server sends nothing more of it. */
  finish(): Promise<void>
}

export function createWatch(
  { queues }: WatchOptions,
  { commands, connection, settings }: Client,
): StartableWatch {
  const replica = createReplica()
  const wanted = queues === '*' ? queues : [...queues]
  const changes = createEmitter<ReplicaChange>()
  const syncs = createEmitter<'state' | 'diff'>()
  const ends = createEmitter<RollcallError>()
  let head: MessagePayload<'head'> | null = null
  /** Rises with each asking: the answer to an earlier one no longer counts. */
  let turn = 0
  let over = false
  let undo: (() => void) | null = null

  const tell = (change: ReplicaChange): void => {
    if (change.changed.length + change.removed.length > 0) changes.emit(change)
    if (change.synced) syncs.emit(change.synced)
  }

  const ask = async (link: LiveLink | null): Promise<void> => {
    if (!link || over) return
    const mine = ++turn
    try {
      // What came before the answer is of an earlier asking, answered too late: the answer is newer than all of it.
      const body = { queues: wanted, since: replica.cursor() }
      const sync = await commands.sendOn(link, 'watch', body, replica.begin)
      if (mine === turn) tell(replica.sync(sync))
    } catch (error) {
      if (mine === turn) failed(link, error)
    }
  }

  const failed = (link: LiveLink, cause: unknown): void => {
    const error = cause instanceof RollcallError ? cause : new RollcallError('internal', String(cause))
    const { retryAfterMs } = error.details
    if (error.code === 'cursor-gone') {
      replica.forget()
      void ask(link)
    } else if (error.retry || error.code === 'timed-out' || error.code === 'stale-command') {
      const mine = turn
      const wait = Number(retryAfterMs ?? RETRY_MS * (1 + settings.random()))
      // If the link has gone meanwhile, the next `ready` has asked already.
      settings.clock.after(wait, () => void (mine === turn && ask(link)))
    } else end(error)
  }

  const askNow = () => void ask(connection.current())

  const listen = () =>
    together(
      connection.on('presence:changes', message => tell(replica.changes(message))),
      connection.on('head', message => {
        head = message
        replica.head(message.cursor)
      }),
      connection.on('ready', askNow),
      connection.on('presence:resync', () => {
        replica.forget()
        askNow()
      }),
      connection.onState(state => {
        if (state.kind === 'ended') end(overError(state))
      }),
    )

  const end = (error: RollcallError): void => {
    if (over) return
    over = true
    turn += 1
    undo?.()
    ends.emit(error)
  }

  const finish = async (): Promise<void> => {
    const link = undo && !over ? connection.current() : null
    end(stopped())
    // Without an answer the link is gone, and the watch with it.
    if (link) await commands.sendOn(link, 'unwatch', {}).catch(() => undefined)
  }

  return {
    presences: replica.presences,
    onChange: changes.on,
    onSync: syncs.on,
    onEnd: ends.on,
    head: () => head,
    stop: finish,
    finish,
    start: () =>
      new Promise((resolve, reject) => {
        if (over) return reject(stopped())
        const settle = (how: () => void): void => {
          once()
          how()
        }
        const once = together(
          syncs.on(() => settle(resolve)),
          ends.on(error => settle(() => reject(error))),
        )
        undo = listen()
        askNow()
      }),
  }
}

function stopped(): RollcallError {
  return new RollcallError('ended', 'The watch was stopped.', false, {
    reason: 'stopped',
  })
}
