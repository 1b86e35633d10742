import { capacityOf } from '../../server/src/domain/capacity.ts'
import { earliestDeadline } from '../../server/src/domain/deadlines-of.ts'
import { hasRoom } from '../../server/src/domain/room.ts'
import {
  ADMINISTRATOR,
  type ConfigurationChanges,
  codeOf,
  type Floor,
  heldOf,
  MINUTE,
  openFloor,
  START,
} from '../support/domain-builders.ts'

const HOUR = 60 * MINUTE
/** 18:00 of the day on which all begins. */
const EVENING = START + 9 * HOUR

/** Cases count till 18:00; calls only while they last. */
const CASES: ConfigurationChanges = {
  policy: { endOfDay: '18:00' },
  profiles: [{ id: 'case', limit: 2, reset: 'end-of-day' }, { id: 'call' }],
  workstreams: [
    { id: 'case', cost: { profiles: ['case'] }, wrapUp: 'none' },
    { id: 'call', cost: { profiles: ['call'] } },
    { id: 'both', cost: { profiles: ['case', 'late'] } },
  ],
}
const HELD = { capacity: { units: null, profiles: { case: null } } }

const caseDesk = (changes: ConfigurationChanges = {}) => openFloor({ ...CASES, ...changes }, HELD)
const assign = (floor: Floor, workItemId: string, workstreamId = 'case') =>
  floor.assign(workItemId, { workstreamId })
const used = (floor: Floor, profile = 'case') =>
  capacityOf(floor.facts(), floor.config(), floor.now()).profiles[profile]?.used
const close = (floor: Floor, workItemId: string) => floor.happens('close', workItemId)
const waitUntil = (floor: Floor, at: number) => floor.wait(at - floor.now())

