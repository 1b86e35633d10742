import { ACTOR_KINDS } from '@rollcall/shared/vocabulary'
import fc from 'fast-check'
import { capacityOf, consumes } from '../../server/src/domain/capacity.ts'
import { decide } from '../../server/src/domain/decide.ts'
import type { Cause, Facts } from '../../server/src/domain/facts.ts'
import { defaultCapacityProfile } from '../../server/src/domain/policy.ts'
import { presenceOf } from '../../server/src/domain/presence-of.ts'
import { isSticky } from '../../server/src/domain/stance.ts'
import { anyHistory } from '../support/domain-arbitraries.ts'
import { ADMINISTRATOR, type Floor, openFloor, person, SUPERVISOR } from '../support/domain-builders.ts'
import { PEOPLE, startFloor } from '../support/domain-start.ts'
import { RULE_IDS } from '../support/rule-ids.ts'

/** Long enough for holds, limits and windows to follow from one another. */
const long = fc.array(anyHistory, { minLength: 5, maxLength: 5 }).map(parts => parts.flat())

const RUNS = { numRuns: 200 }
const RULES = new Set([...RULE_IDS, ...[1, 2, 3, 4, 5].map(line => `CA2.${line}`)])

/** What each rule that decides about facts looks at, and so must keep. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  'CA2.1': ['dimension', 'total', 'available', 'blocking'],
  'CA2.2': ['dimension', 'total', 'available', 'blocking'],
  'CA2.3': ['dimensions'],
  'CA2.4': ['openItems'],
  'CA2.5': ['openItems'],
  CA4: ['stance', 'statusId'],
  CA5: ['before', 'after', 'ended'],
  CA6: ['profileId', 'localDate'],
  DI1: ['reason'],
  DI3: ['link'],
  DI4: ['ended', 'absentSince', 'restoreUntil'],
  DI6: ['incarnation'],
  DI7: [],
  DI8: ['restores'],
  DI9: [],
  MA1: ['statusId', 'replaced'],
  MA3: ['stance', 'statusId'],
  MA5: ['statusId', 'replaced'],
  MA6: ['until'],
  MA7: ['statusId'],
  MA9: ['ended'],
  MA10: ['statusId', 'replaced'],
  NO2: ['workItemId'],
  NO3: ['workItemId'],
  NO7: ['noticeId'],
  NO8: ['workItemId'],
  PO1: [],
  PO5: ['units', 'profiles'],
  SE2: ['workItemId', 'sessions'],
  SE3: ['open', 'reserved', 'limit'],
  SI1: ['defaultStatusId', 'activeItems'],
  SI3: ['connections'],
  SI4: ['absentSince', 'restoreUntil'],
  WK7: ['items', 'releaseAt'],
  WK8: ['workItemId'],
}

/** What must hold of the facts wherever a rule is said to have decided. */
const HOLDS: Readonly<Record<string, (facts: Facts, floor: Floor) => boolean>> = {
  CA4: ({ stance }) => stance.kind !== 'none',
  DI1: ({ link }) => link.kind === 'absent',
  DI3: ({ link }) => link.kind === 'absent' || link.kind === 'signed-out',
  DI4: ({ link }) => link.kind === 'signed-out',
  DI6: ({ link }) => link.kind === 'absent',
  MA1: ({ stance }) => stance.kind === 'choice',
  MA3: ({ stance }, floor) => isSticky(stance, floor.config()),
  MA5: ({ stance, representativeId }) => stance.kind === 'choice' && stance.by.id !== representativeId,
  MA6: ({ stance }) => stance.kind === 'none',
  MA9: ({ stance }) => stance.kind === 'none',
  MA10: ({ stance }) => stance.kind === 'choice',
  NO2: ({ stance }) => stance.kind === 'hold' && stance.why === 'missed',
  NO3: ({ stance }) => stance.kind === 'hold' && stance.why === 'rejected',
  SE2: ({ stance }) => stance.kind === 'hold' && stance.why === 'session-limit',
  SE3: ({ stance }) => stance.kind === 'none',
  SI1: ({ link, stance }) => link.kind === 'present' && (stance.kind === 'none' || stance.kind === 'default'),
  SI4: ({ link }) => link.kind === 'present',
}

function checkComplete({ event, actor, rule, inputs }: Cause): void {
  expect(event).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(ACTOR_KINDS).toContain(actor.kind)
  expect(actor.id).not.toBe('')
  if (actor.kind === 'system') expect(actor.id).toBe('rollcall')
  expect(RULES).toContain(rule)
  expect(Object.values(inputs)).not.toContain(undefined)
}

/** CA2 once more, from the numbers of the view and the table of the contract. */
function lineOf(facts: Facts, floor: Floor): readonly [line: string, statusId: string] {
  const config = floor.config()
  const today = { ...facts, work: facts.work.filter(item => !item.overReset) }
  const { units, profiles } = capacityOf(today, config, floor.now())
  const left = Object.values(profiles).map(({ limit, used, blocking }) => ({ left: limit - used, blocking }))
  if (units) left.push({ left: units.total - units.used, blocking: false })
  const open = today.work.filter(
    item => consumes(item, floor.now()) && config.workstreams[item.workstreamId]?.affectsPresence !== false,
  )
  if (left.some(each => each.left < 0)) return ['CA2.1', 'do-not-disturb']
  if (left.some(each => each.blocking && each.left === 0)) return ['CA2.2', 'do-not-disturb']
  if (left.length > 0 && left.every(each => each.left === 0)) return ['CA2.3', 'do-not-disturb']
  return open.length > 0 ? ['CA2.4', 'busy'] : ['CA2.5', 'available']
}

