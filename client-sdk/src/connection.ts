// Keeps one live link to the server: connects, comes back after every loss that may pass, moves away from a node
// that stops, and says at each moment what it is in.
import type { MessageName, MessagePayload, PROTOCOL_VERSION } from '@rollcall/shared'
import { delayBefore, FIRST_DELAY_MS } from './backoff.ts'
import { stopwatch } from './clock.ts'
import { createEmitter } from './emitter.ts'
import { createHeartbeat } from './heartbeat.ts'
import { type Closed, type Link, type Message, openLink, type Ready } from './link.ts'
import type { Settings } from './options.ts'
import { keepFresh } from './refresh.ts'
import { createServerTime, type ServerTime } from './server-time.ts'
import type { ConnectionState, EndReason } from './state.ts'
import { together } from './together.ts'
import { verdictOn } from './verdict.ts'
import { isOver, waitFor } from './waiting.ts'

const PROTOCOL: typeof PROTOCOL_VERSION = 1
/** From asking for a token to `ready`. */
const HANDSHAKE_MS = 10_000
/** A connection that lasted this long was a good one: failures before it are forgotten. */
const GOOD_MS = 10_000

/** A link that has had its `ready`. */
export interface LiveLink {
  readonly ready: Ready
  readonly send: Link['send']
}

export interface Connection {
  state(): ConnectionState
  onState(listener: (state: ConnectionState) => void): () => void
  /** Every message of the server, `ready` first on each link. */
  onMessage(listener: (message: Message) => void): () => void
  /** Every message of one name. */
  on<Name extends MessageName>(name: Name, listener: (payload: MessagePayload<Name>) => void): () => void
  /** Resolves when live; rejects with `ended` when it can't become so. Tries as long as that takes. */
  connect(): Promise<void>
  end(reason: EndReason, message: string): void
  /** The live link, or null if there is none within `ms`. Rejects at once when nobody is connecting. */
  live(ms: number): Promise<LiveLink | null>
  /** The link as it is, also while its heartbeat is overdue. */
  current(): LiveLink | null
  readonly serverTime: ServerTime
}

export interface ConnectionOptions extends Settings {
  readonly signIn: boolean
  /** Tells the server of a newer token. */
  readonly refreshToken: (link: LiveLink, token: string) => Promise<unknown>
}

