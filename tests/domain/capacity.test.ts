import { capacityOf, capacityResult } from '../../server/src/domain/capacity.ts'
import type { HeldItem } from '../../server/src/domain/facts.ts'
import { newFacts } from '../../server/src/domain/new-facts.ts'
import { behindOf, presenceOf } from '../../server/src/domain/presence-of.ts'
import { hasRoom } from '../../server/src/domain/room.ts'
import {
  ADMINISTRATOR,
  configurationOf,
  heldOf,
  openFloor,
  person,
  profileOf,
  START,
  SUPERVISOR,
} from '../support/domain-builders.ts'

const config = configurationOf({
  profiles: [
    { id: 'chat', limit: 2 },
    { id: 'mail', limit: 1 },
    { id: 'case', limit: 1 },
    { id: 'voice', limit: 1, blocking: true },
    { id: 'video', limit: 1, blocking: true },
  ],
  workstreams: [{ id: 'silent', affectsPresence: false, opensSession: false }],
})

interface Case {
  readonly units: number | null
  readonly profiles: readonly string[]
  /** One item each: its units and profiles. */
  readonly items: readonly (readonly [number, ...string[]])[]
  readonly limits?: Readonly<Record<string, number>>
}

function factsOf({ units, profiles, items, limits = {} }: Case) {
  const capacity = { units, profiles: Object.fromEntries(profiles.map(id => [id, limits[id] ?? null])) }
  const work = items.map(([cost, ...ids], index) =>
    heldOf({ workItemId: `w${index}`, cost: { units: cost, profiles: ids } }),
  )
  const made = newFacts('default', 'ada', profileOf({ capacity }), config, START, person('ada'))
  return { ...made, work }
}

const DND = 'do-not-disturb'

describe('the truth table of capacity', () => {
  it.each<[string, Case, string, string]>([
    ['T1 units below zero', { units: 10, profiles: ['chat'], items: [[11]] }, DND, 'CA2.1'],
    [
      'T1 a profile below zero',
      {
        units: 100,
        profiles: ['mail'],
        items: [
          [0, 'mail'],
          [0, 'mail'],
        ],
      },
      DND,
      'CA2.1',
    ],
    ['T2', { units: 100, profiles: [], items: [] }, 'available', 'CA2.5'],
    ['T3', { units: 100, profiles: [], items: [[60]] }, 'busy', 'CA2.4'],
    ['T4', { units: 100, profiles: [], items: [[60], [40]] }, DND, 'CA2.3'],
    ['T5', { units: 100, profiles: [], items: [[0]] }, 'busy', 'CA2.4'],
    ['T6', { units: 0, profiles: [], items: [] }, DND, 'CA2.3'],
    ['T7', { units: null, profiles: [], items: [] }, 'available', 'CA2.5'],
    ['T8', { units: null, profiles: [], items: [[5]] }, 'busy', 'CA2.4'],
    ['T9', { units: null, profiles: ['chat'], items: [] }, 'available', 'CA2.5'],
    ['T10', { units: null, profiles: ['chat', 'mail'], items: [[0, 'chat']] }, 'busy', 'CA2.4'],
    ['T11', { units: null, profiles: ['mail'], items: [[0, 'mail']] }, DND, 'CA2.3'],
    ['T12', { units: null, profiles: ['chat', 'mail'], items: [[0, 'mail']] }, 'busy', 'CA2.4'],
    ['T13', { units: null, profiles: ['case', 'mail'], items: [[0, 'mail', 'case']] }, DND, 'CA2.3'],
    ['T14', { units: null, profiles: ['chat', 'voice'], items: [[0, 'voice']] }, DND, 'CA2.2'],
    [
      'T15',
      { units: null, profiles: ['mail', 'case', 'voice'], items: [[0, 'mail', 'case']] },
      'busy',
      'CA2.4',
    ],
    ['T16', { units: null, profiles: ['voice', 'video'], items: [[0, 'video']] }, DND, 'CA2.2'],
    ['T17', { units: 100, profiles: ['mail'], items: [[60, 'mail']] }, 'busy', 'CA2.4'],
    ['T18', { units: 100, profiles: ['mail'], items: [[100]] }, 'busy', 'CA2.4'],
    ['T19', { units: 100, profiles: ['mail'], items: [[100, 'mail']] }, DND, 'CA2.3'],
    ['T20', { units: 100, profiles: ['voice', 'mail'], items: [[60, 'voice']] }, DND, 'CA2.2'],
    ['T21 idle', { units: 0, profiles: ['mail'], items: [] }, 'available', 'CA2.5'],
    ['T21 at work', { units: 0, profiles: ['mail'], items: [[0]] }, 'busy', 'CA2.4'],
    [
      'T23',
      {
        units: null,
        profiles: ['chat'],
        items: [
          [0, 'chat'],
          [0, 'chat'],
        ],
        limits: { chat: 1 },
      },
      DND,
      'CA2.1',
    ],
  ])('[CA10, CA2] %s', (_name, made, statusId, rule) => {
    expect(capacityResult(factsOf(made), config, START)).toMatchObject({ statusId, rule })
  })

  it('[CA10, SI1] T6: at sign-in the default is shown, though she has no capacity at all', () => {
    const floor = openFloor({}, { capacity: { units: 0, profiles: {} } })
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
    floor.reset()
    expect(floor.facts().shown).toMatchObject({ statusId: DND, origin: 'capacity' })
  })
})

