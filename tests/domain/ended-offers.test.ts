// What the records say of offers that ended by themselves (EX1), and of the cost of work that is assigned again (CA5).

import { openFloor, SECOND } from '../support/domain-builders.ts'

const PLANNED_STOP = { type: 'handover-began', incarnation: 'n1', windowMs: 30 * SECOND } as const

describe('offers that end by themselves', () => {
  it('[EX1, NO8] of somebody who went: withdrawn, ten seconds after', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.drop()
    const wentAt = floor.now()
    floor.wait(60 * SECOND)
    floor.pass()
    expect(floor.item('w1')).toMatchObject({
      state: 'queued',
      since: wentAt + 10 * SECOND,
      declines: { ada: 1 },
      cause: { event: 'work-withdrawn', rule: 'NO8' },
    })
  })

  it('[EX1, NO8, DI8] of somebody who signed out: withdrawn at once', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.signOut()
    expect(floor.item('w1')).toMatchObject({ since: floor.now(), cause: { rule: 'NO8' } })
  })

  it('[EX1, NO10] of somebody whom the workstream doesn’t allow any more: withdrawn', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.choose('away')
    expect(floor.item('w1')).toMatchObject({
      declines: { ada: 1 },
      cause: { event: 'work-withdrawn', rule: 'NO10' },
    })
  })

  it.each([60, 100, 140])(
    '[DI7, NO8, DI10] of somebody who came back from no planned stop: withdrawn when it was due, though seen %i s later',
    seconds => {
      const floor = openFloor()
      floor.offer('w1')
      floor.on(PLANNED_STOP)
      const stoppedAt = floor.now()
      floor.wait(seconds * SECOND)
      floor.pass()
      expect(floor.item('w1')).toMatchObject({
        state: 'queued',
        since: stoppedAt + 40 * SECOND + 1,
        cause: { event: 'work-withdrawn', rule: 'NO8' },
      })
      expect(floor.facts()).toMatchObject({ stance: { kind: 'default' }, work: [] })
    },
  )

  it('[DI7, NO2] one that ran out during the handover is a miss', () => {
    const floor = openFloor({ workstreams: [{ id: 'brief', offerTimeoutMs: 20 * SECOND }] })
    floor.offer('w1', { workstreamId: 'brief' })
    const offeredAt = floor.now()
    floor.on(PLANNED_STOP)
    floor.wait(100 * SECOND)
    floor.pass()
    expect(floor.item('w1')).toMatchObject({
      since: offeredAt + 20 * SECOND,
      cause: { event: 'work-missed', rule: 'NO2' },
    })
    expect(floor.facts().stance).toMatchObject({ kind: 'hold', why: 'missed' })
  })
})

describe('the cost of an item that is assigned again', () => {
  it.each(['wait', 'wrap-up'] as const)('[CA5] after %s it is the one that it started with', report => {
    const floor = openFloor({}, { capacity: { units: 100, profiles: {} } })
    floor.assign('w1', { cost: { units: 30, profiles: [] } })
    floor.does(report, 'w1')
    floor.assign('w1', { cost: { units: 100, profiles: [] } })
    expect(floor.item('w1')).toMatchObject({ state: 'active', cost: { units: 30 } })
    expect(floor.facts().shown.statusId).toBe('busy')
  })

  it('[CA5, WK3] an item that waited for somebody costs what the assignment says', () => {
    const floor = openFloor({}, { capacity: { units: 100, profiles: {} } })
    floor.assign('w1', { cost: { units: 30, profiles: [] } })
    floor.happens('release', 'w1')
    floor.assign('w1', { cost: { units: 100, profiles: [] } })
    expect(floor.item('w1')).toMatchObject({ cost: { units: 100 } })
    expect(floor.facts().shown.statusId).toBe('do-not-disturb')
  })
})
