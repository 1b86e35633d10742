// What `rollcall simulate` says: a line while it plays, and the account at the end.

import type { Counts } from './counts.ts'
import { INVARIANTS, type InvariantId } from './invariants.ts'
import { KINDS, neverAmong } from './kinds.ts'
import type { Progress } from './shift.ts'

/** The bar takes what the words leave, within these. */
const BAR = { least: 5, most: 24 }
/** Of broken invariants, so that one mistake does not fill the screen. */
const SHOWN = 20

/** One line that fits into `columns`. */
export function renderProgress(progress: Progress, columns: number): string {
  const { elapsedMs, lengthMs, counts, checker, presences, live } = progress
  const share = Math.min(1, elapsedMs / lengthMs)
  const here = [...presences.values()].filter(({ link }) => link === 'present')
  const broken = checker.verdicts.violations.length
  const words = [
    `${clockOf(elapsedMs)} of ${clockOf(lengthMs)}`,
    live ? `${here.length} here` : 'no server',
    `${counts.done()} acts`,
    `${checksOf(checker.verdicts.checked)} checks`,
    broken === 0 ? 'all hold' : `${broken} BROKEN`,
  ]
  const busy = here.filter(({ base }) => base === 'busy').length
  const available = here.filter(({ base }) => base === 'available').length
  const more = [`${available} available, ${busy} busy`, `${counts.happened.size} kinds of events`]
  const line = words.join('  ')
  const wide = [...words, ...more].join('  ')
  const text = wide.length + BAR.most + 2 <= columns ? wide : line
  const bar = Math.min(BAR.most, columns - text.length - 2)
  return bar < BAR.least ? text.slice(0, Math.max(1, columns - 1)) : `${barOf(share, bar)} ${text}`
}

export function renderSummary({ counts, checker, stalledMs }: Progress): string {
  const never = neverAmong(counts.happened)
  const { checked, violations } = checker.verdicts
  const lines = [
    'What happened',
    ...Object.entries(KINDS).flatMap(([group, kinds]) => [
      `  ${group}`,
      ...kinds.map(kind => row(counts.happened.get(kind) ?? 0, kind)),
    ]),
    ...(never.length > 0 ? [`Did not happen: ${never.join(', ')}`] : []),
    'Acts',
    row(counts.done(), 'acknowledged'),
    ...refusals(counts),
    row(counts.unknown(), 'without an answer, looked up'),
    row(counts.lost(), 'connections lost that nobody closed or cut here'),
    'Invariants',
    ...Object.entries(INVARIANTS).map(([id, sentence]) => {
      const times = checked[id as InvariantId]
      const isBroken = violations.some(({ invariant }) => invariant === id)
      const verdict = isBroken ? 'BROKEN' : times > 0 ? 'holds ' : 'unseen'
      return row(times, `${verdict} ${id.padEnd(3)} ${sentence}`)
    }),
    `This process itself stood still for ${Math.round(stalledMs)} ms at most.`,
    ...violations
      .slice(0, SHOWN)
      .map(({ invariant, about, what }) => `BROKEN ${invariant}, ${about}: ${what}`),
    ...(violations.length > SHOWN ? [`and ${violations.length - SHOWN} more`] : []),
  ]
  return `${lines.join('\n')}\n`
}

function refusals({ refused }: Counts): readonly string[] {
  return [...refused].sort(([, a], [, b]) => b - a).map(([code, count]) => row(count, `refused: ${code}`))
}

function row(count: number, text: string): string {
  return `${String(count).padStart(8)} × ${text}`
}

function barOf(share: number, columns: number): string {
  return '█'.repeat(Math.round(share * columns)).padEnd(columns, '░')
}

function checksOf(checked: Readonly<Record<InvariantId, number>>): number {
  return Object.values(checked).reduce((sum, count) => sum + count, 0)
}

function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