/** What the line is said to have seen is enough for it to apply. */
const LINES: Readonly<Record<string, (inputs: Record<string, unknown>) => boolean>> = {
  'CA2.1': ({ available }) => Number(available) < 0,
  'CA2.2': ({ available, blocking }) => available === 0 && blocking === true,
  'CA2.3': ({ dimensions }) =>
    Array.isArray(dimensions) && dimensions.length > 0 && dimensions.every(each => each.available === 0),
  'CA2.4': ({ openItems }) => Number(openItems) > 0,
  'CA2.5': ({ openItems }) => openItems === 0,
}

describe('the cause of every stored change', () => {
  it('[EX1] is whole, and names a rule of the contract with what that rule looked at', () => {
    const seen = new Set<string>()
    along((before, after) => {
      if (before === after) return
      checkComplete(after.cause)
      const { rule, inputs } = after.cause
      seen.add(rule)
      expect([rule, INPUTS[rule]]).not.toEqual([rule, undefined])
      for (const field of INPUTS[rule] ?? []) expect([rule, ...Object.keys(inputs)]).toContain(field)
    })
    expect(seen.size).toBeGreaterThan(20)
  })

  it('[EX1] names a rule that the facts bear out', () => {
    along((before, after, floor) => {
      if (before === after) return
      const { rule } = after.cause
      expect([rule, HOLDS[rule]?.(after, floor) ?? true]).toEqual([rule, true])
    })
  })

  it('[EX1, CA2] calculated again from the numbers, the rule named gives the presence shown', () => {
    const lines = new Set<string>()
    along((before, after, floor) => {
      if (before === after || after.shown.origin !== 'capacity') return
      const { rule, inputs } = after.cause
      const [line, statusId] = lineOf(after, floor)
      expect([inputs['capacity'], after.shown.statusId]).toEqual([line, statusId])
      expect(presenceOf(after, floor.config(), floor.now()).rule).toBe(line)
      if (!rule.startsWith('CA2.')) return
      lines.add(rule)
      expect([rule, LINES[rule]?.(inputs)]).toEqual([line, true])
    })
    expect([...lines].sort()).toEqual(expect.arrayContaining(['CA2.3', 'CA2.4', 'CA2.5']))
  })

  it('[EX1] of an item says what it was and became, and whose', () => {
    along((_before, _after, floor) => {
      for (const id of ['w1', 'w2', 'w3', 'w4']) {
        const item = floor.item(id)
        if (item === null) continue
        checkComplete(item.cause)
        expect(item.cause.inputs).toMatchObject({ from: expect.any(String), to: item.state })
      }
    })
  })
})

describe('a cause', () => {
  it('[EX1, TR1] of a transfer names both hands', () => {
    const floor = openFloor()
    floor.hire('bob')
    floor.connect('bob')
    floor.accept('w1')
    floor.transfer('w1', 'bob', SUPERVISOR)
    expect(floor.item('w1')?.cause).toMatchObject({
      rule: 'TR1',
      actor: { kind: 'supervisor', id: 'sam' },
      inputs: { from: 'active', to: 'active', representativeId: { from: 'ada', to: 'bob' } },
    })
  })

  it('[EX1, SE2] of a session-limit hold says what the limit was compared with', () => {
    const floor = openFloor({ policy: { sessionLimit: 1 } })
    floor.accept('w1')
    floor.offer('w2')
    expect(floor.facts().cause).toMatchObject({
      rule: 'SE2',
      inputs: { workItemId: 'w2', sessions: { open: 1, reserved: 0, limit: 1 } },
    })
  })

  it('[EX1, PO1] of a changed configuration names who changed it, even where something refused brings it', () => {
    const floor = openFloor(
      { profiles: [{ id: 'live' }] },
      { capacity: { units: null, profiles: { live: null } } },
    )
    const config = floor.config()
    const live = { ...defaultCapacityProfile('live'), limit: 0 }
    const changed = { ...config, version: config.version + 1, profiles: { live }, changedBy: ADMINISTRATOR }
    const refused = { type: 'presence-chosen', statusId: 'nothing', by: person('ada'), when: 'now' } as const
    const event = { ...refused, forMs: null, note: null, expectedRevision: null }
    const { facts, outcome } = decide(floor.facts(), event, changed, floor.now())
    expect(outcome.kind).toBe('refused')
    expect(facts.cause).toMatchObject({
      event: 'configuration-changed',
      actor: { kind: 'administrator', id: 'root' },
      rule: 'CA5',
    })
  })

  it('[EX1, CA5] of new limits says which were before, and whether they ended what stood', () => {
    const floor = openFloor({}, { capacity: { units: 100, profiles: {} } })
    const { profile } = floor.facts()
    const capacity = { units: 0, profiles: {} }
    floor.on({ type: 'profile-changed', profile: { ...profile, capacity }, by: SUPERVISOR })
    expect(floor.facts().cause).toMatchObject({
      rule: 'CA5',
      inputs: { fields: ['capacity'], before: { units: 100 }, after: { units: 0 }, ended: true },
    })
  })
})

/** Every change of facts in random histories, the deadlines swept after each step. */
function along(check: (before: Facts, after: Facts, floor: Floor) => void): void {
  fc.assert(
    fc.property(long, history => {
      const floor = startFloor()
      for (const id of PEOPLE) floor.connect(id)
      for (const step of history) {
        for (const act of [() => step.run(floor), ...PEOPLE.map(id => () => floor.pass(id))]) {
          const before = PEOPLE.map(id => floor.facts(id))
          act()
          for (const facts of before) check(facts, floor.facts(facts.representativeId), floor)
        }
      }
    }),
    RUNS,
  )
}
