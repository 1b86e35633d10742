import { earliestDeadline } from '../../server/src/domain/deadlines-of.ts'
import { type Floor, MINUTE, SECOND, SERVICE, START, twoPeople, workOf } from '../support/domain-builders.ts'

const floorOf = (releaseWorkAfterMs: number | null = 10 * MINUTE, signOutRestores = true): Floor =>
  twoPeople({ policy: { releaseWorkAfterMs, signOutRestores } })

describe('work of somebody who stays away', () => {
  it('[WK7] is queued again that long after the absence began, once', () => {
    const floor = floorOf()
    floor.assign('w1')
    floor.drop()
    floor.wait(10 * MINUTE - 1)
    floor.pass()
    expect(workOf(floor)).toEqual(['w1 active'])
    expect(floor.facts().link.kind).toBe('signed-out')
    expect(earliestDeadline(floor.facts(), floor.config())).toBe(START + 10 * MINUTE)
    floor.wait(1)
    floor.pass()
    expect(workOf(floor)).toEqual([])
    expect(floor.facts().cause).toMatchObject({ event: 'work-released', rule: 'WK7', inputs: { items: 1 } })
    expect(floor.item('w1')).toMatchObject({
      state: 'queued',
      representativeId: null,
      since: START + 10 * MINUTE,
      declines: {},
      cause: { event: 'work-released', rule: 'WK7' },
    })
    const { revision } = floor.facts()
    floor.wait(60 * MINUTE)
    floor.pass()
    expect(floor.facts().revision).toBe(revision)
  })

  it('[WK7] takes effect at its own instant, however late anybody looks', () => {
    const floor = floorOf()
    floor.assign('w1')
    floor.drop()
    floor.wait(60 * MINUTE)
    floor.pass()
    expect(floor.item('w1')).toMatchObject({ state: 'queued', since: START + 10 * MINUTE })
  })

  it('[WK7] a report after it meets an item that is queued, swept or not', () => {
    const floor = floorOf()
    floor.assign('w1')
    floor.drop()
    floor.wait(11 * MINUTE)
    expect(floor.happens('wait', 'w1')).toMatchObject({ code: 'transition-not-allowed' })
    expect(workOf(floor)).toEqual([])
    floor.assign('w1', { representativeId: 'bob' })
    expect(workOf(floor, 'bob')).toEqual(['w1 active'])
  })

  it('[WK7] parked items and items in wrap-up go, too', () => {
    const floor = floorOf()
    for (const id of ['w1', 'w2']) floor.assign(id)
    floor.happens('wait', 'w1')
    floor.happens('wrap-up', 'w2')
    floor.drop()
    floor.wait(10 * MINUTE)
    floor.pass()
    expect([floor.item('w1')?.state, floor.item('w2')?.state]).toEqual(['queued', 'queued'])
  })

  it('[WK7, CA4] within the window it ends a passing choice if it consumed, and nothing if it was parked', () => {
    for (const [parked, statusId] of [
      [false, 'available'],
      [true, 'busy'],
    ] as const) {
      const floor = floorOf(SECOND)
      floor.assign('w1')
      if (parked) floor.happens('wait', 'w1')
      floor.choose('busy')
      floor.drop()
      floor.wait(2 * SECOND)
      floor.connect()
      expect(floor.facts().shown.statusId).toBe(statusId)
      expect(floor.item('w1')).toMatchObject({ state: 'queued', since: START + SECOND })
    }
  })

  it('[WK7] whoever comes back keeps it, and the next absence counts anew', () => {
    const floor = floorOf()
    floor.assign('w1')
    floor.drop()
    floor.wait(9 * MINUTE)
    floor.connect()
    floor.wait(60 * MINUTE)
    floor.pass()
    expect(workOf(floor)).toEqual(['w1 active'])
    floor.drop()
    expect(floor.facts().releaseAt).toBe(START + 79 * MINUTE)
  })

  it('[WK7, DI8] a sign-out is such an absence, whether or not it restores; repeated, it keeps its begin', () => {
    for (const restores of [true, false]) {
      const floor = floorOf(10 * MINUTE, restores)
      floor.assign('w1')
      floor.signOut()
      floor.wait(MINUTE)
      floor.signOut()
      expect(floor.facts().releaseAt).toBe(START + 10 * MINUTE)
    }
    const dropped = floorOf()
    dropped.drop()
    dropped.wait(MINUTE)
    dropped.signOut()
    expect(dropped.facts().releaseAt).toBe(START + 10 * MINUTE)
  })

  it('[WK7, DI7] after a handover it counts from its end', () => {
    const floor = floorOf()
    floor.on({ type: 'handover-began', incarnation: 'n1', windowMs: 30_000 })
    floor.wait(MINUTE)
    floor.pass()
    expect(floor.facts().releaseAt).toBe(START + 30_001 + 10 * MINUTE)
  })

  it('[WK7, DI6] after a crash it counts from when she could come back', () => {
    const floor = floorOf()
    const restoreFrom = START + 60 * MINUTE
    floor.on({ type: 'incarnation-ended', incarnation: 'n1', reason: 'server-down', restoreFrom })
    expect(floor.facts().releaseAt).toBe(restoreFrom + 10 * MINUTE)
  })

  it('[WK7, PO3] a running absence keeps its length when the policy changes', () => {
    const floor = floorOf()
    floor.assign('w1')
    floor.drop()
    floor.configure({ policy: { releaseWorkAfterMs: null } })
    floor.wait(10 * MINUTE)
    floor.pass()
    expect(floor.item('w1')?.state).toBe('queued')
    floor.connect()
    floor.drop()
    expect(floor.facts().releaseAt).toBeNull()
  })

  it('[WK7, RO7] what is assigned to her after that stays', () => {
    const floor = floorOf()
    floor.drop()
    floor.wait(10 * MINUTE)
    floor.assign('w1')
    expect(workOf(floor)).toEqual(['w1 active'])
    expect(earliestDeadline(floor.facts(), floor.config())).toBeNull()
  })

  it('[WK7, TR4] an offer of it to somebody else goes on', () => {
    const floor = floorOf(SECOND)
    floor.assign('w1')
    floor.transfer('w1', 'bob', SERVICE, true)
    floor.drop()
    floor.wait(SECOND)
    floor.pass()
    expect(floor.item('w1')).toMatchObject({ state: 'offered', offeredTo: 'bob', representativeId: null })
    floor.accept('w1', 'bob', null)
    expect(floor.item('w1')).toMatchObject({ state: 'active', representativeId: 'bob' })
    expect(workOf(floor, 'bob')).toEqual(['w1 active'])
  })

  it('[WK7, NO8] what she is offered ends by its own rule', () => {
    const floor = floorOf(SECOND)
    floor.assign('w1')
    floor.offer('w2')
    floor.drop()
    floor.wait(SECOND)
    floor.pass()
    expect(workOf(floor)).toEqual(['w2 offered'])
    expect(floor.item('w2')).toMatchObject({ state: 'offered', offeredTo: 'ada' })
  })

  it('[WK7, TR4, NO2] what it is on offer to another can end by the way of one report, too', () => {
    const floor = floorOf()
    floor.assign('w1')
    floor.assign('w2', { representativeId: 'bob' })
    floor.transfer('w1', 'bob', SERVICE, true)
    floor.drop()
    floor.wait(60 * MINUTE)
    // Nobody has swept: this conflict, about another item, settles both of them.
    expect(floor.assign('w2')).toMatchObject({ code: 'work-item-conflict' })
    expect([workOf(floor), workOf(floor, 'bob')]).toEqual([[], ['w2 active']])
    expect(floor.item('w1')).toMatchObject({ state: 'queued', offeredTo: null, declines: { bob: 1 } })
  })
})
