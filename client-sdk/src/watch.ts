// One watch over queues, kept up over reconnects: asks again with its cursor, or from the beginning when the server
// says that continuity is lost.
import type { MessagePayload, PresenceView } from '@rollcall/shared'
import type { Client } from './client.ts'
import { sendOn } from './commands.ts'
import type { LiveLink } from './connection.ts'
import { createEmitter } from './emitter.ts'
import { messageOf, RollcallError } from './errors.ts'
import type { Message } from './link.ts'
import { createReplica, type ReplicaChange } from './replica.ts'

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

export function createWatch({ queues }: WatchOptions, { connection, settings }: Client): StartableWatch {
  const replica = createReplica()
  const changes = createEmitter<ReplicaChange>()
  const syncs = createEmitter<'state' | 'diff'>()
  const ends = createEmitter<RollcallError>()
  let head: MessagePayload<'head'> | null = null
  /** Rises with each asking: the answer to an earlier one no longer counts. */
  let turn = 0
  let over = false
  let undo: readonly (() => void)[] = []

  const tell = (change: ReplicaChange): void => {
    if (change.changed.length + change.removed.length > 0) changes.emit(change)
    if (change.synced) syncs.emit(change.synced)
  }

  const ask = async (link: LiveLink | null): Promise<void> => {
    if (!link || over) return
    const mine = ++turn
    const since = replica.cursor()
    replica.begin()
    try {
      const body = { queues: queues === '*' ? queues : [...queues], ...(since !== null && { since }) }
      const sync = await sendOn(link, 'watch', body, settings)
      if (mine === turn) tell(replica.sync(sync))
    } catch (error) {
      if (mine === turn) failed(link, error)
    }
  }

  const failed = (link: LiveLink, cause: unknown): void => {
    const error = cause instanceof RollcallError ? cause : new RollcallError('internal', messageOf(cause))
    const mine = turn
    const again = (ms: number) => settings.clock.after(ms, () => void (mine === turn && ask(link)))
    // The link went meanwhile: the next `ready` asks again.
    if (error.code === 'stale-command' || error.code === 'not-connected') return
    if (error.code === 'cursor-gone') {
      replica.forget()
      again(0)
    } else if (error.retry || error.code === 'timed-out') {
      const { retryAfterMs } = error.details
      again(typeof retryAfterMs === 'number' ? retryAfterMs : RETRY_MS * (1 + settings.random()))
    } else end(error)
  }

  const message = ({ name, payload }: Message): void => {
    if (name === 'presence:changes') tell(replica.changes(payload))
    else if (name === 'head') {
      head = payload
      replica.head(payload.cursor)
    } else if (name === 'ready') void ask(connection.current())
    else if (name === 'presence:resync') {
      replica.forget()
      void ask(connection.current())
    }
  }

  const end = (error: RollcallError): void => {
    if (over) return
    over = true
    turn += 1
    for (const each of undo) each()
    ends.emit(error)
  }

  const finish = async (): Promise<void> => {
    const link = undo.length > 0 && !over ? connection.current() : null
    end(new RollcallError('ended', 'The watch was stopped.', false, { reason: 'stopped' }))
    // Without an answer the link is gone, and the watch with it.
    if (link) await sendOn(link, 'unwatch', {}, settings).catch(() => undefined)
  }

  return {
    presences: replica.presences,
    onChange: changes.on,
    onSync: syncs.on,
    onEnd: ends.on,
    head: () => head,
    stop: () => void finish(),
    finish,
    start: () =>
      new Promise((resolve, reject) => {
        if (over) return reject(new RollcallError('ended', 'Another watch was begun meanwhile.'))
        const once = [syncs.on(() => settle(resolve)), ends.on(error => settle(() => reject(error)))]
        const settle = (how: () => void): void => {
          for (const each of once) each()
          how()
        }
        undo = [
          connection.onMessage(message),
          connection.onState(state => {
            if (state.kind === 'ended')
              end(new RollcallError('ended', state.message, false, { reason: state.reason }))
          }),
        ]
        void ask(connection.current())
      }),
  }
}
