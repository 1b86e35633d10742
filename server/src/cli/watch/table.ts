// The table of `rollcall watch`: views in, lines out. Pure, so that a test needs no terminal.

import type { PresenceView } from '@rollcall/shared'
import { BASES, type Base } from '@rollcall/shared/vocabulary'
import { clock, fit, harmless, MARKS, type Paint } from './paint.ts'

/** Whether what is shown is what is so, and since when it is not. */
export interface Freshness {
  readonly kind: 'connecting' | 'live' | 'stale' | 'reconnecting' | 'ended'
  /** Why it is not live, for people. */
  readonly because?: string
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

interface Column {
  readonly title: string
  readonly text: (view: PresenceView, now: number) => string
  /** Widest that it grows; it shrinks to its content. */
  readonly most: number
}

const COLUMNS: readonly Column[] = [
  { title: 'NAME', text: view => view.name, most: 24 },
  { title: 'PRESENCE', text: view => `${MARKS[view.base].mark} ${view.text}${next(view)}`, most: 28 },
  { title: 'SINCE', text: (view, now) => clock(now - Date.parse(view.since)), most: 10 },
  { title: 'WHY', text: why, most: 30 },
  { title: 'LINK', text: link, most: 16 },
  { title: 'WORK', text: view => (view.work.length === 0 ? '-' : String(view.work.length)), most: 4 },
  { title: 'QUEUES', text: view => view.queues.join(' '), most: 30 },
]
const PRESENCE_COLUMN = 1
export const NOBODY = 'Nobody is in what you watch yet. Whoever signs in appears here.'
const GAP = '  '

/** As many lines as fit into `size`, none wider: a head, a line per representative, and what is left out. */
export function renderTable(
  views: readonly PresenceView[],
  size: Size,
  now: number,
  freshness: Freshness,
  paint: Paint,
): readonly string[] {
  const sorted = [...views].sort(byBaseThenName)
  const room = Math.max(0, size.rows - 3)
  const shown = sorted.length > room ? sorted.slice(0, Math.max(0, room - 1)) : sorted
  const rows = shown.map(view => COLUMNS.map(column => harmless(column.text(view, now))))
  const widths = widthsOf(rows, size.columns)
  const lines = [
    headLine(sorted, freshness, size.columns, paint),
    '',
    paint(
      'dim',
      lineOf(
        COLUMNS.map(column => column.title),
        widths,
      ),
    ),
    ...rows.map((cells, index) => paintRow(cells, widths, shown[index]?.base ?? 'offline', freshness, paint)),
  ]
  if (sorted.length === 0) lines.push(fit(NOBODY, size.columns).trimEnd())
  if (shown.length < sorted.length) {
    lines.push(paint('dim', fit(`… and ${sorted.length - shown.length} more`, size.columns).trimEnd()))
  }
  return lines.slice(0, size.rows)
}

function headLine(
  views: readonly PresenceView[],
  freshness: Freshness,
  columns: number,
  paint: Paint,
): string {
  const state =
    freshness.kind === 'live'
      ? 'live'
      : harmless(
          `${freshness.kind}${freshness.because ? `: ${freshness.because}` : ''} (what you see may be old)`,
        )
  const counts = BASES.map(
    base => `${MARKS[base].mark} ${views.filter(view => view.base === base).length} ${base}`,
  )
  const text = fit(`${state}   ${counts.join('  ')}   ${views.length} in all`, columns).trimEnd()
  const head = text.slice(0, state.length)
  return paint(freshness.kind === 'live' ? 'green' : 'yellow', head) + text.slice(state.length)
}

/** Each as wide as its content, at most its own limit; those on the right give way first. */
function widthsOf(rows: readonly (readonly string[])[], columns: number): readonly number[] {
  let left = columns
  return COLUMNS.map((column, index) => {
    const content = Math.max(column.title.length, ...rows.map(cells => [...(cells[index] ?? '')].length))
    const width = Math.max(0, Math.min(content, column.most, left))
    left -= width + GAP.length
    return width
  })
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => fit(cell, widths[index] ?? 0))
    .filter((_cell, index) => (widths[index] ?? 0) > 0)
    .join(GAP)
    .trimEnd()
}

function paintRow(
  cells: readonly string[],
  widths: readonly number[],
  base: Base,
  freshness: Freshness,
  paint: Paint,
): string {
  if (freshness.kind !== 'live') return paint('dim', lineOf(cells, widths))
  const parts = cells
    .map((cell, index) => {
      const text = fit(cell, widths[index] ?? 0)
      return index === PRESENCE_COLUMN ? paint(MARKS[base].style, text) : text
    })
    .filter((_part, index) => (widths[index] ?? 0) > 0)
  return parts.join(GAP).trimEnd()
}

/** Who or what set it, and the rule that answered. */
function why(view: PresenceView): string {
  const origin = view.cause.event === 'signed-out' ? 'signed out' : view.origin
  const who = view.by === null ? origin : `${origin} ${view.by.name}`
  return `${who} (${view.cause.rule})`
}

function link(view: PresenceView): string {
  if (view.link !== 'present') return view.link
  return view.connections === 1 ? 'present' : `present x${view.connections}`
}

function next(view: PresenceView): string {
  return view.next === null ? '' : `, then ${view.next.text}`
}

function byBaseThenName(one: PresenceView, other: PresenceView): number {
  const order = BASES.indexOf(one.base) - BASES.indexOf(other.base)
  if (order !== 0) return order
  return one.name.localeCompare(other.name, 'en') || (one.representativeId < other.representativeId ? -1 : 1)
}

/** One line per change, for a file or a pipe. `at`: when it was told, ms since 1970 by the server's clock. */
export function renderLine(view: PresenceView, at: number): string {
  const next = view.next === null ? '' : `, then ${view.next.text}`
  const work = view.work.length === 0 ? '' : `, work: ${view.work.map(item => item.workItemId).join(' ')}`
  const time = new Date(at).toISOString()
  return harmless(`${time} ${view.name}: ${view.text}${next} - ${why(view)}, ${link(view)}${work}`)
}