export function createConnection(options: ConnectionOptions): Connection {
  const { clock, page, random } = options
  const states = createEmitter<ConnectionState>()
  const messages = createEmitter<Message>()
  const serverTime = createServerTime(clock)
  const heartbeat = createHeartbeat(clock, () => set({ kind: 'stale' }))
  let state: ConnectionState = { kind: 'idle' }
  let link: Link | null = null
  let live: LiveLink | null = null
  let sinceReady = () => 0
  let attempt = 0
  let askedAgain = false
  /** Rises with every attempt and every end: what an overtaken attempt brings is dropped. */
  let turn = 0
  let sinceAttempt = () => 0
  /** Set while the node of this link is stopping. */
  let drain: { readonly withinMs: number; readonly leftMs: () => number } | null = null
  const undo = { retry: noop, handshake: noop, move: noop, refresh: noop }
  let leavePage = noop

  const set = (next: ConnectionState): void => {
    state = next
    states.emit(next)
  }

  const attach = async (): Promise<void> => {
    const mine = ++turn
    undo.retry = noop
    sinceAttempt = stopwatch(clock)
    undo.handshake = clock.after(HANDSHAKE_MS, () => retry('No answer.'))
    try {
      const token = await options.getToken()
      if (mine !== turn) return
      const auth = { token, signIn: options.signIn }
      const listener = { ready: (payload: Ready) => ready(payload, token), message, ping, closed }
      link = openLink({ url: options.url, path: options.path, auth }, listener)
    } catch (error) {
      if (mine === turn) retry(error instanceof Error ? error.message : String(error))
    }
  }

  const detach = (): void => {
    turn += 1
    heartbeat.stop()
    together(...Object.values(undo))()
    undo.retry = noop
    link?.close()
    link = null
    live = null
  }

  const ready = (payload: Ready, token: string): void => {
    if (!link) return
    if (payload.protocol !== PROTOCOL) {
      end('invalid-message', `The server speaks protocol ${payload.protocol}: update the client.`)
      return
    }
    undo.handshake()
    const current = { ready: payload, send: link.send }
    live = current
    sinceReady = stopwatch(clock)
    drain = null
    serverTime.reset()
    serverTime.heard(payload.serverTime)
    heartbeat.beat(payload.pingInterval)
    if (options.canAskAgain) {
      const apply = (newer: string) => options.refreshToken(current, newer)
      undo.refresh = keepFresh(token, { clock, serverNow: serverTime.now, getToken: options.getToken, apply })
    }
    messages.emit({ name: 'ready', payload })
    if (live === current) set(liveState(current))
  }

  const message = (received: Message): void => {
    if ('serverTime' in received.payload) serverTime.heard(received.payload.serverTime)
    if (received.name === 'server:drain' && live && !drain) moveAway(live, received.payload.withinMs)
    messages.emit(received)
  }

  const ping = (): void => {
    if (!live) return
    heartbeat.beat(live.ready.pingInterval)
    if (state.kind === 'stale') set(liveState(live))
  }

  const liveState = ({ ready: { connectionId, nodeId } }: LiveLink): ConnectionState => {
    const where = { connectionId, nodeId }
    return drain ? { kind: 'draining', ...where, withinMs: drain.withinMs } : { kind: 'live', ...where }
  }

  /** All clients of a stopping node hear of it at once; each leaves at a random moment of the time given. */
  const moveAway = (current: LiveLink, withinMs: number): void => {
    const moveIn = Math.round(random() * withinMs)
    const since = stopwatch(clock)
    drain = { withinMs, leftMs: () => moveIn - since() }
    undo.move = clock.after(moveIn, () => reopen('The server stops.'))
    set(liveState(current))
  }

  const closed = (why: Closed): void => {
    if (live && sinceReady() >= GOOD_MS) {
      attempt = 0
      askedAgain = false
    }
    const verdict = verdictOn(why, options.canAskAgain && !askedAgain)
    askedAgain ||= verdict.token
    if (verdict.end) end(verdict.end, why.message)
    else retry(why.message, verdict.atLeastMs)
  }

  const retry = (because: string, atLeastMs = 0): void => {
    attempt += 1
    const left = drain?.leftMs() ?? 0
    schedule(Math.max(delayBefore(attempt, random), atLeastMs, left), because)
  }

  const reopen = (because: string): void => {
    drain = null
    attempt = 1
    schedule(0, because)
  }

  const schedule = (nextInMs: number, because: string): void => {
    detach()
    undo.retry = clock.after(nextInMs, () => void attach())
    set({ kind: page.online() ? 'reconnecting' : 'offline', attempt, nextInMs, because })
  }

  /** The page woke up, or the network came: don't wait for a timer, don't trust a link that has been silent. */
  const wake = (): void => {
    if (live && heartbeat.overdue()) reopen('The page was asleep.')
    else if (live && state.kind === 'stale') set(liveState(live))
    else if (undo.retry !== noop && 'because' in state) {
      // Not before 500 ms after the last try: a tab that is shown and hidden again and again makes no flood.
      schedule(Math.max(0, FIRST_DELAY_MS - sinceAttempt()), state.because)
    }
  }

  const freeze = (): void => {
    if (live) set({ kind: 'stale' })
  }

  const end = (reason: EndReason, message: string): void => {
    leavePage()
    detach()
    set({ kind: 'ended', reason, message })
  }

  /** Live or draining: what names its node. */
  const usable = (): LiveLink | null => ('nodeId' in state ? live : null)
  const progress = { state: () => state, onState: states.on }
  const wait = (ms: number | null) => waitFor(usable, progress, clock, ms)

  return {
    ...progress,
    onMessage: messages.on,
    on: (name, listener) =>
      messages.on(message => void (message.name === name && listener(message.payload as never))),
    serverTime,
    end,
    live: wait,
    current: () => live,
    async connect() {
      if (isOver(state)) {
        attempt = 0
        askedAgain = false
        drain = null
        leavePage = together(page.onWake(wake), page.onFreeze(freeze))
        set({ kind: 'connecting' })
        void attach()
      }
      await wait(null)
    },
  }
}

function noop(): void {}
