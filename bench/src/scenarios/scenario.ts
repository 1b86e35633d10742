// What a scenario is and what it answers: rows of a table, with targets, and everything measured beneath.

import type { Side } from '../servers/sides.ts'

export interface Options {
  /** A small trial that shows that everything works; its figures say nothing. */
  readonly quick: boolean
  /** Rounds of each measurement, of which the median counts. */
  readonly rounds: number
  /** A directory for a CPU profile of the server; the figures are then a profiled server's. */
  readonly profileTo: string | null
  /** What is being done now, for whoever waits. */
  readonly say: (what: string) => void
}

export interface Row {
  readonly what: string
  /** By name of a side; null: not measured, or says nothing. */
  readonly values: Readonly<Record<string, number | null>>
  readonly digits: number
  /** Rollcall to the first peer, where that is what the target speaks of. */
  readonly ratio?: number
  readonly target?: string
}

export interface Result {
  readonly title: string
  /** What was done: sizes, rounds, how it was measured. */
  readonly how: Readonly<Record<string, string | number>>
  /** How each side was set up, by its name. */
  readonly sides: Readonly<Record<string, string>>
  readonly rows: readonly Row[]
  /** What must hold whatever the speed; a failed one makes the run fail. */
  readonly checks: readonly { readonly what: string; readonly holds: boolean; readonly seen: string }[]
  /** Every round's figures. */
  readonly raw: unknown
}

export type Scenario = (options: Options) => Promise<Result>

export function setUpOf(sides: readonly Side[]): Result['sides'] {
  return Object.fromEntries(sides.map(({ name, setUp }) => [name, setUp]))
}
