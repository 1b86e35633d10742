import { failedConditions, standingOf } from '../../server/src/domain/eligibility.ts'
import {
  type ConfigurationChanges,
  type Floor,
  openFloor,
  person,
  SECOND,
  SUPERVISOR,
} from '../support/domain-builders.ts'

type Item = Parameters<typeof failedConditions>[3]

/** What `chat` finds wanting. */
function failed(floor: Floor, item: Item = null) {
  const config = floor.config()
  const workstream = config.workstreams['chat']
  if (!workstream) throw new Error('chat is missing')
  return failedConditions(standingOf(floor.facts(), config, floor.now()), workstream, config, item)
}

const CHAT: ConfigurationChanges = {
  workstreams: [{ id: 'chat', cost: { units: 60, profiles: ['live'] } }],
  profiles: [{ id: 'live', limit: 1 }, { id: 'voice', limit: 1, blocking: true }, { id: 'other' }],
  statuses: [
    { id: 'mail-only', base: 'available', workstreams: ['mail'] },
    { id: 'lunch', base: 'away' },
  ],
}
const ROOMY = { capacity: { units: 100, profiles: { live: null, voice: null } } }

describe('whoever fulfils every condition', () => {
  it('[RO1] fails none', () => {
    expect(failed(openFloor(CHAT, ROOMY))).toEqual([])
  })

  it('[RO1, CA3] units that are not configured are unlimited', () => {
    expect(failed(openFloor(CHAT, { capacity: { units: null, profiles: { live: 1 } } }))).toEqual([])
  })

  it('[RO1] a dimension that the work does not cost is not asked', () => {
    const floor = openFloor(
      { ...CHAT, workstreams: [{ id: 'chat', cost: {}, allowedPresences: ['do-not-disturb'] }] },
      { capacity: { units: 0, profiles: { live: 0 } } },
    )
    floor.reset()
    expect(floor.facts().shown.statusId).toBe('do-not-disturb')
    expect(failed(floor)).toEqual([])
  })
})

interface Case {
  readonly code: string
  readonly rules: string
  readonly changes?: ConfigurationChanges
  readonly profile?: Parameters<typeof openFloor>[1]
  readonly does?: (floor: Floor) => void
  readonly failed: readonly unknown[]
}

const cases: readonly Case[] = [
  {
    code: 'queue',
    rules: 'RO1',
    profile: { queues: ['sales'] },
    failed: [{ code: 'queue', need: 'default', have: ['sales'] }],
  },
  {
    code: 'connection',
    rules: 'RO1',
    does: floor => floor.drop(),
    failed: [
      { code: 'connection', need: 'present', have: 'absent' },
      { code: 'presence', need: ['available', 'busy'], have: 'offline' },
    ],
  },
  {
    code: 'connection (the window is over, swept or not)',
    rules: 'RO1, SI5',
    does: floor => {
      floor.drop()
      floor.wait(150 * SECOND + 1)
    },
    failed: [
      { code: 'connection', need: 'present', have: 'signed-out' },
      { code: 'presence', need: ['available', 'busy'], have: 'offline' },
    ],
  },
  {
    code: 'handover',
    rules: 'RO1, DI7',
    does: floor => floor.on({ type: 'handover-began', incarnation: 'n1', windowMs: 30_000 }),
    failed: [{ code: 'handover', need: 'present', have: 'handover' }],
  },
  {
    code: 'next',
    rules: 'RO1, MA7',
    does: floor => {
      floor.assign('w1')
      floor.choose('away', { when: 'after-work', by: SUPERVISOR })
    },
    failed: [{ code: 'next', need: null, have: 'away' }],
  },
  {
    code: 'presence',
    rules: 'RO2',
    does: floor => floor.choose('lunch'),
    failed: [{ code: 'presence', need: ['available', 'busy'], have: 'lunch' }],
  },
  {
    code: 'presence (Inactive is no away)',
    rules: 'RO2',
    changes: { workstreams: [{ id: 'chat', allowedPresences: ['away'] }] },
    does: floor => {
      floor.offer('w1')
      floor.happens('miss', 'w1')
    },
    failed: [{ code: 'presence', need: ['away'], have: 'inactive' }],
  },
  {
    code: 'status-workstreams',
    rules: 'ST7',
    does: floor => floor.choose('mail-only'),
    failed: [{ code: 'status-workstreams', need: 'chat', have: ['mail'] }],
  },
  {
    code: 'units, an offer counted',
    rules: 'RO1, NO1',
    does: floor => floor.offer('w1', { cost: { units: 50, profiles: [] } }),
    failed: [{ code: 'units', need: 60, have: 50 }],
  },
  {
    code: 'profile:<id>, used up',
    rules: 'RO1',
    does: floor => floor.offer('w1', { cost: { units: 0, profiles: ['live'] } }),
    failed: [{ code: 'profile:live', need: 1, have: 0 }],
  },
  {
    code: 'profile:<id>, not held',
    rules: 'RO1',
    profile: { capacity: { units: 100, profiles: {} } },
    failed: [{ code: 'profile:live', need: 1, have: null }],
  },
  {
    code: 'blocking:<id>, though the work does not cost it',
    rules: 'RO1, CA2',
    does: floor => floor.offer('w1', { cost: { units: 0, profiles: ['voice'] } }),
    failed: [{ code: 'blocking:voice', need: 1, have: 0 }],
  },
  {
    code: 'sessions',
    rules: 'RO1, SE1',
    changes: { policy: { sessionLimit: 2 } },
    does: floor => {
      floor.assign('w1')
      floor.offer('w2')
    },
    failed: [{ code: 'sessions', need: 1, have: 0 }],
  },
]

describe('a condition that is not met', () => {
  it.each(cases)('[$rules] $code', ({ changes, profile, does, failed: expected }) => {
    const floor = openFloor({ ...CHAT, ...changes }, { ...ROOMY, ...profile })
    does?.(floor)
    expect(failed(floor)).toEqual(expected)
  })

  it('[RO1, SE1] work that opens no session does not ask for sessions', () => {
    const chat = { id: 'chat', opensSession: false }
    const floor = openFloor({ policy: { sessionLimit: 1 }, workstreams: [chat] })
    floor.assign('w1')
    expect(failed(floor)).toEqual([])
  })

  it('[RO1, RO2] is told together with every other one', () => {
    const floor = openFloor(CHAT, { queues: ['sales'], capacity: { units: 10, profiles: {} } })
    floor.choose('away')
    expect(failed(floor).map(({ code }) => code)).toEqual(['queue', 'presence', 'units', 'profile:live'])
  })

  it('[RO1] of one item: its own cost, and how often she declined it', () => {
    const floor = openFloor(CHAT, ROOMY)
    const item = { cost: { units: 101, profiles: [] }, declines: 3 }
    expect(failed(floor, item)).toEqual([
      { code: 'units', need: 101, have: 100 },
      { code: 'declined', need: 3, have: 3 },
    ])
    expect(failed(floor, { cost: { units: 100, profiles: [] }, declines: 2 })).toEqual([])
  })

  it('[RO1, MA7] a next choice that was taken back is no hindrance', () => {
    const floor = openFloor(CHAT, ROOMY)
    floor.assign('w1')
    floor.choose('away', { when: 'after-work' })
    expect(failed(floor)).toHaveLength(1)
    floor.on({ type: 'next-cancelled', by: person('ada') })
    expect(failed(floor)).toEqual([])
  })
})
