import fc from 'fast-check'
import type { Workstream } from '../../server/src/domain/configuration.ts'
import { failedConditions, standingOf } from '../../server/src/domain/eligibility.ts'
import type { Actor } from '../../server/src/domain/facts.ts'
import type { PossibleChange } from '../../server/src/domain/possible-changes.ts'
import { smallestChange } from '../../server/src/domain/smallest-change.ts'
import { type Supposed, suppose } from '../../server/src/domain/what-if.ts'
import { anyHistory } from '../support/domain-arbitraries.ts'
import {
  ADMINISTRATOR,
  createFloor,
  type Floor,
  openFloor,
  person,
  SERVICE,
  SUPERVISOR,
} from '../support/domain-builders.ts'
import { PEOPLE, startFloor } from '../support/domain-start.ts'

const all = (floor: Floor): readonly Workstream[] => Object.values(floor.config().workstreams)

function answer(floor: Floor, target: string | null = null, by: Actor = person('ada'), id = 'ada') {
  const found = target === null ? null : (floor.config().workstreams[target] ?? null)
  const now = { facts: floor.facts(id), config: floor.config() }
  const workstreams = found ? [found] : all(floor)
  return smallestChange({ now, workstreams, target: found, by, at: floor.now() })
}

const told = (...asked: Parameters<typeof answer>) =>
  answer(...asked).map(({ change, opens, shows }) => ({ ...change, opens, shows }))

const BUILT_IN = 'default'
const chat = { id: 'chat', cost: { units: 50, profiles: [] } }
const UNITS = { capacity: { units: 100, profiles: {} } }

