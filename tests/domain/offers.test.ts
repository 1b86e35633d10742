import { decide } from '../../server/src/domain/decide.ts'
import { SYSTEM } from '../../server/src/domain/facts.ts'
import {
  codeOf,
  configurationOf,
  createFloor,
  type Floor,
  heldOf,
  openFloor,
  SERVICE,
  START,
} from '../support/domain-builders.ts'

const LIMIT = 120_000
const held = (floor: Floor) => floor.facts().work.map(item => item.workItemId)

describe('offers', () => {
  it('[NO1, CA1] reserves at once, with a limit kept in the facts', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat', offerTimeoutMs: 30_000 }] })
    floor.offer('w1', { workstreamId: 'chat' })
    expect(floor.facts()).toMatchObject({
      work: [{ state: 'offered', expiresAt: START + 30_000 }],
      shown: { statusId: 'available', origin: 'default' },
    })
  })

  it('[NO2, NO7] not answered in time: Inactive from that instant, told once, queued again', () => {
    const floor = openFloor()
    floor.offer('w1', { attributes: { title: 'Refund' } })
    floor.wait(LIMIT - 1)
    expect(floor.pass()).toEqual({ kind: 'nothing' })
    floor.wait(10_000)
    expect(floor.pass()).toMatchObject({ cause: { event: 'work-missed', rule: 'NO2' } })
    expect(floor.facts().shown).toMatchObject({
      statusId: 'inactive',
      origin: 'missed',
      since: START + LIMIT,
    })
    expect(floor.facts().notices).toMatchObject([
      {
        kind: 'missed',
        presence: { statusId: 'inactive' },
        workItemId: 'w1',
        attributes: { title: 'Refund' },
      },
    ])
    expect(floor.item('w1')).toMatchObject({
      state: 'queued',
      offeredTo: null,
      declines: { ada: 1 },
      since: START + LIMIT,
      queuedAt: START,
      cause: { event: 'work-missed', rule: 'NO2' },
    })
  })

  it('[NO2, DI10] a report meets the offer as it is by the clock, swept or not', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.wait(LIMIT)
    expect(codeOf(floor.accept('w1', 'ada', null))).toBe('offer-gone')
    expect(floor.item('w1')).toMatchObject({ state: 'queued', revision: 2, declines: { ada: 1 } })
    expect(floor.facts().shown.statusId).toBe('inactive')
  })

  it.each([
    ['the policy is off', { policy: { missedSetsInactive: false } }],
    ['the workstream is exempt', { workstreams: [{ id: 'default', missedCounts: false }] }],
  ])('[NO2, NO5] a miss begins no hold where %s', (_name, changes) => {
    for (const byClock of [true, false]) {
      const floor = openFloor(changes)
      floor.offer('w1')
      floor.wait(byClock ? LIMIT : 1)
      if (byClock) floor.pass()
      else floor.happens('miss', 'w1')
      expect(floor.facts()).toMatchObject({ work: [], shown: { origin: 'default' }, notices: [] })
    }
  })

  it('[NO3] rejected: Do not disturb', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.does('reject', 'w1')
    expect(floor.facts()).toMatchObject({
      shown: { statusId: 'do-not-disturb', origin: 'rejected' },
      cause: { event: 'work-rejected', rule: 'NO3' },
      notices: [{ kind: 'rejected' }],
    })
    expect(floor.item('w1')).toMatchObject({ state: 'queued', declines: { ada: 1 } })
  })

  it('[NO3] with the policy off a rejection only frees the reservation', () => {
    const floor = openFloor({ policy: { rejectedSetsDoNotDisturb: false } })
    floor.offer('w1')
    floor.does('reject', 'w1')
    expect(floor.facts()).toMatchObject({ work: [], shown: { origin: 'default' }, cause: { rule: 'CA4' } })
  })

  it('[NO4] under a sticky choice no hold begins and nobody is told', () => {
    const floor = openFloor({ workstreams: [{ id: 'any', allowedPresences: ['away'] }] })
    floor.choose('away')
    floor.offer('w1', { workstreamId: 'any' })
    floor.offer('w2', { workstreamId: 'any' })
    floor.does('reject', 'w1')
    floor.wait(LIMIT)
    floor.pass()
    expect(floor.facts()).toMatchObject({ work: [], shown: { statusId: 'away' }, notices: [] })
  })

  it('[NO5] an offer that cannot be rejected stays', () => {
    const floor = openFloor({ workstreams: [{ id: 'case', rejectable: false }] })
    floor.offer('w1', { workstreamId: 'case' })
    expect(codeOf(floor.does('reject', 'w1'))).toBe('offer-not-rejectable')
    expect(held(floor)).toEqual(['w1'])
    expect(codeOf(floor.happens('miss', 'w1'))).toBe('done')
  })

  it('[NO6, CA4] a missed hold ends by an accept or close of her own, not by others’', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.happens('miss', 'w1')
    floor.assign('w2')
    floor.assign('w3')
    floor.happens('close', 'w2')
    floor.does('wait', 'w3')
    floor.does('resume', 'w3')
    expect(floor.facts().shown.origin).toBe('missed')
    floor.does('close', 'w3')
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
  })

  it('[NO6, CA4] a service can say that it was she', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.happens('miss', 'w1')
    floor.assign('w2', { doneBy: 'representative' })
    expect(floor.facts().shown.statusId).toBe('busy')
    floor.offer('w3')
    floor.happens('miss', 'w3')
    floor.report({ type: 'close', workItemId: 'w2', by: SERVICE, doneBy: 'representative' })
    expect(floor.facts().shown.statusId).toBe('available')
  })

  it('[NO8] a pending offer outlives the last connection by ten seconds, then it is withdrawn, no miss', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.drop()
    floor.wait(9_999)
    floor.connect()
    expect(held(floor)).toEqual(['w1'])
    floor.drop()
    floor.wait(10_000)
    expect(floor.pass()).toMatchObject({ cause: { event: 'work-withdrawn', rule: 'NO8' } })
    expect(floor.facts()).toMatchObject({ work: [], stance: { kind: 'default' }, notices: [] })
    expect(floor.item('w1')).toMatchObject({ state: 'queued', declines: { ada: 1 }, since: START + 19_999 })
  })

  it('[NO8, DI8] a sign-out withdraws at once', () => {
    for (const signOutRestores of [true, false]) {
      const floor = openFloor({ policy: { signOutRestores } })
      floor.offer('w1')
      floor.signOut()
      expect(floor.facts().work).toEqual([])
      expect(floor.item('w1')).toMatchObject({ state: 'queued', declines: { ada: 1 }, since: START })
    }
  })

  it('[DI7, RO7] a handover keeps pending offers and takes no new ones', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.on({ type: 'handover-began', incarnation: 'n1', windowMs: 30_000 })
    floor.wait(20_000)
    expect(held(floor)).toEqual(['w1'])
    expect(codeOf(floor.offer('w2', { force: true }))).toBe('not-signed-in')
  })

  it('[NO9] an offer that is gone cannot be answered', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.happens('withdraw', 'w1')
    expect(codeOf(floor.accept('w1', 'ada', null))).toBe('offer-gone')
    expect(codeOf(floor.does('reject', 'w1'))).toBe('offer-gone')
    expect(floor.item('w1')?.declines).toEqual({})
  })

  it('[NO10] a choice or a hold that the workstream does not allow withdraws offers; capacity never does', () => {
    const floor = openFloor({
      workstreams: [{ id: 'chat' }, { id: 'any', allowedPresences: ['do-not-disturb'] }],
    })
    floor.offer('w1', { workstreamId: 'chat' })
    floor.offer('w2', { workstreamId: 'any' })
    floor.offer('w3')
    floor.assign('w4')
    expect(held(floor)).toEqual(['w1', 'w2', 'w3', 'w4'])
    floor.choose('busy')
    // `default` takes Available people only, `any` only Do not disturb.
    expect(held(floor)).toEqual(['w1', 'w4'])
    floor.offer('w2', { workstreamId: 'any' })
    floor.does('reject', 'w1')
    expect(held(floor)).toEqual(['w4', 'w2'])
    expect(floor.item('w3')).toMatchObject({ state: 'queued', declines: { ada: 1 } })
  })

  it('[NO11, WK7] when the window ends routed work is queued again, without a decline', () => {
    for (const releaseRoutedWork of [true, false]) {
      const floor = openFloor({ policy: { releaseRoutedWork } })
      floor.offer('w1', { by: SYSTEM })
      floor.accept('w1', 'ada', null)
      floor.assign('w2')
      floor.drop()
      floor.wait(200_000)
      floor.pass()
      expect(held(floor)).toEqual(releaseRoutedWork ? ['w2'] : ['w1', 'w2'])
      if (releaseRoutedWork)
        expect(floor.item('w1')).toMatchObject({
          state: 'queued',
          representativeId: null,
          declines: {},
          since: START + 150_001,
        })
    }
  })

  it('[NO11] no hold begins for somebody signed out', () => {
    const floor = createFloor({ policy: { sessionLimit: 1 } })
    floor.hire()
    floor.assign('w1')
    floor.assign('w2')
    expect(floor.facts()).toMatchObject({ stance: { kind: 'none' }, notices: [] })
  })

  it('[WK2] what left her hands is told to its record only if the record agrees', () => {
    const floor = openFloor()
    floor.assign('w1')
    const item = floor.item('w1')
    const before = { ...floor.facts(), work: [heldOf({ state: 'offered', expiresAt: START })] }
    const after = decide(before, { type: 'time-passed' }, configurationOf(), START)
    expect(after.facts.work).toEqual([])
    expect(item?.state).toBe('active')
  })
})
