// One watcher over a real socket, who checks every message that arrives against what is in force at that moment: the
// watch that was answered last, and what the token grants.

import type { Socket as TcpSocket } from 'node:net'
import type { CommandData, CommandName, LiveCounts, MessagePayload, Reply } from '@rollcall/shared'
import { io, type Socket } from 'socket.io-client'
import { tokenOf } from '../tokens.ts'
import { type Changes, createPicture, keyOf, type Picture } from './picture.ts'
import { touches } from './truth.ts'
import type { Queues, Watcher, WatcherContext } from './watching.ts'

export function createWatcher(name: string, first: Queues, context: WatcherContext): Watcher {
  const { url, truth, figures } = context
  const pictures = new Map<string, Picture>()
  const halfStates: string[] = []
  const counts = new Map<string, LiveCounts>()
  let sub = name
  let lives = 1
  let stalls = 0
  let latest: Queues | null = null
  let grant = first
  let socket: Socket | null = null
  let ready = false
  let asking = 0
  let inForce: Picture | null = null
  /** What the latest watch was answered with. */
  let filling: 'state' | 'diff' = 'state'
  /** Its token was revoked: the server is to close it. */
  let doomed: Socket | null = null
  let paused: TcpSocket | null = null
  /** It reads, and has read everything since it last did not: its delays are the server's. */
  let prompt = false
  const complain = (what: string) => context.complain(name, what)

  function pictureOf(queues: Queues): Picture {
    const key = keyOf(queues)
    const known = pictures.get(key)
    if (known) return known
    const picture = createPicture(queues, truth)
    pictures.set(key, picture)
    return picture
  }

  function ended(): void {
    socket = null
    ready = false
    asking = 0
    inForce = null
    // A socket that is not read would wait for its end without end.
    paused?.destroy()
    paused = null
    counts.clear()
  }

  function hear(message: string, payload: unknown): void {
    figures.add('messages')
    if (message === 'ready') ready = true
    else if (message === 'presence:changes') hearChanges(payload as Changes)
    else if (message === 'queue:live') hearCounts(payload as LiveCounts)
    else if (message === 'head') {
      if (!inForce) complain('was sent head while it watched nothing')
      inForce?.head((payload as MessagePayload<'head'>).cursor)
    } else if (message === 'presence:resync') {
      figures.add(`resyncs (${(payload as MessagePayload<'presence:resync'>).reason})`)
      if (!inForce) complain('was sent presence:resync while it watched nothing')
      inForce = null
      counts.clear()
    }
  }

  function hearChanges(message: Changes): void {
    const { presences, removed, cursor, complete } = message
    figures.add('deliveries', presences.length + removed.length)
    if (!inForce) {
      complain('was sent presence:changes while it watched nothing')
      return
    }
    if (prompt && complete === undefined) {
      const now = performance.now()
      for (const { representativeId, revision } of presences) {
        const at = truth.committedAt(representativeId, revision)
        if (at !== undefined) figures.delay(now - at)
      }
    }
    if (complete === false && filling === 'state') halfStates.push(cursor)
    inForce.changes(message).forEach(complain)
  }

  function hearCounts(told: LiveCounts): void {
    figures.add('live counts')
    const isWatched = inForce !== null && touches([told.queueId], inForce.queues)
    if (isWatched) counts.set(told.queueId, told)
    else complain(`was sent the counts of ${told.queueId}, which it does not watch`)
  }

  /** The acknowledgement is handled in the order of the wire, so that what is in force changes between two messages. */
  function ask<Name extends CommandName>(
    command: Name,
    payload: object,
    answered: (reply: Reply<CommandData<Name>>) => void,
  ): void {
    const own = socket
    if (!own) return
    asking += 1
    own.emit(command, payload, (reply: Reply<CommandData<Name>>) => {
      if (own !== socket) return
      asking -= 1
      answered(reply)
    })
  }

  function granted(queues: Queues): boolean {
    return grant === '*' || (queues !== '*' && queues.every(queue => grant.includes(queue)))
  }

  return {
    name,
    grant: () => grant,
    isConnected: () => socket !== null && ready,
    isStalled: () => paused !== null,
    isAsking: () => asking > 0,
    isDoomed: () => socket !== null && socket === doomed,
    doom() {
      const present = sub
      doomed = socket
      sub = `${name}-${++lives}`
      return present
    },
    latest: () => (latest !== null && granted(latest) ? latest : null),
    picture: () => inForce,
    pictureOf,
    halfStates,
    counts,
    connect() {
      if (socket) return
      const token = tokenOf({ sub, roles: ['supervisor'], watches: grant === '*' ? ['*'] : grant })
      const own = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true })
      socket = own
      prompt = true
      figures.add('connects')
      own.onAny((message: string, payload: unknown) => own === socket && hear(message, payload))
      const over = () => own === socket && ended()
      own.on('disconnect', over)
      own.on('connect_error', error => {
        if ('data' in error && error.data) complain(`was refused: ${error.message}`)
        else figures.add('connections that came to nothing')
        over()
      })
    },
    watch(queues, { cursor, proves }) {
      const isAllowedNow = granted(queues)
      const stallsBefore = stalls
      const reads = paused === null
      ask('watch', { queues, ...(cursor === undefined ? {} : { since: cursor }) }, reply => {
        if (!reply.ok) return complain(`may not watch ${queues}: ${reply.error.message}`)
        if (!isAllowedNow) return complain(`may watch ${queues}, which the token does not grant`)
        const { data } = reply
        figures.add(data.kind === 'diff' ? 'diffs' : 'states')
        figures.add('deliveries', data.presences.length + data.removed.length)
        if (data.kind === 'diff' && !proves) complain(`was answered with a diff since ${cursor}`)
        filling = data.kind
        if (data.kind === 'state' && data.complete === false) halfStates.push(data.cursor)
        inForce = pictureOf(queues)
        latest = queues
        prompt = reads && stalls === stallsBefore
        counts.clear()
        for (const each of data.live ?? []) counts.set(each.queueId, each)
        for (const queue of counts.keys())
          if (!touches([queue], queues)) complain(`was sent the counts of ${queue} with a watch of ${queues}`)
        inForce.sync(data).forEach(complain)
      })
    },
    trespass(queues) {
      ask('watch', { queues }, reply => {
        figures.add('watches refused')
        if (reply.ok || reply.error.code !== 'forbidden')
          complain(
            `asked for ${queues}, which is not granted, and got ${JSON.stringify(reply).slice(0, 200)}`,
          )
      })
    },
    unwatch() {
      ask('unwatch', {}, () => {
        inForce = null
        counts.clear()
      })
    },
    refresh(next) {
      const token = tokenOf({ sub, roles: ['supervisor'], watches: next === '*' ? ['*'] : next })
      ask('token:refresh', { token }, reply => {
        if (!reply.ok) return complain(`may not refresh its token: ${reply.error.message}`)
        grant = next
        if (inForce && !granted(inForce.queues))
          complain(`still watches ${inForce.queues} under a token of ${next}`)
      })
    },
    stall() {
      const tcp = socket && tcpOf(socket)
      if (!tcp || paused) return
      figures.add('stalls')
      stalls += 1
      prompt = false
      paused = tcp
      tcp.pause()
    },
    wake() {
      paused?.resume()
      paused = null
    },
    drop(abruptly) {
      const own = socket
      if (!own) return
      figures.add('disconnections')
      const tcp = tcpOf(own)
      ended()
      if (abruptly) tcp?.destroy()
      own.close()
    },
  }
}

function tcpOf(socket: Socket): TcpSocket | null {
  const { transport } = socket.io.engine as unknown as { transport?: { ws?: { _socket?: TcpSocket } } }
  return transport?.ws?._socket ?? null
}
