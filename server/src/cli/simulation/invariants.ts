// What must be true of every presence at every moment, whoever asks: the names under which a shift is checked.

export const INVARIANTS = {
  I1: 'nobody is anything but Offline without a live connection',
  I2: 'nobody is Offline with one, unless by choice or default',
  I3: 'all see the same, rising, and at the end what is stored',
  I5: 'every acknowledged command is there afterwards',
  I6: 'a choice that lasts is not changed by work or capacity',
  I7: 'restored within the window, and only then',
  I8: 'above capacity only by force or by a decision of people',
  one: 'a work item has one holder at a time',
} as const

export type InvariantId = keyof typeof INVARIANTS

export interface Violation {
  readonly invariant: InvariantId
  readonly about: string
  readonly what: string
}

/** Counts each check and keeps what failed. */
export interface Verdicts {
  check(invariant: InvariantId, about: string, holds: boolean, what: () => string): void
  readonly checked: Readonly<Record<InvariantId, number>>
  readonly violations: readonly Violation[]
}

export function createVerdicts(): Verdicts {
  const checked = { I1: 0, I2: 0, I3: 0, I5: 0, I6: 0, I7: 0, I8: 0, one: 0 }
  const violations: Violation[] = []
  return {
    checked,
    violations,
    check(invariant, about, holds, what) {
      checked[invariant] += 1
      if (!holds) violations.push({ invariant, about, what: what() })
    },
  }
}
