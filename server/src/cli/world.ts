// What a command sees of the process it runs in. Tests give their own.

import type { Environment } from '../config.ts'

export interface Screen {
  write(text: string): void
  size(): { readonly columns: number; readonly rows: number }
  readonly isTerminal: boolean
  /** Returns its undo. */
  onResize(listener: () => void): () => void
}

export interface World {
  readonly env: Environment
  readonly screen: Screen
  /** One line, or several, for standard error. */
  complain(text: string): void
  /** Resolves with the first SIGINT or SIGTERM. Whoever asks must then end soon; a second signal ends the process. */
  stopAsked(): Promise<void>
}

/** A failure that a person can do something about: the message is all that is shown. */
export class Failure extends Error {
  override readonly name = 'Failure'
}
