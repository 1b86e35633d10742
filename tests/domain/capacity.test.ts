import { capacityOf, capacityResult } from '../../server/src/domain/capacity.ts'
import type { HeldItem } from '../../server/src/domain/facts.ts'
import { behindOf, presenceOf } from '../../server/src/domain/presence-of.ts'
import { hasRoom } from '../../server/src/domain/room.ts'
import { heldOf, openFloor, START } from '../support/domain-builders.ts'
import { capacityConfiguration as config, factsOf } from '../support/domain-capacity.ts'

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

  it('[CA4, CA8] the clock that releases wrap-up ends a choice that is not sticky', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat', wrapUp: { seconds: 1 } }] })
    floor.assign('w1', { workstreamId: 'chat' })
    floor.happens('wrap-up', 'w1')
    floor.choose('busy')
    floor.wait(1_000)
    floor.pass()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
  })

  it('[CA4] closing what is not consumed ends nothing', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.happens('wait', 'w1')
    floor.choose('busy')
    floor.happens('close', 'w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'representative' })
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
