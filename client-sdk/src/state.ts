// What a connection can be in, for the application to show.

/** Why a connection is over for good. `connect()` begins a new one. */
export type EndReason =
  /** `disconnect()` was called. */
  | 'disconnected'
  /** The representative signed out, here or in another tab. */
  | 'signed-out'
  /** The token is not (or no longer) accepted, and asking for another one did not help. */
  | 'unauthenticated'
  /** The token does not allow this kind of connection. */
  | 'forbidden'
  | 'representative-unknown'
  /** The server and this client speak different versions of the protocol. */
  | 'invalid-message'

export type ConnectionState =
  /** Before `connect()`. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly connectionId: string; readonly nodeId: string }
  /** Live, on a node that stops; the SDK moves to another one within `withinMs`. */
  | {
      readonly kind: 'draining'
      readonly connectionId: string
      readonly nodeId: string
      readonly withinMs: number
    }
  /** The heartbeat is overdue: what is shown may be old, commands wait. */
  | { readonly kind: 'stale' }
  /** `attempt` counts from 1; it starts in `nextInMs`. `because` is for people. */
  | {
      readonly kind: 'reconnecting'
      readonly attempt: number
      readonly nextInMs: number
      readonly because: string
    }
  /** As reconnecting, and the browser says that there is no network. */
  | {
      readonly kind: 'offline'
      readonly attempt: number
      readonly nextInMs: number
      readonly because: string
    }
  | { readonly kind: 'ended'; readonly reason: EndReason; readonly message: string }
