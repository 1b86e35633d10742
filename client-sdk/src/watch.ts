// One watch over queues, kept up over reconnects: asks again with its cursor, or from the beginning when the server
// says that continuity is lost.
import type { LiveCounts, MessagePayload, PresenceView, Sync } from '@rollcall/shared'
import type { Client } from './client.ts'
import type { LiveLink } from './connection.ts'
import { createEmitter } from './emitter.ts'
import { RollcallError } from './errors.ts'
import { type Freshness, keepFreshness } from './freshness.ts'
import type { Message } from './link.ts'
import { createReplica, type ReplicaChange } from './replica.ts'
import type { ConnectionState } from './state.ts'
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
  /** The live counts of a watched queue (SU6); undefined if nothing was told of it. */
  live(queueId: string): LiveCounts | undefined
  /** The counts of a queue changed; at most once a second for each. */
  onLive(listener: (counts: LiveCounts) => void): () => void
  /** Whether what is shown is current. */
  freshness(): Freshness
  onFreshness(listener: (freshness: Freshness) => void): () => void
  /** Milliseconds since 1970 by the server's clock: what every `since` is counted against. */
  now(): number
  /** The last word of the server about how far it is, at most 5 s apart; null before the first. */
  head(): MessagePayload<'head'> | null
  stop(): void
}

export interface StartableWatch extends Watch {
  /** Resolves when the first state is complete. */
  start(): Promise<void>
  /** Resolves when the server sends nothing more of it. */
  stop(): Promise<void>
}

export function createWatch(
  { queues }: WatchOptions,
  { commands, connection, settings }: Client,
): StartableWatch {
  const replica = createReplica()
  const fresh = keepFreshness(connection.serverTime, settings)
  const counts = new Map<string, LiveCounts>()
  const wanted = queues.slice() as '*' | string[]
  const changes = createEmitter<ReplicaChange>()
  const lives = createEmitter<LiveCounts>()
  const syncs = createEmitter<'state' | 'diff'>()
  const ends = createEmitter<RollcallError>()
  let head: MessagePayload<'head'> | null = null
  /** Rises with each asking: the answer to an earlier one no longer counts. */
  let turn = 0
  let ended: RollcallError | null = null
  let undo: (() => void) | null = null
  let cancelRetry: () => void = () => undefined

  const tell = (change: ReplicaChange): void => {
    if (change.changed.length + change.removed.length) changes.emit(change)
    if (change.synced) {
      fresh.heard(0, 'live')
      syncs.emit(change.synced)
    }
  }

  const count = (of: LiveCounts): void => {
    counts.set(of.queueId, of)
    lives.emit(of)
  }

  /** At the moment of the answer, so that the messages after it find its counts replaced. */
  const begin = ({ live = [] }: Sync): void => {
    replica.begin()
    for (const of of live) count(of)
  }

  const ask = async (link: LiveLink | null): Promise<void> => {
    if (!link || ended) return
    const mine = ++turn
    try {
      // What came before the answer is of an earlier asking, answered too late: the answer is newer than all of it.
      const body = { queues: wanted, since: replica.cursor() }
      const sync = await commands.sendOn(link, 'watch', body, begin)
      if (mine === turn) tell(replica.sync(sync))
    } catch (error) {
      if (mine === turn) failed(link, error)
    }
  }

  const failed = (link: LiveLink, cause: unknown): void => {
    // Anything else would be a mistake of this code, and ends the watch like a refusal.
    const error = cause as RollcallError
    if (error.code === 'cursor-gone') {
      replica.forget()
      void ask(link)
    } else if (error.retry || error.code === 'timed-out' || error.code === 'stale-command') {
      const wait = Number(error.details['retryAfterMs'] ?? RETRY_MS * (1 + settings.random()))
      const mine = turn
      // If the link has gone meanwhile, the next `ready` has asked already.
      cancelRetry = settings.clock.after(wait, () => void (mine === turn && ask(link)))
    } else end(error)
  }

  const askNow = () => void ask(connection.current())

  const take = ({ name, payload }: Message): void => {
    if (name === 'presence:changes') tell(replica.changes(payload))
    else if (name === 'queue:live') count(payload)
    else if (name === 'head') {
      head = payload
      replica.head(payload.cursor)
      fresh.heard(payload.lagMs)
    } else if (name === 'ready') askNow()
    else if (name === 'presence:resync') {
      fresh.set('reconnecting')
      replica.forget()
      askNow()
    }
  }

  const follow = (state: ConnectionState): void => {
    if (state.kind === 'ended') end(overError(state))
    else if (!connection.current()) fresh.set('reconnecting')
  }

  const end = (error: RollcallError): void => {
    if (ended) return
    ended = error
    turn += 1
    undo?.()
    fresh.end()
    ends.emit(error)
  }

  const stop = async (): Promise<void> => {
    const link = undo && !ended && connection.current()
    end(new RollcallError('ended', 'The watch was stopped.', false, { reason: 'stopped' }))
    // Without an answer the link is gone, and the watch with it.
    if (link) await commands.sendOn(link, 'unwatch', {}).catch(() => undefined)
  }

  return {
    presences: replica.presences,
    onChange: changes.on,
    onSync: syncs.on,
    onEnd: ends.on,
    live: queueId => counts.get(queueId),
    onLive: lives.on,
    freshness: fresh.now,
    onFreshness: fresh.on,
    now: connection.serverTime.now,
    head: () => head,
    stop,
    start: () =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        syncs.on(() => resolve())
        ends.on(reject)
        undo = together(connection.onMessage(take), connection.onState(follow), () => cancelRetry())
        askNow()
      }),
  }
}
