// What `rollcall load` says: a line while it runs, and the account at the end.

import { CHECKS, type CheckId } from './checks.ts'
import type { Latencies } from './latencies.ts'
import type { Outcome, Progress } from './play.ts'

const SHOWN = 10
const QUANTILES = [0.5, 0.9, 0.99, 0.999, 1]
const HEADS = ['count', 'p50', 'p90', 'p99', 'p99.9', 'most']

export function renderProgress({ elapsedMs, phase, connected, commands, checks }: Progress): string {
  const broken = checks.broken.length
  return [
    `${(elapsedMs / 1_000).toFixed(0)} s`,
    phase,
    `${connected} connected`,
    `${commands} commands`,
    broken === 0 ? 'all checks hold' : `${broken} BROKEN`,
  ].join('  ')
}

export function renderSummary(outcome: Outcome): string {
  const { answered, connecting, told, checks } = outcome
  const rows: readonly (readonly [string, Latencies])[] = [
    ['signed in, or back', connecting],
    ['choices', answered.choose],
    ['work', answered.work],
    ['reads', answered.read],
    ['watchers told', told],
  ]
  const lines = [
    `${'Latencies, ms'.padEnd(22)}${HEADS.map(head => head.padStart(10)).join('')}`,
    ...rows.filter(([, one]) => one.count() > 0).map(([what, one]) => `${what.padEnd(22)}${cells(one)}`),
    'Checks',
    ...Object.entries(CHECKS).map(([id, sentence]) => {
      const times = checks.looked[id as CheckId]
      const isBroken = checks.broken.some(text => text.startsWith(`${id},`))
      const verdict = isBroken ? 'BROKEN' : times > 0 ? 'holds ' : 'unseen'
      return `${String(times).padStart(8)} × ${verdict} ${sentence}`
    }),
    ...checks.broken.slice(0, SHOWN).map(text => `BROKEN ${text}`),
    ...(checks.broken.length > SHOWN ? [`and ${checks.broken.length - SHOWN} more`] : []),
  ]
  return `${lines.join('\n')}\n`
}

function cells(latencies: Latencies): string {
  const figures = QUANTILES.map(q => latencies.quantile(q).toFixed(2))
  return [String(latencies.count()), ...figures].map(figure => figure.padStart(10)).join('')
}
