// A result as a table for a terminal.

import type { Result, Row } from './scenarios/scenario.ts'

export function tableOf({ title, how, sides, rows, checks }: Result): string {
  const names = Object.keys(sides)
  const what = Math.max(title.length, ...rows.map(row => row.what.length)) + 2
  const line = (first: string, cells: readonly string[]) =>
    first.padEnd(what) + cells.map(cell => cell.padStart(16)).join('')
  return [
    ...Object.entries(how).map(([name, value]) => `${name}: ${value}`),
    '',
    ...[...new Set(Object.values(sides))].map(
      setUp => `${names.filter(name => sides[name] === setUp).join(', ')}: ${setUp}`,
    ),
    '',
    line(title, [...names, 'ratio', 'target']),
    ...rows.map(row =>
      line(row.what, [...cellsOf(row, names), row.ratio?.toFixed(2) ?? '', row.target ?? '']),
    ),
    ...checks.map(({ what, holds, seen }) => `${holds ? 'holds ' : 'BROKEN'} ${what}: ${seen}`),
  ].join('\n')
}

function cellsOf({ values, digits }: Row, names: readonly string[]): readonly string[] {
  return names.map(name => {
    const value = values[name]
    return value === undefined || value === null || Number.isNaN(value) ? '' : value.toFixed(digits)
  })
}
