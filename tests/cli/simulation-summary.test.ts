// What a simulated shift says of itself: the line while it plays, what happened, and whether it proved anything.

import type { PresenceView } from '@rollcall/shared'
import { CAST } from '../../server/src/cli/simulation/cast.ts'
import { createChecker } from '../../server/src/cli/simulation/checker.ts'
import { createCounts } from '../../server/src/cli/simulation/counts.ts'
import { DEMO_DAY } from '../../server/src/cli/simulation/floor.ts'
import { INVARIANTS, type InvariantId } from '../../server/src/cli/simulation/invariants.ts'
import { KINDS, kindsOf } from '../../server/src/cli/simulation/kinds.ts'
import { renderProgress, renderSummary } from '../../server/src/cli/simulation/summary.ts'
import { timetableOf } from '../../server/src/cli/simulation/timetable.ts'
import { complaintAbout, praiseOf } from '../../server/src/cli/simulation/verdict.ts'
import { DEV_PEOPLE } from '../../server/src/dev-people.ts'
import { because, byId, held, NOON, seen, stepOf } from '../support/shift-records.ts'

const MINUTE = 60_000

describe('the line of progress', () => {
  it.each([20, 40, 60, 80, 100, 140, 200])('fits into %d columns, also late in a long shift', columns => {
    const line = renderProgress(progress({ elapsedMs: 599_000 }), columns)
    expect(line.length).toBeLessThan(columns)
    expect(line).not.toContain('\n')
    if (columns >= 80) expect(line).toMatch(/█ 9:59 of 10:00 {2}1 here {2}\d+ acts {2}\d+ checks {2}all hold/)
    if (columns >= 140) expect(line).toContain('kinds of events')
  })

  it('says that something is broken, and that there is no server', () => {
    const late = progress({ elapsedMs: 1_000, live: false })
    late.checker.polled(byId(seen(held('w1')), seen({ representativeId: 'bob', ...held('w1') })), NOON)
    expect(renderProgress(late, 100)).toMatch(/no server .* 1 BROKEN/)
  })
})

describe('what happened', () => {
  it('counts acts by what they were to the contact center', () => {
    const counts = createCounts(CAST, 5_000)
    const done = (act: Parameters<typeof stepOf>[0], atMs = 0, presence: PresenceView | null = null) =>
      counts.take({ kind: 'done', step: { ...stepOf(act), atMs }, presence })
    done({ kind: 'sign-in' })
    done({ kind: 'sign-in' }, 6_000)
    done({ kind: 'answer', workItemId: 'phone-3', handedOver: true })
    done({ kind: 'wrap-up', workItemId: 'phone-3' })
    done({ kind: 'wrap-up', workItemId: 'case-4' })
    done({ kind: 'return' }, 0, seen({ cause: because('signed-in', 'SI1') }))
    counts.saw(seen(), seen({ origin: 'session-limit' }))
    counts.saw(seen({ origin: 'session-limit' }), seen({ origin: 'session-limit' }))
    expect(Object.fromEntries(counts.happened)).toEqual({
      'sign-in': 2,
      'sign-in of the night': 1,
      'call taken': 1,
      'transfer accepted': 1,
      'wrap-up that holds for seconds': 1,
      'wrap-up that holds nothing': 1,
      'back after the window': 1,
      'held: session limit': 1,
    })
    expect(counts.done()).toBe(6)
  })

  it('is listed with all that did not happen, whether the script has it or not', () => {
    const now = progress({ elapsedMs: 1_000 })
    now.counts.take({ kind: 'done', step: { ...stepOf({ kind: 'sign-in' }), atMs: 0 }, presence: null })
    const summary = renderSummary(now)
    const zeros = [...summary.matchAll(/^ +0 × (.+)$/gm)].map(([, kind]) => kind ?? '')
    const never = /^Did not happen: (.+)$/m.exec(summary)?.[1]?.split(', ') ?? []
    expect(never).toContain('end of day with closed cases')
    expect(never).not.toContain('sign-in')
    expect(zeros).toEqual(expect.arrayContaining(never))
    expect(never).toHaveLength(Object.values(KINDS).flat().length - 1)
  })

  it('holds what the day holds, and no more', () => {
    const all = kindsOf({ ...DEMO_DAY, drills: true, cuts: true, nightFromMs: 1 }, true)
    const demo = kindsOf(DEMO_DAY, false)
    expect(all.filter(kind => !demo.includes(kind))).toEqual([
      'sign-in of the night',
      'network lost without a word',
      'held: session limit',
      'policy changed',
      'capacity profile changed',
      'capacity of a team changed',
      'presence judged by a new configuration',
      'end of day with closed cases',
      'case open over the end of day',
    ])
  })
})

