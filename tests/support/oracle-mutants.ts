// Mistakes to plant in the core, at least one for each family of rules: each must become a disagreement. Those in
// what it makes of work are in oracle-mutants-of-work.ts.

export interface CoreMutant {
  readonly rule: string
  /** What the core then does. */
  readonly what: string
  /** In server/src/domain. */
  readonly file: string
  /** The text to find there, once, and what to put in its place. */
  readonly find: string
  readonly put: string
  /** Where to begin looking: with a history that was seen to catch it, if it is a rare one. */
  readonly near: number
}

/** Of links, statuses and capacity. */
export const presenceMutants: readonly CoreMutant[] = [
  mutant(
    'DI2',
    'ends a window an instant early',
    'deadlines-of.ts',
    'Math.max(link.until + 1, ',
    'Math.max(link.until, ',
  ),
  mutant(
    'DI7',
    'counts the window from the end of a handover',
    'link.ts',
    'const restoreUntil = at +',
    'const restoreUntil = until +',
  ),
  mutant(
    'DI8',
    'begins a running window anew at a sign-out',
    'link.ts',
    "? { ...link, reason: 'signed-out' }",
    "? { ...link, until: at + config.policy.restoreWindowMs, reason: 'signed-out' }",
  ),
  mutant(
    'SI1',
    'shows a default whatever work there is',
    'link.ts',
    'const takesDefault = activeItems === 0 ||',
    'const takesDefault = true ||',
  ),
  mutant(
    'MA3',
    'takes a chosen base away for passing',
    'statuses.ts',
    "base === 'do-not-disturb' || base === 'away'",
    "base === 'do-not-disturb'",
  ),
  mutant(
    'MA7',
    'waits for parked work, too',
    'conclude.ts',
    'activeWork(made.facts, config, at).length > 0',
    'made.facts.work.length > 0',
  ),
  mutant(
    'MA9',
    'keeps a hold at a reset',
    'choice.ts',
    "if (facts.stance.kind === 'none') return NOTHING",
    "if (facts.stance.kind === 'none' || facts.stance.kind === 'hold') return NOTHING",
  ),
  mutant(
    'CA2.1',
    'lets capacity be overdrawn',
    'capacity.ts',
    'dimension.available < 0)',
    'dimension.available < -9)',
  ),
  mutant(
    'CA2.2',
    'blocks by every profile',
    'capacity.ts',
    'dimension.blocking && dimension.available === 0',
    'dimension.available === 0',
  ),
  mutant('CA4', 'ends holds by anybody’s work', 'work-change.ts', 'return change.bySelf &&', 'return'),
  mutant(
    'CA4',
    'ends nothing when a wrap-up without capacity is closed',
    'work-change.ts',
    "if (change.event === 'work-closed' && before?.state === 'wrap-up') return true",
    '',
    296,
  ),
  mutant(
    'CA5',
    'ends what is passing by any new limits',
    'settle.ts',
    'const ends = full &&',
    'const ends =',
  ),
  mutant(
    'CA5',
    'gives an item at work a new cost',
    'offer.ts',
    'item.representativeId === null ? (report.cost ?? item.cost) : item.cost',
    'report.cost ?? item.cost',
  ),
  mutant('CA6', 'forgets closed work at once', 'tallies.ts', 'used: day.used + 1', 'used: day.used'),
  mutant(
    'CA6',
    'counts work from before a reset',
    'tallies.ts',
    '? { ...item, overReset: true } : item',
    '? item : item',
  ),
  mutant(
    'CA6',
    'leaves a tally of work from before a reset',
    'tallies.ts',
    '|| closed.overReset) return facts',
    ') return facts',
  ),
  mutant(
    'CA6',
    'frees an end-of-day profile at the wrap-up',
    'capacity.ts',
    " || (untilReset && item.state === 'wrap-up')",
    '',
  ),
  mutant(
    'CA6',
    'resets in the tenant’s zone alone',
    'tallies.ts',
    'profile?.timeZone ?? policy.timeZone',
    'policy.timeZone',
  ),
  mutant(
    'PO3',
    'moves the end of a running day',
    'tallies.ts',
    'if (known && known.resetsAt !== null) return known',
    'if (known && known.resetsAt !== null) return { ...known, resetsAt: nextLocalTime(own(profiles, profileId)?.timeZone ?? policy.timeZone, own(profiles, profileId)?.endOfDay ?? policy.endOfDay, at, null).at }',
    321,
  ),
  mutant(
    'CA8',
    'holds capacity in every wrap-up',
    'held-item.ts',
    "holdsCapacity: wrapUp === 'always'",
    'holdsCapacity: true',
  ),
  mutant(
    'CA8',
    'frees a wrap-up an instant late',
    'held-item.ts',
    'wrapUp.seconds * 1_000',
    'wrapUp.seconds * 1_000 + 1',
  ),
  mutant(
    'CA9',
    'is Busy by any work',
    'capacity.ts',
    '?.affectsPresence !== false',
    '?.affectsPresence !== null',
  ),
  mutant(
    'CA6',
    'counts twice what is reopened',
    'work-change.ts',
    'change.counted ? untallied(facts, change.counted) : facts',
    'facts',
  ),
  mutant(
    'ST7',
    'leaves offers that a status takes no work from',
    'allowed-presence.ts',
    'return workstreams === null || workstreams.includes(workstreamId)',
    'return workstreams === null || workstreamId !== null',
  ),
]

export function mutant(
  rule: string,
  what: string,
  file: string,
  find: string,
  put: string,
  near = 0,
): CoreMutant {
  return { rule, what, file, find, put, near }
}
