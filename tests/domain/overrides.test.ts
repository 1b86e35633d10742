import fc from 'fast-check'
import { overridesOf } from '../../server/src/domain/overrides.ts'
import { NO_STANCE } from '../../server/src/domain/stance.ts'
import { anyHistory } from '../support/domain-arbitraries.ts'
import {
  type Floor,
  MINUTE,
  openFloor,
  person,
  SECOND,
  START,
  SUPERVISOR,
} from '../support/domain-builders.ts'
import { PEOPLE, startFloor } from '../support/domain-start.ts'

/** `status rule how`, in order. */
const overridden = (floor: Floor): readonly string[] =>
  overridesOf(floor.facts(), floor.config(), floor.now()).map(({ statusId, rule, how }) =>
    [statusId, rule, how].join(' '),
  )

const LUNCH = { statuses: [{ id: 'lunch', base: 'away', text: 'Lunch' }] } as const
const missed = (floor: Floor) => {
  floor.offer('w9')
  floor.happens('miss', 'w9')
}

interface Case {
  readonly what: string
  readonly rules: string
  readonly policy?: Parameters<typeof openFloor>[0]
  readonly units?: number
  readonly does: (floor: Floor) => void
  readonly shows: string
  readonly overrides: readonly string[]
}

const cases: readonly Case[] = [
  {
    rules: 'SI1',
    what: 'a default covers the capacity result, and replaced nothing',
    does: () => {},
    shows: 'available',
    overrides: ['available CA2.5 covered'],
  },
  {
    rules: 'MA4',
    what: 'a choice that replaced the default',
    does: floor => floor.choose('lunch'),
    shows: 'lunch',
    overrides: ['available CA2.5 covered', 'available SI2 replaced'],
  },
  {
    rules: 'MA4, NO6',
    what: 'a choice that replaced a hold',
    does: floor => {
      missed(floor)
      floor.choose('lunch')
    },
    shows: 'lunch',
    overrides: ['available CA2.5 covered', 'inactive NO2 replaced'],
  },
  {
    rules: 'MA4, MA5',
    what: 'a choice that replaced another, and not what that one had replaced',
    does: floor => {
      missed(floor)
      floor.choose('lunch', { by: SUPERVISOR })
      floor.choose('busy')
    },
    shows: 'busy',
    overrides: ['available CA2.5 covered', 'lunch MA5 replaced'],
  },
  {
    rules: 'MA4, MA7',
    what: 'a choice that cancelled a queued one',
    does: floor => {
      floor.accept('w1')
      floor.choose('away', { when: 'after-work' })
      floor.choose('do-not-disturb')
    },
    shows: 'do-not-disturb',
    overrides: ['busy CA2.4 covered', 'away MA7 replaced'],
  },
  {
    rules: 'MA7',
    what: 'a choice that waits is overridden by nothing yet, and later replaces what stands then',
    does: floor => {
      floor.accept('w1')
      floor.choose('busy')
      floor.choose('away', { when: 'after-work' })
      expect(overridden(floor)).toEqual(['busy CA2.4 covered'])
      floor.does('close', 'w1')
    },
    shows: 'away',
    overrides: ['available CA2.5 covered', 'busy MA1 replaced'],
  },
  {
    rules: 'NO2',
    what: 'a hold that replaced a choice which is not sticky',
    does: floor => {
      floor.choose('busy')
      missed(floor)
    },
    shows: 'inactive',
    overrides: ['available CA2.5 covered', 'busy MA1 replaced'],
  },
  {
    rules: 'NO4',
    what: 'no hold begins under a sticky choice, so nothing of it is overridden',
    does: floor => {
      floor.choose('lunch')
      missed(floor)
    },
    shows: 'lunch',
    overrides: ['available CA2.5 covered', 'available SI2 replaced'],
  },
  {
    rules: 'SE2',
    what: 'the session-limit hold that an accept begins, after it has ended what was passing',
    policy: { policy: { sessionLimit: 1 } },
    does: floor => {
      floor.assign('w1')
      floor.choose('available')
      floor.assign('w2')
    },
    shows: 'do-not-disturb',
    overrides: ['busy CA2.4 covered', 'available MA1 replaced'],
  },
  {
    rules: 'CA4',
    what: 'a capacity result that replaced a default',
    does: floor => floor.accept('w1'),
    shows: 'busy',
    overrides: ['available SI2 replaced'],
  },
  {
    rules: 'CA4',
    what: 'a capacity result that has become another since has replaced nothing',
    units: 100,
    does: floor => {
      floor.assign('w1', { cost: { units: 50, profiles: [] } })
      floor.assign('w2', { cost: { units: 50, profiles: [] } })
    },
    shows: 'do-not-disturb',
    overrides: [],
  },
  {
    rules: 'CA4',
    what: 'nor does it come to have replaced it again, once it is what it was',
    units: 100,
    does: floor => {
      floor.assign('w1', { cost: { units: 50, profiles: [] } })
      floor.assign('w2', { cost: { units: 50, profiles: [] } })
      floor.happens('close', 'w2')
    },
    shows: 'busy',
    overrides: [],
  },
  {
    rules: 'SI1, SI5',
    what: 'a sign-in with work, whose capacity result replaced nothing',
    does: floor => {
      floor.accept('w1')
      floor.choose('offline')
      floor.drop()
      floor.wait(150 * SECOND + 1)
      floor.connect()
    },
    shows: 'busy',
    overrides: [],
  },
  {
    rules: 'MA9',
    what: 'a reset that ended a sticky choice',
    does: floor => {
      floor.choose('lunch')
      floor.reset(SUPERVISOR)
    },
    shows: 'available',
    overrides: ['lunch MA1 replaced'],
  },
  {
    rules: 'MA6',
    what: 'a choice that expired, swept or not',
    does: floor => {
      floor.choose('lunch', { forMs: MINUTE })
      floor.wait(MINUTE)
      floor.pass()
    },
    shows: 'available',
    overrides: ['lunch MA1 replaced'],
  },
  {
    rules: 'MA10',
    what: 'the same choice with another note keeps what it had replaced',
    does: floor => {
      missed(floor)
      floor.choose('lunch')
      floor.choose('lunch', { note: 'soup' })
    },
    shows: 'lunch',
    overrides: ['available CA2.5 covered', 'inactive NO2 replaced'],
  },
  {
    rules: 'DI1, DI3',
    what: 'an absence covers the choice, and the capacity result beneath it',
    does: floor => {
      floor.accept('w1')
      floor.choose('lunch')
      floor.drop()
    },
    shows: 'offline',
    overrides: ['lunch MA1 covered', 'busy CA2.4 covered'],
  },
  {
    rules: 'DI8',
    what: 'so does a sign-out that restores',
    does: floor => {
      floor.choose('lunch')
      floor.signOut()
    },
    shows: 'offline',
    overrides: ['lunch MA1 covered', 'available CA2.5 covered', 'available SI2 replaced'],
  },
  {
    rules: 'MA8',
    what: 'a choice made for somebody absent replaced what she would have come back to',
    does: floor => {
      floor.choose('busy')
      floor.drop()
      floor.choose('lunch', { by: SUPERVISOR })
    },
    shows: 'offline',
    overrides: ['lunch MA5 covered', 'available CA2.5 covered', 'busy MA1 replaced'],
  },
  {
    rules: 'DI4',
    what: 'the end of the window, and of a choice and a queued one with it',
    does: floor => {
      floor.accept('w1')
      floor.choose('lunch')
      floor.choose('away', { when: 'after-work' })
      floor.drop()
      floor.wait(150 * SECOND + 1)
      floor.pass()
    },
    shows: 'offline',
    overrides: ['lunch MA1 replaced', 'away MA7 replaced'],
  },
  {
    rules: 'SI4',
    what: 'after the return all is as it was',
    does: floor => {
      floor.choose('lunch')
      floor.drop()
      floor.wait(SECOND)
      floor.connect()
    },
    shows: 'lunch',
    overrides: ['available CA2.5 covered', 'available SI2 replaced'],
  },
  {
    rules: 'SI5',
    what: 'a sign-in begins anew',
    does: floor => {
      floor.choose('lunch')
      floor.drop()
      floor.wait(150 * SECOND + 1)
      floor.connect()
    },
    shows: 'available',
    overrides: ['available CA2.5 covered'],
  },
]