describe('the smallest change', () => {
  it('[EX2, RO8] is none for somebody who is Available and eligible for all', () => {
    expect(told(openFloor())).toEqual([])
  })

  it('[EX2, NO6] after a rejected offer it is the reset', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.does('reject', 'w1')
    expect(told(floor)).toEqual([{ kind: 'reset', opens: [BUILT_IN], shows: 'available' }])
  })

  it('[EX2] for somebody Busy whom all workstreams would take, it is to choose Available', () => {
    const floor = openFloor({ workstreams: [{ id: BUILT_IN, selfAssign: true }] })
    floor.accept('w1')
    expect(told(floor)).toEqual([{ kind: 'set', statusId: 'available', opens: [], shows: 'available' }])
  })

  it('[EX2, SI1] for somebody signed out it is to connect', () => {
    const floor = createFloor()
    floor.hire()
    expect(told(floor)).toEqual([{ kind: 'connect', opens: [BUILT_IN], shows: 'available' }])
  })

  it('[EX2, SI4] for somebody absent under a choice it is to connect, and then to reset', () => {
    const floor = openFloor()
    floor.choose('away')
    floor.drop()
    expect(told(floor)).toEqual([
      { kind: 'connect', opens: [], shows: 'away' },
      { kind: 'reset', opens: [BUILT_IN], shows: 'available' },
    ])
  })

  it('[EX2, DI7] for somebody in a handover it is to connect again', () => {
    const floor = openFloor()
    floor.on({ type: 'handover-began', incarnation: 'n1', windowMs: 30_000 })
    expect(told(floor)).toEqual([{ kind: 'connect', opens: [BUILT_IN], shows: 'available' }])
  })

  it('[EX2, MA7] a queued next choice is cancelled', () => {
    const floor = openFloor({ workstreams: [{ id: BUILT_IN, selfAssign: true }] })
    floor.accept('w1')
    floor.choose('away', { when: 'after-work' })
    expect(told(floor, BUILT_IN)).toEqual([{ kind: 'cancel-next', opens: [BUILT_IN], shows: 'busy' }])
  })

  it('[EX2, RO1] where room is missing it is to close work, rather than to raise a limit', () => {
    const floor = openFloor({ workstreams: [chat] }, UNITS)
    floor.assign('w1', { workstreamId: 'chat' })
    floor.assign('w2', { workstreamId: 'chat' })
    expect(told(floor, 'chat')).toEqual([
      { kind: 'close-work', workItemId: 'w1', opens: ['chat'], shows: 'busy' },
    ])
  })

  it('[EX2, RO1] where closing does not help it is to raise the limit by what is missing', () => {
    const floor = openFloor({ workstreams: [chat] }, { capacity: { units: 30, profiles: {} } })
    expect(told(floor, 'chat')).toEqual([
      { kind: 'raise-limit', dimension: 'units', to: 50, opens: ['chat'], shows: 'available' },
    ])
  })

  it('[EX2, RO1] a profile that she does not hold is given to her', () => {
    const live = { id: 'chat', cost: { profiles: ['live'] } }
    const floor = openFloor({ workstreams: [live], profiles: [{ id: 'live', limit: 3 }] })
    expect(told(floor, 'chat')).toEqual([
      { kind: 'raise-limit', dimension: 'profile:live', to: 1, opens: ['chat'], shows: 'available' },
    ])
  })

  it('[EX2, SE1] offers at the session limit leave the limit to be raised', () => {
    const floor = openFloor({ workstreams: [chat], policy: { sessionLimit: 1 } })
    floor.offer('w1')
    expect(told(floor, 'chat')).toEqual([
      { kind: 'raise-limit', dimension: 'sessions', to: 2, opens: ['chat'], shows: 'available' },
    ])
  })

  it('[EX2, NO10] a choice may open it by the offer that it withdraws', () => {
    const quiet = { id: 'quiet', allowedPresences: ['available', 'busy'] }
    const late = { id: 'late', allowedPresences: ['busy', 'away'] }
    const floor = openFloor({ workstreams: [quiet, late], policy: { sessionLimit: 1 } })
    floor.offer('w1', { workstreamId: 'quiet' })
    expect(told(floor, 'late')).toEqual([{ kind: 'set', statusId: 'away', opens: ['late'], shows: 'away' }])
  })

  it('[EX2, SE3] a raised session limit ends the hold that the limit began', () => {
    // An offer that every presence allows stays (NO10), and keeps the limit reached.
    const urgent = { id: 'urgent', allowedPresences: ['available', 'busy', 'do-not-disturb'] }
    const floor = openFloor({ workstreams: [chat, urgent], policy: { sessionLimit: 1 } })
    floor.offer('w1', { workstreamId: 'urgent' })
    floor.offer('w2')
    expect(floor.facts().shown.origin).toBe('session-limit')
    expect(told(floor, 'chat')).toEqual([
      { kind: 'raise-limit', dimension: 'sessions', to: 2, opens: ['chat'], shows: 'available' },
    ])
  })

  it('[EX2, CA4] a close by somebody else does not end a missed hold, and one of her own does', () => {
    const rush = { ...chat, id: 'rush', allowedPresences: ['available', 'inactive'] }
    const floor = openFloor({ workstreams: [rush] }, { capacity: { units: 50, profiles: {} } })
    floor.assign('w1', { workstreamId: 'rush' })
    floor.offer('w2', { cost: { units: 0, profiles: [] } })
    floor.happens('miss', 'w2')
    const closed = { kind: 'close-work', workItemId: 'w1', opens: ['rush'] }
    expect(told(floor, 'rush', SUPERVISOR)).toEqual([{ ...closed, shows: 'inactive' }])
    expect(told(floor, 'rush')).toEqual([{ ...closed, shows: 'available' }])
  })

  it('[EX2] of as many changes it is those that open most, even if they ask more', () => {
    const picky = { id: 'picky', allowedPresences: ['available'] }
    const floor = openFloor({ workstreams: [{ id: 'easy' }, picky] })
    floor.accept('w1')
    floor.choose('away')
    expect(told(floor)).toEqual([
      { kind: 'set', statusId: 'available', opens: [BUILT_IN, 'easy', 'picky'], shows: 'available' },
    ])
  })

  it('[EX2] of all rows of two it is the one that opens most, not the way to the nearest workstream', () => {
    const nearest = { id: 'nearest', allowedPresences: ['offline', 'away'], cost: { units: 40 } }
    const floor = openFloor(
      { workstreams: [{ id: BUILT_IN, queueId: 'sales' }, nearest, { id: 'chat' }, { id: 'mail' }] },
      { capacity: { units: 10, profiles: {} } },
    )
    floor.choose('away')
    floor.drop()
    expect(told(floor)).toEqual([
      { kind: 'connect', opens: [], shows: 'away' },
      { kind: 'reset', opens: ['chat', 'mail'], shows: 'available' },
    ])
  })

  it('[EX2, ST7] a status that takes no such work is replaced by one that does', () => {
    const floor = openFloor({ statuses: [{ id: 'mail-only', base: 'available', workstreams: ['mail'] }] })
    floor.choose('mail-only')
    expect(told(floor, BUILT_IN)).toEqual([{ kind: 'reset', opens: [BUILT_IN], shows: 'available' }])
  })

  it('[EX2, MA5] names only a status that whoever asks may choose', () => {
    const training = {
      id: 'training',
      base: 'busy',
      selectableBy: { representatives: false, supervisors: true },
    }
    const drill = { id: 'drill', allowedPresences: ['training'] }
    const floor = openFloor({ statuses: [{ ...training, base: 'busy' }], workstreams: [drill] })
    expect(told(floor, 'drill')).toEqual([])
    expect(told(floor, 'drill', SUPERVISOR)).toEqual([
      { kind: 'set', statusId: 'training', opens: ['drill'], shows: 'training' },
    ])
  })

  it('[EX2] is none where no change of these kinds helps: she is not in the queue', () => {
    const floor = openFloor({ queues: ['sales'], workstreams: [{ id: 'leads', queueId: 'sales' }] })
    expect(told(floor, 'leads')).toEqual([])
    // Of all that she could do, nothing opens it; she is Available already.
    expect(told(floor)).toEqual([])
  })

  it('[EX2] beyond three changes, step by step', () => {
    const wide = { id: 'wide', cost: { units: 10, profiles: ['a', 'b', 'c'] }, allowedPresences: ['busy'] }
    const floor = openFloor(
      { workstreams: [wide], profiles: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] },
      { capacity: { units: 5, profiles: {} } },
    )
    floor.drop()
    const steps = told(floor, 'wide')
    expect(steps.map(({ kind }) => kind)).toEqual([
      'connect',
      'raise-limit',
      'raise-limit',
      'raise-limit',
      'raise-limit',
      'set',
    ])
    expect(steps.at(-1)).toMatchObject({ statusId: 'busy', opens: ['wide'], shows: 'busy' })
  })
})

