import { capacityOf } from '../../server/src/domain/capacity.ts'
import { ADMINISTRATOR, openFloor, START, SUPERVISOR } from '../support/domain-builders.ts'

const DND = 'do-not-disturb'

describe('changed limits', () => {
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
})
