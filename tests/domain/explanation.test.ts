import { deadlinesOf, earliestDeadline } from '../../server/src/domain/deadlines-of.ts'
import { explainPresence } from '../../server/src/domain/explain.ts'
import { followFacts, leftItems } from '../../server/src/domain/left-items.ts'
import { decideWork } from '../../server/src/domain/work.ts'
import { decideItem } from '../../server/src/domain/work-item.ts'
import { heldOf, openFloor, person, START, SUPERVISOR } from '../support/domain-builders.ts'

describe('causes', () => {
  it('[EX1] every change names event, actor, rule and the inputs of the rule', () => {
    const floor = openFloor({}, { capacity: { units: 100, profiles: {} } })
    expect(floor.facts().cause).toEqual({
      event: 'signed-in',
      actor: { kind: 'representative', id: 'ada' },
      rule: 'SI1',
      inputs: { defaultStatusId: 'available', activeItems: 0 },
    })
    floor.assign('w1', { cost: { units: 100, profiles: [] } })
    expect(floor.facts().cause).toEqual({
      event: 'work-assigned',
      actor: { kind: 'service', id: 'router' },
      rule: 'CA2.3',
      inputs: {
        workItemId: 'w1',
        capacity: 'CA2.3',
        dimensions: [{ dimension: 'units', total: 100, available: 0, blocking: false }],
      },
    })
    floor.choose('away', { by: SUPERVISOR })
    expect(floor.facts().cause).toMatchObject({
      event: 'presence-chosen',
      actor: { kind: 'supervisor', id: 'sam' },
      rule: 'MA5',
      inputs: { statusId: 'away', replaced: 'none' },
    })
    floor.reset()
    expect(floor.facts().cause).toMatchObject({
      rule: 'MA9',
      inputs: { ended: 'choice', capacity: 'CA2.3' },
    })
  })

  it('[EX1] the item’s own record says what became of it', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.does('wait', 'w1')
    expect(floor.item('w1')?.cause).toEqual({
      event: 'work-waited',
      actor: { kind: 'representative', id: 'ada' },
      rule: 'WK5',
      inputs: { from: 'active', to: 'waiting' },
    })
  })
})

describe('explanation', () => {
  const matched = (floor: ReturnType<typeof openFloor>) =>
    explainPresence(floor.facts(), floor.config(), floor.now())
      .filter(step => step.matched)
      .map(({ order, rule }) => [order, rule])

  it('[EX2] the first of the four precedence rules that applies is the one that matched', () => {
    const floor = openFloor()
    expect(matched(floor)).toEqual([[3, 'SI2']])
    floor.choose('away', { by: SUPERVISOR })
    expect(matched(floor)).toEqual([[3, 'MA5']])
    floor.choose('away')
    expect(matched(floor)).toEqual([[3, 'MA1']])
    floor.reset()
    expect(matched(floor)).toEqual([[4, 'CA2.5']])
    floor.drop()
    expect(matched(floor)).toEqual([[2, 'DI1']])
    floor.wait(150_001)
    expect(matched(floor)).toEqual([[1, 'DI4']])
  })

  it('[EX2] the others say what they looked at', () => {
    const floor = openFloor()
    floor.accept('w1')
    expect(explainPresence(floor.facts(), floor.config(), START)).toEqual([
      { order: 1, matched: false, rule: 'DI4', inputs: { link: 'present' } },
      { order: 2, matched: false, rule: 'DI1', inputs: { link: 'present' } },
      { order: 3, matched: false, rule: 'MA1', inputs: { stance: 'none' } },
      { order: 4, matched: true, rule: 'CA2.4', inputs: { openItems: 1, dimensions: [] } },
    ])
  })
})

describe('records that do not agree', () => {
  it('[WK2] an item of somebody else, or in another state, is left alone', () => {
    const floor = openFloor()
    floor.assign('w1')
    const item = floor.item('w1')
    if (!item) throw new Error('w1 is missing')
    const before = floor.facts()
    const after = { ...before, work: [] }
    expect(followFacts(item, before, after, START)).toMatchObject({ state: 'queued' })
    const elsewhere = { ...item, representativeId: 'bob' }
    expect(followFacts(elsewhere, before, after, START)).toBe(elsewhere)
    const offered = { ...before, work: [heldOf({ state: 'offered' })] }
    expect(followFacts(elsewhere, offered, after, START)).toBe(elsewhere)
    const waiting = { ...item, state: 'waiting' as const }
    expect(followFacts(waiting, before, after, START)).toBe(waiting)
    expect(leftItems(before, after, () => null, START)).toEqual([])
  })

  it('[NO1] an offer without a time has no deadline', () => {
    const floor = openFloor()
    const facts = { ...floor.facts(), work: [heldOf({ state: 'offered', expiresAt: null })] }
    expect(deadlinesOf(facts, floor.config())).toEqual([])
    expect(earliestDeadline(facts, floor.config())).toBeNull()
  })

  it('[TR3] somebody unknown shares no queue with anybody', () => {
    const floor = openFloor()
    floor.assign('w1')
    const item = floor.item('w1')
    const report = {
      type: 'transfer',
      workItemId: 'w1',
      by: person('ghost'),
      doneBy: 'representative',
      to: { kind: 'representative', id: 'ada' },
      offer: false,
    } as const
    const context = {
      config: floor.config(),
      representative: (id: string) => (id === 'ada' ? floor.facts() : null),
    }
    expect(decideItem(item && { ...item, representativeId: 'ghost' }, report, context, START)).toMatchObject({
      code: 'forbidden',
    })
  })
  it('[PO4] the item of somebody who is gone can still be closed', () => {
    const floor = openFloor()
    floor.assign('w1')
    const item = floor.item('w1')
    const lookup = { workItem: () => item, representative: () => null }
    const close = { type: 'close', workItemId: 'w1', by: SUPERVISOR, doneBy: 'other' } as const
    expect(decideWork(lookup, close, floor.config(), START)).toMatchObject({
      outcome: { kind: 'done' },
      workItems: [{ state: 'closed', revision: 2 }],
      representatives: [],
      about: 'ada',
    })
  })
})