describe('whatever happened before', () => {
  const asked = fc.constantFrom(null, 'default', 'chat', 'mail', 'silent')
  const asker = fc.constantFrom<(id: string) => Actor>(
    person,
    () => SUPERVISOR,
    () => SERVICE,
  )
  const who = fc.constantFrom(...PEOPLE)

  it('[EX2, RO8] each change named, made in earnest, opens what it says and shows what it says', () => {
    let changes = 0
    fc.assert(
      fc.property(anyHistory, asked, asker, who, (history, target, by, id) => {
        const floor = startFloor()
        for (const each of PEOPLE) floor.connect(each)
        for (const step of history) step.run(floor)
        floor.pass(id)
        for (const { change, opens, shows } of answer(floor, target, by(id), id)) {
          const before = openOnes(floor, id)
          make(floor, change, by(id), id)
          const now = openOnes(floor, id).filter(each => !before.includes(each))
          expect(target === null ? now : now.filter(each => each === target)).toEqual(opens)
          expect(floor.facts(id).shown.statusId).toBe(shows)
          changes += 1
        }
      }),
      { numRuns: 400 },
    )
    expect(changes).toBeGreaterThan(100)
  })

  it('[EX2, RO8] where several changes are named, or none, no single one would have opened anything', () => {
    let several = 0
    fc.assert(
      fc.property(anyHistory, asked, (history, target) => {
        const floor = startFloor()
        for (const each of PEOPLE) floor.connect(each)
        for (const step of history) step.run(floor)
        floor.pass()
        const steps = answer(floor, target)
        if (steps.length === 1) return
        several += steps.length > 1 ? 1 : 0
        const now = { facts: floor.facts(), config: floor.config() }
        const closed = closedOnes(now, floor).filter(id => target === null || id === target)
        for (const change of singleChanges(floor)) {
          const after = suppose(now, change, person('ada'), floor.now())
          if (after)
            expect([change, closedOnes(after, floor)]).toEqual([change, expect.arrayContaining(closed)])
        }
      }),
      { numRuns: 400 },
    )
    expect(several).toBeGreaterThan(1)
  })
})

