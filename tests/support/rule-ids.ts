// The rules that docs/SPEC.md must hold, written down a second time so that none gets lost in an edit.

const FAMILIES = {
  ST: 7,
  SI: 7,
  MA: 10,
  CA: 10,
  WK: 9,
  TR: 5,
  NO: 11,
  SE: 3,
  DI: 10,
  RO: 8,
  SU: 7,
  EX: 2,
  HI: 5,
  PO: 5,
} as const

const TRUTH_TABLE_CASES = 23

export const RULE_IDS: readonly string[] = Object.entries(FAMILIES).flatMap(([family, count]) =>
  numbers(count).map(number => `${family}${number}`),
)

/** The lines of CA10's truth table. */
export const CASE_IDS: readonly string[] = numbers(TRUTH_TABLE_CASES).map(number => `T${number}`)

const ID = new RegExp(`\\b(?:${Object.keys(FAMILIES).join('|')})\\d+\\b`, 'g')

/** Everything in a text that looks like the id of a rule, each once. */
export function ruleIdsIn(text: string): readonly string[] {
  return [...new Set(text.match(ID) ?? [])]
}

/** Ids that tests cite: what stands between brackets at the beginning of a string, `'[SI4, DI2] …'`. */
export function citedIn(testSource: string): readonly string[] {
  const cited = [...testSource.matchAll(/(['"`])\[([^\]\n]+)\]/g)].map(([, , list]) => list ?? '')
  return ruleIdsIn(cited.join(' '))
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
