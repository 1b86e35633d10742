import type { Watch } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import { printChanges } from '../../server/src/cli/watch/lines.ts'
import { COLOURED, clock, PLAIN } from '../../server/src/cli/watch/paint.ts'
import { renderLine, renderTable } from '../../server/src/cli/watch/table.ts'
import { viewOf } from '../support/views.ts'

const NOW = Date.parse('2026-11-23T09:05:00.000Z')
const WIDE = { columns: 160, rows: 30 }
const LIVE = { kind: 'live' } as const

describe('the table of rollcall watch', () => {
  it('shows name, presence, since when, why, link, work and queues', () => {
    const [head, , titles, row] = table([view({ work: [item('w1'), item('w2')] })])
    expect(head).toContain('live')
    expect(titles?.split(/ {2,}/)).toEqual(['NAME', 'PRESENCE', 'SINCE', 'WHY', 'LINK', 'WORK', 'QUEUES'])
    expect(row?.split(/ {2,}/)).toEqual([
      'Ada',
      '◐ Busy',
      '5:00',
      'capacity (CA2.4)',
      'present',
      '2',
      'billing',
    ])
  })

  it('sorts by base, then by name', () => {
    const lines = table([
      view({ name: 'Zoe', base: 'available', text: 'Available' }),
      view({ name: 'Bob', base: 'offline', text: 'Offline' }),
      view({ name: 'Eve', base: 'busy' }),
      view({ name: 'Amy', base: 'busy' }),
    ])
    expect(lines.slice(3).map(line => line.split(' ')[0])).toEqual(['Zoe', 'Amy', 'Eve', 'Bob'])
  })

  it('counts by base', () => {
    const [head] = table([view({ base: 'available' }), view({}), view({})])
    expect(head).toMatch(
      /● 1 available {2}◐ 2 busy {2}⊖ 0 do-not-disturb {2}◷ 0 away {2}○ 0 offline {3}3 in all/,
    )
  })

  it('names who chose it, and what comes next', () => {
    const by = { kind: 'supervisor', id: 'sue', name: 'Sue' } as const
    const next = {
      statusId: 'lunch',
      text: 'Lunch',
      base: 'away',
      by: null,
      at: AT,
      forMs: null,
      note: null,
    } as const
    const row = table([view({ origin: 'supervisor', by, next, cause: cause('MA5') })])[3]
    expect(row).toContain('supervisor Sue (MA5)')
    expect(row).toContain('◐ Busy, then Lunch')
  })

  it.each([20, 40, 79, 120])('is never wider than %i columns', columns => {
    const views = [
      view({ name: 'A very long name that goes on and on', work: [item('a-long-work-item-id')] }),
    ]
    for (const line of table(views, { columns, rows: 30 }))
      expect([...line].length).toBeLessThanOrEqual(columns)
  })

  it('says how many do not fit, and never grows higher than the screen', () => {
    const views = Array.from({ length: 50 }, (_, index) => view({ name: `P${index}` }))
    const lines = table(views, { columns: 80, rows: 10 })
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toBe('… and 44 more')
  })

  it.each([20, 160])('says in %i columns that nobody is there yet', columns => {
    const lines = table([], { columns, rows: 30 })
    expect(lines[3]).toMatch(/^Nobody is in what/)
    expect([...(lines[3] ?? '')].length).toBeLessThanOrEqual(columns)
    expect(table([view({})]).join()).not.toContain('Nobody')
  })

  it('says when what it shows may be old, and why', () => {
    const [head] = renderTable(
      [view({})],
      WIDE,
      NOW,
      { kind: 'reconnecting', because: 'transport close' },
      PLAIN,
    )
    expect(head).toContain('reconnecting: transport close (what you see may be old)')
  })

  it('lets no name move the cursor', () => {
    const lines = table([view({ name: 'A\u001b[2Jda\n' })])
    expect(lines.join('')).not.toContain('\u001b')
    expect(lines[3]).toMatch(/^A\[2Jda /)
  })

  it('colours the presence only while live', () => {
    const red = '\u001b[31m'
    expect(renderTable([view({})], WIDE, NOW, LIVE, COLOURED)[3]).toContain(red)
    expect(renderTable([view({})], WIDE, NOW, { kind: 'stale' }, COLOURED)[3]).not.toContain(red)
  })

  it('prints a change as one line of plain text', () => {
    expect(renderLine(view({ link: 'absent', work: [item('w1')] }), NOW)).toBe(
      '2026-11-23T09:05:00.000Z Ada: Busy - capacity (CA2.4), absent, work: w1',
    )
  })

  it('stamps whom it finds with since when, and each change with when it was told', () => {
    const printed: string[] = []
    const board = { serverNow: () => NOW }
    let tell: Parameters<Watch['onChange']>[0] = () => {}
    const watch = {
      presences: () => new Map([['ada', view({})]]),
      onChange: (listener: typeof tell) => {
        tell = listener
        return () => {}
      },
    }
    printChanges(board, watch, text => printed.push(text), false)
    tell({ changed: [view({ link: 'absent' })], removed: ['bob'] })
    expect(printed).toEqual([
      '2026-11-23T09:00:00.000Z Ada: Busy - capacity (CA2.4), present\n',
      '2026-11-23T09:05:00.000Z Ada: Busy - capacity (CA2.4), absent\n',
      '2026-11-23T09:05:00.000Z bob is watched no more\n',
    ])
  })

  it.each([
    [-5, '0:00'],
    [7_900, '0:07'],
    [750_000, '12:30'],
    [11_100_000, '3:05:00'],
  ])('shows %i ms as %s', (ms, text) => {
    expect(clock(ms)).toBe(text)
  })
})

const AT = '2026-11-23T09:00:00.000Z'

function table(views: readonly PresenceView[], size = WIDE): readonly string[] {
  return renderTable(views, size, NOW, LIVE, PLAIN)
}

function item(workItemId: string): PresenceView['work'][number] {
  return { workItemId, workstreamId: 'chat', state: 'active', since: AT }
}

function cause(rule: string): PresenceView['cause'] {
  return { event: 'work-accepted', actor: { kind: 'representative', id: 'ada' }, rule }
}

function view(own: Partial<PresenceView>): PresenceView {
  const busy = { name: 'Ada', statusId: 'busy', text: 'Busy', base: 'busy', origin: 'capacity' } as const
  return viewOf((own.name ?? 'ada').toLowerCase(), { ...busy, since: AT, cause: cause('CA2.4'), ...own })
}