/** Everything that could be done at once, more than is ever named. */
function singleChanges(floor: Floor): readonly PossibleChange[] {
  const { work } = floor.facts()
  const dimensions = ['units', 'sessions', ...Object.keys(floor.config().profiles).map(id => `profile:${id}`)]
  return [
    { kind: 'connect' },
    { kind: 'reset' },
    { kind: 'cancel-next' },
    ...Object.keys(floor.config().statuses).map(statusId => ({ kind: 'set', statusId }) as const),
    ...work
      .filter(({ state }) => state !== 'offered')
      .map(({ workItemId }) => ({ kind: 'close-work', workItemId }) as const),
    ...dimensions.map(dimension => ({ kind: 'raise-limit', dimension, to: 100 }) as const),
  ]
}

function closedOnes({ facts, config }: Supposed, floor: Floor): readonly string[] {
  const standing = standingOf(facts, config, floor.now())
  return all(floor)
    .filter(workstream => failedConditions(standing, workstream, config).length > 0)
    .map(({ id }) => id)
}

function openOnes(floor: Floor, id: string): readonly string[] {
  const closed = closedOnes({ facts: floor.facts(id), config: floor.config() }, floor)
  return all(floor)
    .map(workstream => workstream.id)
    .filter(each => !closed.includes(each))
}

/** As the real one would be reported. */
function make(floor: Floor, change: PossibleChange, by: Actor, id: string): void {
  switch (change.kind) {
    case 'connect':
      floor.connect(id, `${id}-new`)
      return
    case 'reset':
      floor.on({ type: 'presence-reset', by, expectedRevision: null }, id)
      return
    case 'cancel-next':
      floor.on({ type: 'next-cancelled', by }, id)
      return
    case 'set':
      floor.choose(change.statusId, { by }, id)
      return
    case 'close-work': {
      const doneBy = by.kind === 'representative' ? 'representative' : 'other'
      floor.report({ type: 'close', workItemId: change.workItemId, by, doneBy })
      return
    }
    case 'raise-limit':
      raise(floor, change, id)
  }
}

function raise(
  floor: Floor,
  { dimension, to }: Extract<PossibleChange, { kind: 'raise-limit' }>,
  id: string,
): void {
  if (dimension === 'sessions') {
    floor.configure({ policy: { sessionLimit: to } })
    floor.on({ type: 'configuration-changed', by: ADMINISTRATOR }, id)
    return
  }
  const { profile } = floor.facts(id)
  const { units, profiles } = profile.capacity
  const capacity =
    dimension === 'units'
      ? { units: to, profiles }
      : { units, profiles: { ...profiles, [dimension.replace('profile:', '')]: to } }
  floor.on({ type: 'profile-changed', profile: { ...profile, capacity }, by: ADMINISTRATOR }, id)
}