describe('what the present presence overrides', () => {
  it.each(cases)('[EX2, $rules] $what', ({ policy, units = null, does, shows, overrides }) => {
    const floor = openFloor({ ...LUNCH, ...policy }, { capacity: { units, profiles: {} } })
    does(floor)
    expect(floor.facts().shown.statusId).toBe(shows)
    expect(overridden(floor)).toEqual(overrides)
  })

  it('[EX2, MA5] names who chose what was replaced, and when', () => {
    const floor = openFloor()
    floor.choose('away', { by: SUPERVISOR })
    floor.wait(MINUTE)
    floor.choose('busy')
    expect(overridesOf(floor.facts(), floor.config(), floor.now())).toEqual([
      { statusId: 'available', rule: 'CA2.5', at: START + MINUTE, by: null, how: 'covered' },
      { statusId: 'away', rule: 'MA5', at: START, by: SUPERVISOR, how: 'replaced' },
    ])
  })

  it('[EX2, MA7] a queued choice that she takes back was overridden by nothing', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose('away', { when: 'after-work' })
    floor.on({ type: 'next-cancelled', by: person('ada') })
    expect(overridden(floor)).toEqual(['available SI2 replaced'])
  })

  it('[EX2] names whatever ended with the last change of stance, and nothing that is gone longer', () => {
    fc.assert(
      fc.property(anyHistory, history => {
        const floor = startFloor()
        for (const id of PEOPLE) floor.connect(id)
        for (const step of history) {
          floor.pass()
          const before = floor.facts()
          step.run(floor)
          const after = floor.facts()
          if (before === after || step.kind === 'time' || step.kind === 'configuration') continue
          const { what } = after.replaced ?? { what: [] }
          if (before.link.kind === 'signed-out' && after.link.kind === 'present') expect(what).toEqual([])
          expect(what.length).toBeLessThanOrEqual(2)
          if (after.stance !== NO_STANCE && after.stance === before.stance)
            expect(what).toEqual(before.replaced?.what ?? [])
          if (before.stance.kind !== 'none' && before.stance.kind !== after.stance.kind)
            expect(what[0]?.at).toBe(before.stance.at)
        }
      }),
      { numRuns: 150 },
    )
  })
})
