// What `rollcall simulate` says: a line while it plays, and the account at the end.

import { INVARIANTS, type InvariantId } from './invariants.ts'
import type { Progress } from './shift.ts'

const BAR = 24
/** Of broken invariants, so that one mistake does not fill the screen. */
const SHOWN = 20

export function renderProgress({ elapsedMs, lengthMs, counts, checker, presences, live }: Progress): string {
  const share = Math.min(1, elapsedMs / lengthMs)
  const bar = '█'.repeat(Math.round(share * BAR)).padEnd(BAR, '░')
  const here = [...presences.values()].filter(({ link }) => link === 'present').length
  const broken = checker.verdicts.violations.length
  return [
    `${bar} ${clockOf(elapsedMs)} of ${clockOf(lengthMs)}`,
    live ? `${here} here` : 'no server',
    `${counts.total()} acts`,
    `${checksOf(checker.verdicts.checked)} checks`,
    broken === 0 ? 'all hold' : `${broken} BROKEN`,
  ].join('  ')
}

export function renderSummary({ counts, checker }: Progress): string {
  const { checked, violations } = checker.verdicts
  const of = (...kinds: string[]) => kinds.reduce((sum, kind) => sum + (counts.done.get(kind) ?? 0), 0)
  const lines = [
    'Acts that the server acknowledged',
    ...table(counts.done),
    `  offers: ${of('offer', 'offer with force', 'transfer as an offer')} made, ${of('answer')} answered, ${of('reject')} rejected, ${counts.missed()} missed`,
    `  connections lost without our doing: ${counts.lost()}; commands without an answer, looked up: ${counts.unknown()}`,
    ...(counts.refused.size > 0 ? ['Acts that it refused', ...table(counts.refused)] : []),
    'Invariants',
    ...Object.entries(INVARIANTS).map(([id, sentence]) => {
      const times = checked[id as InvariantId]
      const isBroken = violations.some(({ invariant }) => invariant === id)
      const verdict = isBroken ? 'BROKEN' : times > 0 ? 'holds ' : 'unseen'
      return `${String(times).padStart(8)} × ${verdict} ${id.padEnd(3)} ${sentence}`
    }),
    ...violations
      .slice(0, SHOWN)
      .map(({ invariant, about, what }) => `BROKEN ${invariant}, ${about}: ${what}`),
    ...(violations.length > SHOWN ? [`and ${violations.length - SHOWN} more`] : []),
  ]
  return `${lines.join('\n')}\n`
}

function table(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${String(count).padStart(8)} × ${kind}`)
}

function checksOf(checked: Readonly<Record<InvariantId, number>>): number {
  return Object.values(checked).reduce((sum, count) => sum + count, 0)
}

function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
