import { createFloor, MINUTE, openFloor, START } from '../support/domain-builders.ts'

/** Somebody who has work before she signs in: a service assigned it. */
function signInWithWork(defaultStatusId: string, workstreamId = 'default') {
  const floor = createFloor({
    workstreams: [{ id: 'silent', affectsPresence: false }],
    statuses: [{ id: 'lunch', base: 'away' }],
  })
  floor.hire('ada', { defaultStatusId })
  floor.assign('w1', { workstreamId })
  floor.connect()
  return floor
}

describe('sign-in', () => {
  it('[SI1] without active work the default is shown', () => {
    const floor = createFloor()
    floor.hire('ada', { defaultStatusId: 'busy' })
    expect(floor.facts().shown).toMatchObject({ statusId: 'offline', origin: 'signed-out' })
    expect(floor.connect()).toMatchObject({ kind: 'done', cause: { event: 'signed-in', rule: 'SI1' } })
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'default', since: START })
  })

  it.each(['do-not-disturb', 'away', 'offline', 'lunch'])(
    '[SI1] with active work the default %s is shown all the same',
    status => {
      const floor = signInWithWork(status)
      expect(floor.facts().shown).toMatchObject({ statusId: status, origin: 'default' })
    },
  )

  it.each(['available', 'busy'])('[SI1] with active work the default %s gives way to capacity', status => {
    const floor = signInWithWork(status)
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'capacity' })
    expect(floor.facts().cause).toMatchObject({ rule: 'SI1', inputs: { activeItems: 1, capacity: 'CA2.4' } })
  })

  it('[SI7, CA9] work that does not affect presence is no active work', () => {
    const floor = signInWithWork('available', 'silent')
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[SI7, CA8] wrap-up that holds capacity is active work, released wrap-up is not', () => {
    for (const [wrapUp, origin] of [
      ['always', 'capacity'],
      ['none', 'default'],
    ] as const) {
      const floor = createFloor({ workstreams: [{ id: 'chat', wrapUp }] })
      floor.hire()
      floor.assign('w1', { workstreamId: 'chat' })
      floor.happens('wrap-up', 'w1')
      floor.connect()
      expect(floor.facts().shown.origin).toBe(origin)
    }
  })

  it('[SI2] her own default, else the tenant’s, else Available', () => {
    const own = openFloor({ policy: { defaultStatusId: 'away' } }, { defaultStatusId: 'busy' })
    expect(own.facts().shown.statusId).toBe('busy')
    expect(openFloor({ policy: { defaultStatusId: 'away' } }).facts().shown.statusId).toBe('away')
    expect(openFloor().facts().shown.statusId).toBe('available')
  })

  it('[SI3] a further connection changes nothing but the list', () => {
    const floor = openFloor()
    floor.choose('away', { note: 'dentist' })
    const before = floor.facts()
    floor.wait(MINUTE)
    expect(floor.connect('ada', 'ada-2')).toMatchObject({ kind: 'done', cause: { rule: 'SI3' } })
    const { link, shown, stance, revision } = floor.facts()
    expect(link).toMatchObject({ kind: 'present', connections: [{}, { connectionId: 'ada-2' }] })
    expect(shown).toEqual(before.shown)
    expect(stance).toEqual(before.stance)
    expect(revision).toBe(before.revision + 1)
    expect(floor.connect('ada', 'ada-2')).toEqual({ kind: 'nothing' })
    expect(floor.facts().revision).toBe(revision)
  })

  it('[SI5] a connection after the window is a sign-in, though no sweep has run', () => {
    const floor = openFloor()
    floor.choose('away')
    floor.drop()
    floor.wait(150_001)
    floor.connect()
    expect(floor.facts()).toMatchObject({ cause: { event: 'signed-in', rule: 'SI1' } })
    expect(floor.facts().shown).toMatchObject({
      statusId: 'available',
      origin: 'default',
      since: floor.now(),
    })
  })

  it('[SI6] a default lasts until the next accept or close, whatever its base', () => {
    const floor = openFloor({}, { defaultStatusId: 'away' })
    floor.accept('w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'capacity' })
  })

  it('[PO5] creating somebody who exists changes nothing', () => {
    const floor = openFloor()
    expect(floor.facts().revision).toBe(2)
    expect(floor.on({ type: 'created', by: { kind: 'system', id: 'rollcall', name: 'Rollcall' } })).toEqual({
      kind: 'nothing',
    })
    expect(floor.facts().revision).toBe(2)
  })
})
