// A watcher of a chaos run: what it can be made to do, and what can be seen of it.

import type { LiveCounts } from '@rollcall/shared'
import type { Figures } from './figures.ts'
import type { Picture } from './picture.ts'
import type { Truth } from './truth.ts'

export type Queues = readonly string[] | '*'
export interface Since {
  readonly cursor: string | undefined
  /** False: it proves nothing for this watch, and must be answered with the whole state (SU3). */
  readonly proves: boolean
}

export interface Watcher {
  readonly name: string
  grant(): Queues
  isConnected(): boolean
  isStalled(): boolean
  /** A command was sent and not answered. */
  isAsking(): boolean
  /** What was watched last, if the token still grants it. */
  latest(): Queues | null
  /** What is watched, by the answers that have come; null: nothing. */
  picture(): Picture | null
  pictureOf(queues: Queues): Picture
  /** Cursors of states that were broken off half-way. */
  readonly halfStates: readonly string[]
  /** The latest live counts of what is watched, by queue. */
  readonly counts: ReadonlyMap<string, LiveCounts>
  connect(): void
  watch(queues: Queues, since: Since): void
  /** Asks for what the token does not grant. */
  trespass(queues: Queues): void
  unwatch(): void
  refresh(grant: Queues): void
  stall(): void
  wake(): void
  drop(abruptly: boolean): void
  /** Its token was revoked: it goes on under another name, over another socket. Answers the present name. */
  doom(): string
  /** The socket of a revoked token is still open. */
  isDoomed(): boolean
}

export interface WatcherContext {
  readonly url: string
  readonly truth: Truth
  readonly figures: Figures
  readonly complain: (who: string, what: string) => void
}