describe('capacity', () => {
  it.each<[string, Partial<HeldItem>, number, number]>([
    ['active consumes', { state: 'active' }, 10, 0],
    ['offered reserves', { state: 'offered' }, 0, 10],
    ['waiting takes nothing', { state: 'waiting' }, 0, 0],
    ['wrap-up that holds capacity consumes', { state: 'wrap-up', holdsCapacity: true }, 10, 0],
    ['released wrap-up takes nothing', { state: 'wrap-up', holdsCapacity: false }, 0, 0],
    ['wrap-up past its time', { state: 'wrap-up', holdsCapacity: true, capacityUntil: START }, 0, 0],
    ['wrap-up within it', { state: 'wrap-up', holdsCapacity: true, capacityUntil: START + 1 }, 10, 0],
  ])('[CA1, CA8] %s', (_name, item, used, reserved) => {
    const facts = factsOf({ units: 100, profiles: ['chat'], items: [] })
    const work = [heldOf({ cost: { units: 10, profiles: ['chat'] }, ...item })]
    const { units, profiles } = capacityOf({ ...facts, work }, config, START)
    expect(units).toEqual({ total: 100, used, reserved })
    expect(profiles['chat']).toEqual({ limit: 2, used: used / 10, reserved: reserved / 10, blocking: false })
  })

  it('[CA1] an offer never makes her busy', () => {
    const facts = { ...factsOf({ units: 10, profiles: [], items: [] }), work: [heldOf({ state: 'offered' })] }
    expect(capacityResult(facts, config, START).statusId).toBe('available')
  })

  it('[CA3] profiles that are not hers, or that are gone, are no dimension', () => {
    const facts = factsOf({ units: null, profiles: ['gone'], items: [[0, 'voice']] })
    expect(capacityOf(facts, config, START)).toMatchObject({ units: null, profiles: {} })
    expect(capacityResult(facts, config, START).statusId).toBe('busy')
  })

  it('[SE1] sessions are the active and wrap-up items of workstreams that open one', () => {
    const work = (['active', 'wrap-up', 'waiting', 'offered'] as const).flatMap(state => [
      heldOf({ state, workItemId: state }),
      heldOf({ state, workItemId: `silent-${state}`, workstreamId: 'silent' }),
    ])
    const facts = { ...factsOf({ units: null, profiles: [], items: [] }), work }
    expect(capacityOf(facts, config, START).sessions).toEqual({ open: 2, reserved: 1, limit: 10 })
  })

  it('[RO1] room counts reservations, asks only what the work costs, and needs profiles held', () => {
    const facts = {
      ...factsOf({ units: 10, profiles: ['mail'], items: [] }),
      work: [heldOf({ state: 'offered', cost: { units: 10, profiles: [] } })],
    }
    const room = (units: number, ...profiles: string[]) => hasRoom(facts, { units, profiles }, config, START)
    expect(room(1)).toBe(false)
    expect(room(0, 'mail')).toBe(true)
    expect(room(0, 'mail', 'chat')).toBe(false)
    expect(hasRoom({ ...facts, work: [] }, { units: 10, profiles: [] }, config, START)).toBe(true)
    const free = factsOf({ units: null, profiles: [], items: [] })
    expect(hasRoom(free, { units: 999, profiles: [] }, config, START)).toBe(true)
  })

  it('[CA9, CA4] work that does not affect presence consumes and never makes her busy', () => {
    const floor = openFloor(
      { workstreams: [{ id: 'silent', affectsPresence: false, cost: { units: 40 } }] },
      { capacity: { units: 100, profiles: {} } },
    )
    floor.assign('w1', { workstreamId: 'silent' })
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
    expect(capacityOf(floor.facts(), floor.config(), START).units).toMatchObject({ used: 40 })
  })

  it('[CA4] wait and resume recalculate; wrap-up that holds its capacity does not', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose('available')
    floor.happens('wrap-up', 'w1')
    expect(floor.facts().shown.origin).toBe('representative')
    floor.happens('resume', 'w1')
    expect(floor.facts()).toMatchObject({ shown: { origin: 'representative' }, cause: { rule: 'CA4' } })
    floor.happens('wait', 'w1')
    expect(floor.facts().shown).toMatchObject({ origin: 'capacity', statusId: 'available' })
    floor.happens('resume', 'w1')
    expect(floor.facts()).toMatchObject({ shown: { statusId: 'busy' }, cause: { rule: 'CA2.4' } })
  })

  it('[CA4, CA8] a close in wrap-up counts though its capacity was released before', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat', wrapUp: { seconds: 30 } }] })
    floor.assign('w1', { workstreamId: 'chat' })
    floor.happens('wrap-up', 'w1')
    expect(floor.facts().shown.statusId).toBe('busy')
    floor.wait(31_000)
    expect(floor.pass()).toMatchObject({ cause: { event: 'wrap-up-ended', rule: 'CA2.5' } })
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', since: START + 30_000 })
    floor.choose('busy')
    floor.happens('close', 'w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
  })

  it('[CA4, CA8] the clock that releases wrap-up leaves a sticky choice and other items alone', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat', wrapUp: { seconds: 1 } }] })
    floor.accept('w0')
    floor.assign('w1', { workstreamId: 'chat' })
    floor.happens('wrap-up', 'w1')
    floor.choose('away')
    floor.wait(1_000)
    floor.pass()
    expect(floor.facts().shown.statusId).toBe('away')
    expect(floor.facts().work).toMatchObject([
      { state: 'active' },
      { holdsCapacity: false, capacityUntil: null },
    ])
  })

  it('[CA4] closing what is not consumed ends nothing', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.happens('wait', 'w1')
    floor.choose('busy')
    floor.happens('close', 'w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'representative' })
  })

  it('[CA5] a new limit ends a passing stance only if it leaves no capacity', () => {
    const floor = openFloor(
      { profiles: [{ id: 'mail' }] },
      { capacity: { units: null, profiles: { mail: null } } },
    )
    floor.choose('busy')
    floor.configure({ profiles: [{ id: 'mail', limit: 3 }] })
    expect(floor.on({ type: 'configuration-changed', by: ADMINISTRATOR })).toMatchObject({
      kind: 'done',
      cause: { event: 'configuration-changed', actor: { id: 'root' }, rule: 'CA5' },
    })
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'representative' })
    floor.configure({ profiles: [{ id: 'mail', limit: 0 }] })
    floor.on({ type: 'configuration-changed', by: ADMINISTRATOR })
    expect(floor.facts().shown).toMatchObject({ statusId: DND, origin: 'capacity' })
  })

  it('[CA5] a change of something else ends nothing, though she has no capacity', () => {
    const floor = openFloor({}, { capacity: { units: 0, profiles: {} } })
    floor.configure({ policy: { maxDeclines: 1 } })
    expect(floor.on({ type: 'configuration-changed', by: ADMINISTRATOR })).toEqual({ kind: 'nothing' })
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[CA5] neither a hold nor a sticky choice ends with the limits', () => {
    const floor = openFloor({}, { capacity: { units: 10, profiles: {} } })
    const limitTo = (units: number) =>
      floor.on({
        type: 'profile-changed',
        profile: { ...floor.facts().profile, capacity: { units, profiles: {} } },
        by: ADMINISTRATOR,
      })
    floor.choose('away')
    expect(limitTo(0)).toMatchObject({ cause: { event: 'profile-changed', rule: 'CA5' } })
    expect(floor.facts().shown.statusId).toBe('away')
    floor.reset()
    limitTo(10)
    floor.offer('w1')
    floor.happens('miss', 'w1')
    limitTo(0)
    expect(floor.facts().shown.statusId).toBe('inactive')
    expect(limitTo(0)).toEqual({ kind: 'nothing' })
  })

  it('[PO1] a renamed profile is stored and decides nothing', () => {
    const floor = openFloor()
    const profile = { ...floor.facts().profile, name: 'Ada L.' }
    expect(floor.on({ type: 'profile-changed', profile, by: SUPERVISOR })).toMatchObject({
      cause: { rule: 'PO1' },
    })
    expect(floor.facts().shown.since).toBe(START)
  })

  it('[PO1] a renamed status is shown by its new text, and since stays', () => {
    const floor = openFloor({ statuses: [{ id: 'lunch', base: 'away' }] })
    floor.choose('lunch')
    floor.wait(5_000)
    floor.configure({ statuses: [{ id: 'lunch', base: 'away', text: 'Lunch break' }] })
    // No event of its own is needed: whatever comes next sees the configuration as it is.
    expect(floor.drop('ada', 'unknown')).toEqual({ kind: 'nothing' })
    expect(floor.facts().shown).toMatchObject({ text: 'Lunch break', since: START })
    expect(floor.facts().cause).toMatchObject({ rule: 'PO1', actor: { kind: 'system' } })
  })

  it('[CA7, CA4, CA5] a limit lowered below use leaves the work, and costs stay as they began', () => {
    const floor = openFloor(
      { profiles: [{ id: 'chat', limit: 2 }], workstreams: [{ id: 'chat', cost: { profiles: ['chat'] } }] },
      { capacity: { units: null, profiles: { chat: null } } },
    )
    floor.assign('w1', { workstreamId: 'chat' })
    floor.assign('w2', { workstreamId: 'chat' })
    floor.configure({
      profiles: [{ id: 'chat', limit: 1 }],
      workstreams: [{ id: 'chat', cost: {} }],
    })
    floor.on({ type: 'configuration-changed', by: ADMINISTRATOR })
    expect(capacityOf(floor.facts(), floor.config(), START).profiles['chat']).toMatchObject({
      limit: 1,
      used: 2,
    })
    expect(floor.facts().shown.statusId).toBe(DND)
    expect(floor.facts().work).toHaveLength(2)
  })

  it('[CA1, EX1] what is behind a stance is the capacity result', () => {
    const floor = openFloor()
    floor.accept('w1')
    expect(behindOf(floor.facts(), floor.config(), START)).toBeNull()
    floor.choose('away')
    expect(behindOf(floor.facts(), floor.config(), START)).toEqual({
      statusId: 'busy',
      text: 'Busy',
      base: 'busy',
    })
    floor.drop()
    expect(behindOf(floor.facts(), floor.config(), START)).toMatchObject({ statusId: 'away' })
    expect(behindOf(floor.facts(), floor.config(), START + 150_001)).toBeNull()
    expect(presenceOf(floor.facts(), floor.config(), START + 150_001)).toMatchObject({ origin: 'signed-out' })
  })
})
