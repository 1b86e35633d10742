// Rounds in which the sides take turns, so that the noise of a shared machine meets all of them alike.

import { median } from '../load/numbers.ts'
import type { Floor } from './floor.ts'

/** Figures by name of a side, one for each round. */
export interface Rounds<Figures> {
  readonly bySide: Readonly<Record<string, readonly Figures[]>>
  /** The median of one figure, by side: a row's values. */
  medians(pick: (figures: Figures) => number): Readonly<Record<string, number>>
  /** The median of the rounds' ratios: both of a ratio were measured one after the other. */
  ratio(pick: (figures: Figures) => number, one: string, other: string): number
}

export async function inTurns<Figures>(
  rounds: number,
  floors: readonly Floor[],
  measure: (floor: Floor) => Promise<Figures>,
): Promise<Rounds<Figures>> {
  const bySide: Record<string, Figures[]> = Object.fromEntries(floors.map(({ side }) => [side.name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const floor of floors) bySide[floor.side.name]?.push(await measure(floor))
  }
  const of = (name: string) => bySide[name] ?? []
  return {
    bySide,
    medians: pick =>
      Object.fromEntries(Object.entries(bySide).map(([name, figures]) => [name, median(figures.map(pick))])),
    ratio(pick, one, other) {
      const others = of(other).map(pick)
      return median(of(one).map((figures, round) => pick(figures) / (others[round] ?? Number.NaN)))
    },
  }
}

/** CPU time of the floor's server while `run` runs and until it is quiet again, in µs. */
export async function cpuUsOf<Answer>(
  { server }: Floor,
  run: () => Promise<Answer>,
): Promise<{ readonly cpuUs: number; readonly answer: Answer }> {
  const before = server.cpuMs()
  const answer = await run()
  await server.quiet()
  return { cpuUs: (server.cpuMs() - before) * 1000, answer }
}
