// Waiting for a connection to get somewhere.
import { type Clock, stopwatch } from './clock.ts'
import { RollcallError } from './errors.ts'
import type { ConnectionState } from './state.ts'
import { together } from './together.ts'

export interface Progress {
  state(): ConnectionState
  onState(listener: () => void): () => void
}

/** Resolves with what `read` answers, or with null after `ms` (null: never). Rejects when nobody is connecting. */
export function waitFor<Value>(
  read: () => Value | null,
  { state, onState }: Progress,
  clock: Clock,
  ms: number | null,
): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    const age = stopwatch(clock)
    const settle = (how: () => void): void => {
      undo()
      how()
    }
    const look = (): void => {
      // By age, not only by the timer: a page that slept while it waited must not act on what it wanted then.
      const value = ms !== null && age() > ms ? null : read()
      if (value !== null) settle(() => resolve(value))
      else if (state().kind === 'idle' || state().kind === 'ended') settle(() => reject(overError(state())))
    }
    const undo = together(
      onState(look),
      ms === null ? () => undefined : clock.after(ms, () => settle(() => resolve(null))),
    )
    look()
  })
}

/** What a call is told when nobody is connecting, and none will be. */
export function overError(state: ConnectionState): RollcallError {
  if (state.kind !== 'ended') return new RollcallError('not-connected', 'Call connect() first.')
  const message = `The connection is over (${state.reason}): ${state.message}`
  return new RollcallError('ended', message, false, { reason: state.reason })
}
