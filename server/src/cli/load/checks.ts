// What must hold whatever the speed. Each time it is looked at counts; what broke it is kept.

export const CHECKS = {
  answers: 'every command is acknowledged, and none refused',
  connections: 'no connection ends unless it was dropped here, and all return',
  revisions: 'every acknowledged change raises her revision by one, and no return lowers it',
  rising: 'what a watcher is told has rising revisions',
  final: 'at the end every watcher has what GET says',
  stored: 'at the end GET says what was acknowledged last',
} as const

export type CheckId = keyof typeof CHECKS

export interface Checks {
  /** `broken`: what was seen instead, or null. */
  look(id: CheckId, about: string, broken: string | null): void
  readonly looked: Readonly<Record<CheckId, number>>
  readonly broken: readonly string[]
}

/** Of each check at most so many are kept in words; all are counted. */
const KEPT = 1_000

export function createChecks(): Checks {
  const looked: Record<CheckId, number> = {
    answers: 0,
    connections: 0,
    revisions: 0,
    rising: 0,
    final: 0,
    stored: 0,
  }
  const broken: string[] = []
  return {
    look(id, about, what) {
      looked[id] += 1
      if (what !== null && broken.length < KEPT) broken.push(`${id}, ${about}: ${what}`)
    },
    looked,
    broken,
  }
}
