import { codeOf, person, SERVICE, START, SUPERVISOR, twoPeople, workOf } from '../support/domain-builders.ts'

describe('transfer', () => {
  it('[TR1] frees the first and takes the second in one step', () => {
    const floor = twoPeople({ workstreams: [{ id: 'chat', cost: { units: 100 } }] })
    floor.assign('w1', { workstreamId: 'chat' })
    expect(floor.transfer('w1', 'bob')).toMatchObject({ kind: 'done', cause: { rule: 'TR1' } })
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
    expect(floor.facts('bob').shown).toMatchObject({ statusId: 'do-not-disturb', origin: 'capacity' })
    expect([workOf(floor), workOf(floor, 'bob')]).toEqual([[], ['w1 active']])
    expect(floor.item('w1')).toMatchObject({ representativeId: 'bob', state: 'active' })
  })

  it('[TR1, CA4] the first is recalculated only if it consumed', () => {
    const floor = twoPeople()
    floor.accept('w1')
    floor.does('wait', 'w1')
    floor.choose('busy')
    floor.transfer('w1', 'bob')
    expect(floor.facts().shown.origin).toBe('representative')
    expect(workOf(floor, 'bob')).toEqual(['w1 active'])
  })

  it('[TR1] capacity may go negative', () => {
    const floor = twoPeople({ workstreams: [{ id: 'chat', cost: { units: 80 } }] })
    floor.assign('w1', { workstreamId: 'chat' })
    floor.assign('w2', { workstreamId: 'chat', representativeId: 'bob' })
    floor.transfer('w1', 'bob')
    expect(floor.facts('bob').cause.rule).toBe('CA2.1')
  })

  it('[TR2] to a queue frees the first; it waits there for somebody', () => {
    const floor = twoPeople()
    floor.accept('w1')
    const to = (id: string) =>
      ({
        type: 'transfer',
        workItemId: 'w1',
        by: person('ada'),
        doneBy: 'representative',
        to: { kind: 'queue', id },
        offer: false,
      }) as const
    expect(codeOf(floor.report(to('nowhere')))).toBe('not-found')
    expect(floor.report(to('billing'))).toMatchObject({ cause: { rule: 'TR2' } })
    expect(floor.item('w1')).toMatchObject({ state: 'queued', queueId: 'billing', queuedAt: START })
    expect(floor.facts().shown.statusId).toBe('available')
  })

  it('[TR3] the first keeps it when the second may not take it', () => {
    const floor = twoPeople()
    floor.hire('carl', { queues: ['billing'] })
    floor.connect('carl')
    floor.accept('w1')
    expect(codeOf(floor.transfer('w1', 'nobody'))).toBe('representative-unknown')
    expect(codeOf(floor.transfer('w1', 'carl'))).toBe('forbidden')
    floor.drop('bob')
    expect(codeOf(floor.transfer('w1', 'bob'))).toBe('not-signed-in')
    expect(workOf(floor)).toEqual(['w1 active'])
    expect(codeOf(floor.transfer('w1', 'ada'))).toBe('nothing')
  })

  it.each([SUPERVISOR, SERVICE])('[TR3] %j may transfer to anybody', by => {
    const floor = twoPeople()
    floor.hire('carl', { queues: ['billing'] })
    floor.accept('w1')
    expect(codeOf(floor.transfer('w1', 'carl', by))).toBe('done')
    expect(workOf(floor, 'carl')).toEqual(['w1 active'])
  })

  it('[TR4] as an offer, the first keeps it until the second accepts', () => {
    const floor = twoPeople()
    floor.accept('w1')
    expect(floor.transfer('w1', 'bob', person('ada'), true)).toMatchObject({ cause: { rule: 'TR4' } })
    expect([workOf(floor), workOf(floor, 'bob')]).toEqual([['w1 active'], ['w1 offered']])
    expect(codeOf(floor.does('close', 'w1', 'bob'))).toBe('work-item-conflict')
    expect(codeOf(floor.accept('w1'))).toBe('nothing')
    expect(codeOf(floor.does('reject', 'w1'))).toBe('transition-not-allowed')
    floor.happens('wait', 'w1')
    expect(workOf(floor, 'bob')).toEqual(['w1 offered'])
    expect(floor.accept('w1', 'bob', null)).toMatchObject({ cause: { rule: 'TR1' } })
    expect([workOf(floor), workOf(floor, 'bob')]).toEqual([[], ['w1 active']])
    expect(floor.facts().cause.event).toBe('work-transferred')
  })

  it.each(['reject', 'miss', 'withdraw'] as const)('[TR4] the first keeps it after a "%s"', type => {
    const floor = twoPeople()
    floor.accept('w1')
    floor.transfer('w1', 'bob', person('ada'), true)
    expect(codeOf(floor.happens(type, 'w1'))).toBe('done')
    expect([workOf(floor), workOf(floor, 'bob')]).toEqual([['w1 active'], []])
    expect(floor.item('w1')).toMatchObject({
      state: 'active',
      offeredTo: null,
      declines: type === 'withdraw' ? {} : { bob: 1 },
    })
  })

  it('[TR4, WK3] a service’s offer of an active item is a transfer as offer', () => {
    const floor = twoPeople()
    floor.accept('w1')
    expect(floor.offer('w1', { representativeId: 'bob' })).toMatchObject({ cause: { rule: 'TR4' } })
    expect(codeOf(floor.offer('w1', { representativeId: 'bob' }))).toBe('nothing')
    expect(codeOf(floor.offer('w1'))).toBe('nothing')
    floor.hire('carl')
    floor.connect('carl')
    expect(codeOf(floor.offer('w1', { representativeId: 'carl' }))).toBe('work-item-conflict')
  })

  it('[TR4] nobody absent is offered a transfer, and a close ends the offer', () => {
    const floor = twoPeople()
    floor.accept('w1')
    floor.accept('w2')
    floor.transfer('w1', 'bob', person('ada'), true)
    floor.does('close', 'w1')
    expect(workOf(floor, 'bob')).toEqual([])
    expect(floor.facts('bob').cause.event).toBe('work-withdrawn')
    floor.drop('bob')
    expect(codeOf(floor.transfer('w2', 'bob', SERVICE, true))).toBe('not-signed-in')
  })

  it('[TR4, NO2] an offered transfer that runs out is a decline, and the first keeps it', () => {
    const floor = twoPeople()
    floor.accept('w1')
    floor.transfer('w1', 'bob', person('ada'), true)
    floor.wait(120_000)
    floor.pass('bob')
    expect(floor.item('w1')).toMatchObject({ state: 'active', representativeId: 'ada', declines: { bob: 1 } })
    expect(floor.facts('bob').shown.origin).toBe('missed')
  })

  it('[TR4, NO3, WK8] whoever keeps it is not held for the other’s rejection', () => {
    const floor = twoPeople({ policy: { staleWorkAfterMs: 60_000 } })
    floor.accept('w1')
    floor.transfer('w1', 'bob', person('ada'), true)
    floor.wait(1_000)
    expect(codeOf(floor.does('reject', 'w1', 'bob'))).toBe('done')
    expect(floor.facts('bob').shown.origin).toBe('rejected')
    expect(floor.facts()).toMatchObject({ shown: { origin: 'capacity' }, notices: [] })
  })

  it('[TR4, WK3] offered to the same one again, it changes nothing; to another, the first offer ends', () => {
    const floor = twoPeople()
    floor.hire('carl')
    floor.connect('carl')
    floor.accept('w1')
    floor.transfer('w1', 'bob', person('ada'), true)
    const before = floor.item('w1')
    floor.wait(1_000)
    expect(codeOf(floor.transfer('w1', 'bob', person('ada'), true))).toBe('nothing')
    expect(floor.item('w1')).toBe(before)
    expect(codeOf(floor.transfer('w1', 'carl', person('ada'), true))).toBe('done')
    expect([workOf(floor), workOf(floor, 'bob'), workOf(floor, 'carl')]).toEqual([
      ['w1 active'],
      [],
      ['w1 offered'],
    ])
  })

  it('[TR4, RO7, CA5] room is asked for what the item costs already, whatever the report says', () => {
    const floor = twoPeople({ workstreams: [{ id: 'chat', cost: { units: 80 } }] })
    floor.assign('w1', { workstreamId: 'chat' })
    floor.assign('w2', { workstreamId: 'chat', representativeId: 'bob' })
    const cheap = { workstreamId: 'chat', representativeId: 'bob', cost: { units: 0, profiles: [] } }
    expect(codeOf(floor.offer('w1', cheap))).toBe('no-capacity')
  })
})