describe('the timetable', () => {
  const shift = {
    beginsAt: NOON + 10_000,
    pace: 10,
    people: 50,
    offerTimeoutMs: 2_000,
    windowMs: 30_000,
    cuts: true,
  }

  it('ends the day with a full minute in the middle of the shift', () => {
    expect(timetableOf({ ...shift, lengthMs: 8 * MINUTE })).toMatchObject({
      endOfDay: '12:04',
      dayEnds: true,
      isWhole: true,
    })
  })

  it('expects nothing of a shift that is short, slow or empty', () => {
    expect(timetableOf({ ...shift, lengthMs: 20_000 })).toMatchObject({ dayEnds: false, isWhole: false })
    expect(timetableOf({ ...shift, pace: 1, lengthMs: 8 * MINUTE }).isWhole).toBe(false)
    expect(timetableOf({ ...shift, people: 10, lengthMs: 8 * MINUTE }).isWhole).toBe(false)
  })
})

describe('the verdict', () => {
  const checked = Object.fromEntries(Object.keys(INVARIANTS).map(id => [id, 1])) as Record<
    InvariantId,
    number
  >
  const fine = {
    verdicts: { checked, violations: [], check: () => {} },
    unseen: [],
    isWhole: true,
    again: 'x',
  }
  const broken = { invariant: 'I1', about: 'ada', what: 'is Available' } as const

  it.each([
    ['all is well', fine, null],
    ['a check failed', { ...fine, verdicts: { ...fine.verdicts, violations: [broken] } }, '1 check failed'],
    ['a kind never happened', { ...fine, unseen: ['lunch'] as const }, 'this did not happen: lunch.'],
    ['a short shift', { ...fine, unseen: ['lunch'] as const, isWhole: false }, null],
    [
      'an invariant had nothing to judge',
      { ...fine, verdicts: { ...fine.verdicts, checked: { ...checked, I7: 0 } } },
      'I7 had nothing to judge',
    ],
  ])('when %s', (_what, outcome, sentence) => {
    const complaint = complaintAbout(outcome)
    if (sentence === null) expect(complaint).toBeNull()
    else expect(complaint).toContain(sentence)
  })

  it.each([
    ['a whole shift', fine, [], 'Every kind of event that its script contains happened.'],
    ['a short one', { ...fine, isWhole: false }, [], 'This was not a whole shift.'],
    [
      'one that left something out',
      {
        ...fine,
        verdicts: { ...fine.verdicts, checked: { ...checked, I7: 0 } },
        isWhole: false,
      },
      ['lunch'] as const,
      'This was not a whole shift: I7 had nothing to judge, and 1 kind of events did not happen.',
    ],
  ])('ends %s with a line that says that all held', (_what, outcome, never, words) => {
    expect(praiseOf(outcome, never)).toMatch(/^All held: \d+ checks, none failed\. /)
    expect(praiseOf(outcome, never)).toContain(words)
  })

  it('is about people who are nobody of the development mode', () => {
    const first = (name: string) => name.split(' ')[0]
    const offered = DEV_PEOPLE.map(({ name }) => first(name))
    expect(CAST.players.map(({ name }) => first(name)).filter(name => offered.includes(name))).toEqual([])
  })
})

function progress(more: { readonly elapsedMs: number; readonly live?: boolean }) {
  return {
    lengthMs: 10 * MINUTE,
    counts: createCounts(CAST, null),
    checker: createChecker(),
    presences: byId(seen()),
    live: true,
    stalledMs: 12,
    ...more,
  }
}