describe('a profile that resets at the end of the day', () => {
  it('[CA6, CA1] closed items keep consuming until the reset, which comes at its own instant', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    close(floor, 'w1')
    expect(used(floor)).toBe(1)
    expect(floor.facts().tallies).toEqual({ case: { localDate: '2026-11-02', used: 1, resetsAt: EVENING } })
    expect(earliestDeadline(floor.facts(), floor.config())).toBe(EVENING)
    waitUntil(floor, EVENING - 1)
    expect(codeOf(floor.pass())).toBe('nothing')
    floor.wait(1)
    floor.pass()
    expect(used(floor)).toBe(0)
    expect(floor.facts().cause).toMatchObject({
      event: 'profile-reset',
      rule: 'CA6',
      inputs: { profileId: 'case', localDate: '2026-11-02' },
    })
    expect(earliestDeadline(floor.facts(), floor.config())).toBeNull()
  })

  it('[CA6, WK3] an item that is reopened on the same day counts once', () => {
    const floor = caseDesk()
    floor.hire('bob', HELD)
    const usedBy = (id: string) =>
      capacityOf(floor.facts(id), floor.config(), floor.now()).profiles['case']?.used
    const put = (type: 'assign' | 'offer', representativeId = 'ada') =>
      floor[type]('w1', { workstreamId: 'case', representativeId, reopen: true })
    put('assign')
    close(floor, 'w1')
    put('assign')
    expect(used(floor)).toBe(1)
    close(floor, 'w1')
    expect(used(floor)).toBe(1)
    put('offer')
    expect(used(floor)).toBe(1)
    floor.accept('w1', 'ada', null)
    expect(used(floor)).toBe(1)
    // Whoever closes it counts it, and each of them once.
    floor.transfer('w1', 'bob', ADMINISTRATOR)
    expect([used(floor), usedBy('bob')]).toEqual([0, 1])
    close(floor, 'w1')
    put('assign')
    expect([used(floor), usedBy('bob')]).toEqual([1, 1])
    floor.transfer('w1', 'bob', ADMINISTRATOR)
    expect([used(floor), usedBy('bob')]).toEqual([0, 1])
    floor.transfer('w1', 'ada', ADMINISTRATOR)
    floor.transfer('w1', 'bob', ADMINISTRATOR)
    close(floor, 'w1')
    expect([used(floor), usedBy('bob')]).toEqual([0, 1])
  })

  it('[CA6, WK3] an item that is reopened on a later day counts on that day', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    assign(floor, 'w2')
    close(floor, 'w1')
    waitUntil(floor, EVENING)
    floor.assign('w1', { workstreamId: 'case', reopen: true })
    assign(floor, 'w3')
    expect(used(floor)).toBe(3)
    close(floor, 'w1')
    close(floor, 'w3')
    expect(used(floor)).toBe(3)
    close(floor, 'w2')
    expect(used(floor)).toBe(2)
  })

  it('[CA10, CA6] T22 used up by closed items only: Do not disturb until the reset', () => {
    const floor = caseDesk()
    for (const id of ['w1', 'w2']) {
      assign(floor, id)
      close(floor, id)
    }
    expect(floor.facts().work).toEqual([])
    expect(floor.facts().shown).toMatchObject({ statusId: 'do-not-disturb', origin: 'capacity' })
    waitUntil(floor, EVENING + HOUR)
    floor.pass()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', since: EVENING })
  })

  it('[CA6] an immediate profile is free at once, and counts nothing', () => {
    const floor = openFloor(CASES, { capacity: { units: null, profiles: { call: null } } })
    assign(floor, 'w1', 'call')
    close(floor, 'w1')
    expect(used(floor, 'call')).toBe(0)
    expect(floor.facts().tallies).toEqual({})
  })

  it('[CA6, CA8] the release of a wrap-up does not free it; its close counts on', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    floor.happens('wrap-up', 'w1')
    expect(used(floor)).toBe(1)
    close(floor, 'w1')
    expect(used(floor)).toBe(1)
  })

  it('[CA6, WK5] what is parked consumes nothing, nor does it when it is closed from there', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    floor.happens('wait', 'w1')
    expect(used(floor)).toBe(0)
    close(floor, 'w1')
    expect(used(floor)).toBe(0)
  })

  it('[CA6, RO1] what is open over the reset takes room until it ends, and counts for presence no longer', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    assign(floor, 'w2')
    expect(floor.facts().shown.statusId).toBe('do-not-disturb')
    waitUntil(floor, EVENING)
    floor.pass()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
    expect(used(floor)).toBe(2)
    const another = { units: 0, profiles: ['case'] }
    expect(hasRoom(floor.facts(), another, floor.config(), floor.now())).toBe(false)
    close(floor, 'w1')
    expect(used(floor)).toBe(1)
    expect(hasRoom(floor.facts(), another, floor.config(), floor.now())).toBe(true)
  })

  it('[CA6] it stays so through wrap-up, and what comes on the next day counts', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    waitUntil(floor, EVENING)
    floor.happens('wrap-up', 'w1')
    assign(floor, 'w2')
    expect(floor.facts().work.map(({ overReset }) => overReset)).toEqual([true, false])
    expect(floor.facts().shown.statusId).toBe('busy')
    close(floor, 'w2')
    expect(used(floor)).toBe(2)
    expect(floor.facts().shown.statusId).toBe('available')
    expect(floor.facts().tallies).toMatchObject({ case: { localDate: '2026-11-03', used: 1 } })
  })

  it('[CA6, WK5] what is parked over the reset, or costs other profiles, counts on', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    assign(floor, 'w2')
    assign(floor, 'w3', 'call')
    floor.happens('wait', 'w1')
    waitUntil(floor, EVENING)
    floor.happens('resume', 'w1')
    const [first, second, third] = floor.facts().work
    expect([first?.overReset, second?.overReset, third?.overReset]).toEqual([false, true, false])
    expect(floor.facts().tallies).toMatchObject({ case: { localDate: '2026-11-03' } })
  })

  it('[CA6, SI7, SI1] work of an earlier day is no active work at sign-in', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    floor.drop()
    waitUntil(floor, EVENING + 15 * HOUR)
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[CA6, MA7] the reset ends the active work that a next presence waits for', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    floor.choose('away', { when: 'after-work' })
    waitUntil(floor, EVENING)
    floor.pass()
    expect(floor.facts().shown.statusId).toBe('away')
  })

  it('[CA6, MA2, MA3] a reset ends no choice', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    floor.choose('busy')
    waitUntil(floor, EVENING)
    floor.pass()
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'representative' })
  })

  it("[CA6] time and zone are the profile's own, else the tenant's", () => {
    const floor = caseDesk({
      policy: { timeZone: 'Europe/Berlin', endOfDay: '18:00' },
      profiles: [
        { id: 'case', limit: 2, reset: 'end-of-day' },
        { id: 'late', reset: 'end-of-day', timeZone: 'America/New_York', endOfDay: '20:00' },
      ],
    })
    assign(floor, 'w1', 'both')
    expect(floor.facts().tallies).toMatchObject({
      case: { resetsAt: START + 8 * HOUR, localDate: '2026-11-02' },
      late: { resetsAt: START + 16 * HOUR, localDate: '2026-11-02' },
    })
    waitUntil(floor, START + 16 * HOUR)
    floor.pass()
    expect(floor.facts().tallies).toMatchObject({ case: { resetsAt: null }, late: { resetsAt: null } })
  })

  it('[CA6, PO3] a day that runs keeps its end; a date that has ended does not end again', () => {
    const floor = caseDesk()
    assign(floor, 'w1')
    close(floor, 'w1')
    floor.configure({ policy: { endOfDay: '20:00' } })
    floor.on({ type: 'configuration-changed', by: ADMINISTRATOR })
    waitUntil(floor, EVENING)
    floor.pass()
    expect(used(floor)).toBe(0)
    assign(floor, 'w2')
    expect(floor.facts().tallies).toMatchObject({
      case: { localDate: '2026-11-03', resetsAt: EVENING + 26 * HOUR },
    })
  })

  it('[CA6, PO1] a profile that becomes immediate forgets what was closed; one that becomes end-of-day begins to count', () => {
    const floor = caseDesk()
    const becomes = (reset: 'immediate' | 'end-of-day') => {
      floor.configure({ profiles: [{ id: 'case', limit: 2, reset }] })
      floor.on({ type: 'configuration-changed', by: ADMINISTRATOR })
    }
    for (const id of ['w1', 'w2']) assign(floor, id)
    close(floor, 'w1')
    becomes('immediate')
    expect(floor.facts().tallies).toEqual({})
    expect(floor.facts().shown.statusId).toBe('busy')
    becomes('end-of-day')
    expect(floor.facts().tallies).toMatchObject({ case: { used: 0, resetsAt: EVENING } })
  })

  it('[CA6] the tally of a profile that was never configured is nothing', () => {
    const floor = caseDesk()
    floor.assign('w1', { workstreamId: 'call', cost: { units: 0, profiles: ['constructor'] } })
    close(floor, 'w1')
    expect(floor.facts().tallies).toEqual({})
    expect(heldOf().overReset).toBe(false)
  })
})
