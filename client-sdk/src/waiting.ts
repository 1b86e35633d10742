// Waiting for a connection to get somewhere.
import { type Clock, stopwatch } from './clock.ts'
import { RollcallError } from './errors.ts'
import type { ConnectionState } from './state.ts'

export interface Waiting<Value> {
  /** What is waited for, or null as long as it isn't there. */
  readonly read: () => Value | null
  readonly state: () => ConnectionState
  readonly onState: (listener: () => void) => () => void
  readonly clock: Clock
  /** Null: as long as it takes. */
  readonly ms: number | null
}

/** Resolves with what `read` answers, or with null after `ms`. Rejects when nobody is connecting. */
export function waitFor<Value>({ read, state, onState, clock, ms }: Waiting<Value>): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    const age = stopwatch(clock)
    const settle = (how: () => void): void => {
      undo()
      cancel()
      how()
    }
    const look = (): void => {
      // By age, not only by the timer: a page that slept while it waited must not act on what it wanted then.
      const value = ms !== null && age() > ms ? null : read()
      if (value !== null) settle(() => resolve(value))
      else if (state().kind === 'idle' || state().kind === 'ended') settle(() => reject(overError(state())))
    }
    const undo = onState(look)
    const cancel = ms === null ? () => undefined : clock.after(ms, () => settle(() => resolve(null)))
    look()
  })
}

function overError(state: ConnectionState): RollcallError {
  if (state.kind !== 'ended') return new RollcallError('not-connected', 'Call connect() first.')
  const message = `The connection is over (${state.reason}): ${state.message}`
  return new RollcallError('ended', message, false, { reason: state.reason })
}
