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
    const settle = <Outcome>(how: (outcome: Outcome) => void, outcome: Outcome): void => {
      undo()
      how(outcome)
    }
    const look = (): void => {
      // By age, not only by the timer: a page that slept while it waited must not act on what it wanted then.
      const value = ms !== null && age() > ms ? null : read()
      if (value !== null) settle(resolve, value)
      else if (isOver(state())) settle(reject, overError(state()))
    }
    const undo = together(
      onState(look),
      ms === null ? () => undefined : clock.after(ms, () => settle(resolve, null)),
    )
    look()
  })
}

/** Nobody is connecting, and nobody will be by itself. */
export function isOver({ kind }: ConnectionState): boolean {
  return kind === 'idle' || kind === 'ended'
}

/** What a call is told when nobody is connecting, and none will be. */
export function overError(state: ConnectionState): RollcallError {
  if (state.kind !== 'ended') return new RollcallError('not-connected', 'Call connect() first.')
  return new RollcallError('ended', state.message, false, { reason: state.reason })
}
