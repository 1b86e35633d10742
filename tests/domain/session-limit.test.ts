import { codeOf, createFloor, type Floor, openFloor, person, SUPERVISOR } from '../support/domain-builders.ts'

describe('what an offer asks', () => {
  it('[RO7] nobody who cannot see it is offered anything, force or not', () => {
    const floor = createFloor()
    floor.hire()
    expect(codeOf(floor.offer('w1', { force: true }))).toBe('not-signed-in')
    floor.connect()
    floor.drop()
    expect(codeOf(floor.offer('w1', { force: true }))).toBe('not-signed-in')
  })

  it('[RO7] room and a queued next choice refuse it; presence does not; force skips them', () => {
    const floor = openFloor({}, { capacity: { units: 10, profiles: {} } })
    floor.choose('offline')
    expect(codeOf(floor.offer('w1', { cost: { units: 10, profiles: [] } }))).toBe('done')
    expect(codeOf(floor.offer('w2', { cost: { units: 1, profiles: [] } }))).toBe('no-capacity')
    expect(codeOf(floor.offer('w2', { cost: { units: 1, profiles: [] }, force: true }))).toBe('done')
    floor.reset()
    floor.assign('w3')
    floor.choose('away', { when: 'after-work' })
    expect(codeOf(floor.offer('w4'))).toBe('no-capacity')
    expect(codeOf(floor.offer('w4', { force: true }))).toBe('done')
  })
})

describe('the session limit', () => {
  function atLimit(): Floor {
    const floor = openFloor({
      policy: { sessionLimit: 2 },
      workstreams: [{ id: 'chat' }, { id: 'silent', opensSession: false }],
    })
    floor.assign('w1')
    floor.assign('w2')
    expect(floor.facts().shown.origin).toBe('capacity')
    return floor
  }

  it('[SE2] a service’s offer is refused, and the hold begins all the same', () => {
    const floor = atLimit()
    expect(codeOf(floor.offer('w3'))).toBe('session-limit')
    expect(floor.item('w3')).toBeNull()
    expect(floor.facts()).toMatchObject({
      shown: { statusId: 'do-not-disturb', origin: 'session-limit' },
      cause: { event: 'work-offered', rule: 'SE2' },
      notices: [{ kind: 'session-limit' }],
    })
    const { revision } = floor.facts()
    expect(codeOf(floor.offer('w3'))).toBe('session-limit')
    expect(floor.facts().revision).toBe(revision)
  })

  it('[SE2, TR4] an item refused to her leaves its holder in peace', () => {
    const floor = atLimit()
    floor.hire('bob')
    floor.connect('bob')
    floor.accept('w3', 'bob')
    expect(codeOf(floor.offer('w3'))).toBe('session-limit')
    expect(floor.facts().shown.origin).toBe('session-limit')
    expect(floor.facts('bob').shown.origin).toBe('capacity')
  })

  it('[SE2] an assignment and a pick are taken, and the hold begins', () => {
    for (const come of [(floor: Floor) => floor.assign('w3'), (floor: Floor) => floor.accept('w3')]) {
      const floor = atLimit()
      expect(codeOf(come(floor))).toBe('done')
      expect(floor.facts().shown.origin).toBe('session-limit')
    }
  })

  it('[SE2] a transfer is taken, and the hold begins', () => {
    const floor = atLimit()
    floor.hire('bob')
    floor.connect('bob')
    floor.accept('w3', 'bob')
    floor.transfer('w3', 'ada', person('bob'))
    expect(floor.facts().shown.origin).toBe('session-limit')
  })

  it('[SE1, SE2] work that opens no session, and resuming, begin none', () => {
    const floor = atLimit()
    expect(codeOf(floor.offer('w3', { workstreamId: 'silent' }))).toBe('done')
    floor.accept('w3', 'ada', null)
    floor.happens('wait', 'w1')
    floor.assign('w4')
    floor.happens('resume', 'w1')
    expect(floor.facts().shown.origin).toBe('capacity')
  })

  it('[RO7, SE2] forced over the limit, the hold begins at the accept', () => {
    const floor = atLimit()
    expect(codeOf(floor.offer('w3', { force: true }))).toBe('done')
    expect(floor.facts().shown.origin).toBe('capacity')
    floor.accept('w3', 'ada', null)
    expect(floor.facts().shown.origin).toBe('session-limit')
  })

  it('[SE2] an accept within the reservation begins none', () => {
    const floor = atLimit()
    floor.does('close', 'w2')
    floor.offer('w3')
    floor.accept('w3', 'ada', null)
    expect(floor.facts().shown.origin).toBe('capacity')
  })

  it('[SE3] the hold ends below the limit, whatever brought it there', () => {
    const floor = atLimit()
    floor.assign('w3')
    floor.does('close', 'w3')
    expect(floor.facts().shown.origin).toBe('session-limit')
    floor.happens('close', 'w2')
    expect(floor.facts()).toMatchObject({
      shown: { statusId: 'busy' },
      cause: { event: 'work-closed', rule: 'SE3' },
    })
    floor.assign('w3')
    floor.offer('w4')
    floor.configure({ policy: { sessionLimit: 9 } })
    floor.on({ type: 'configuration-changed', by: SUPERVISOR })
    expect(floor.facts().shown.statusId).toBe('busy')
  })

  it('[SE3, CA4] an accept of her own does not end it; a reset does', () => {
    const floor = atLimit()
    floor.offer('w3')
    floor.accept('w4')
    expect(floor.facts().shown.origin).toBe('session-limit')
    floor.reset()
    expect(floor.facts().shown.origin).toBe('capacity')
  })

  it('[SE2] it replaces no other hold', () => {
    const floor = atLimit()
    floor.offer('w3', { force: true })
    floor.happens('miss', 'w3')
    floor.assign('w4')
    expect(floor.facts().shown.origin).toBe('missed')
  })

  it('[SE2, NO10] the hold withdraws no offers: they are what fills the limit', () => {
    const floor = openFloor({ policy: { sessionLimit: 2 } })
    floor.offer('w1')
    floor.offer('w2')
    expect(codeOf(floor.offer('w3'))).toBe('session-limit')
    expect(floor.facts()).toMatchObject({
      shown: { statusId: 'do-not-disturb', origin: 'session-limit' },
      work: [{ workItemId: 'w1' }, { workItemId: 'w2' }],
      notices: [{ kind: 'session-limit' }],
    })
    expect(codeOf(floor.accept('w1', 'ada', null))).toBe('done')
    expect(floor.facts().shown.origin).toBe('session-limit')
    floor.happens('withdraw', 'w2')
    expect(floor.facts()).toMatchObject({ shown: { statusId: 'busy' }, cause: { rule: 'SE3' } })
  })
})
