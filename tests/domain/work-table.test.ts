import type { WorkState } from '@rollcall/shared/vocabulary'
import type { Report } from '../../server/src/domain/work-record.ts'
import { codeOf, createFloor, type Floor, person, SERVICE } from '../support/domain-builders.ts'

/** The columns of the table, in its order; `miss` is asked beside `reject`. */
const REPORTS = [
  'offer',
  'assign',
  'accept',
  'reject',
  'miss',
  'withdraw',
  'wait',
  'resume',
  'wrap-up',
  'close',
  'release',
  'transfer',
] as const

/** What becomes of the item: its new state, `same`, or the code of the refusal. One word a column. */
const TABLE: Readonly<Record<WorkState | 'none', string>> = {
  none: 'offered active active offer-gone offer-gone offer-gone unknown unknown unknown same unknown unknown',
  queued:
    'offered active active offer-gone offer-gone offer-gone not-allowed not-allowed not-allowed closed same not-allowed',
  offered:
    'same active active queued queued queued not-allowed not-allowed not-allowed closed not-allowed not-allowed',
  active: 'same same same not-allowed not-allowed not-allowed waiting same wrap-up closed queued active',
  waiting:
    'not-allowed active not-allowed not-allowed not-allowed not-allowed same active not-allowed closed queued active',
  'wrap-up':
    'not-allowed active not-allowed not-allowed not-allowed not-allowed waiting active same closed queued active',
  closed: 'gone gone gone gone gone gone gone gone gone same gone gone',
}

const CODES: Readonly<Record<string, string>> = {
  unknown: 'work-item-unknown',
  'not-allowed': 'transition-not-allowed',
  gone: 'work-item-closed',
}

const REACH: Readonly<Record<WorkState | 'none', (floor: Floor) => void>> = {
  none: () => undefined,
  queued: floor => {
    floor.assign('w1')
    floor.happens('release', 'w1')
  },
  offered: floor => void floor.offer('w1'),
  active: floor => void floor.assign('w1'),
  waiting: floor => {
    floor.assign('w1')
    floor.happens('wait', 'w1')
  },
  'wrap-up': floor => {
    floor.assign('w1')
    floor.happens('wrap-up', 'w1')
  },
  closed: floor => {
    floor.assign('w1')
    floor.happens('close', 'w1')
  },
}

function floorIn(state: WorkState | 'none'): Floor {
  const floor = createFloor()
  for (const id of ['ada', 'bob']) {
    floor.hire(id)
    floor.connect(id)
  }
  REACH[state](floor)
  expect(floor.item('w1')?.state ?? 'none').toBe(state)
  return floor
}

function report(floor: Floor, type: Report['type']) {
  switch (type) {
    case 'offer':
      return floor.offer('w1')
    case 'assign':
      return floor.assign('w1')
    case 'accept':
      return floor.accept('w1')
    case 'transfer':
      return floor.transfer('w1', 'bob', SERVICE)
    default:
      return floor.happens(type, 'w1')
  }
}

const CELLS = Object.entries(TABLE).flatMap(([state, row]) =>
  row.split(' ').map((cell, column) => [state, REPORTS[column], cell] as const),
) as readonly (readonly [WorkState | 'none', Report['type'], string])[]

describe('what a report makes of an item', () => {
  it.each(CELLS)('[WK3] %s, reported "%s": %s', (state, type, cell) => {
    const floor = floorIn(state)
    const before = { item: floor.item('w1'), ada: floor.facts(), bob: floor.facts('bob') }
    const outcome = report(floor, type)
    const after = { item: floor.item('w1'), ada: floor.facts(), bob: floor.facts('bob') }
    if (outcome.kind !== 'done') {
      expect(codeOf(outcome)).toBe(cell === 'same' ? 'nothing' : (CODES[cell] ?? cell))
      expect(after).toEqual(before)
      return
    }
    expect(after.item).toMatchObject({ state: cell, revision: (before.item?.revision ?? 0) + 1 })
    expect(after.item?.closedAt === null).toBe(cell !== 'closed')
    const hers = { queued: [], closed: [] }[cell] ?? [{ workItemId: 'w1', state: cell }]
    expect(after.ada.work).toMatchObject(type === 'transfer' ? [] : hers)
    expect(after.bob.work).toMatchObject(type === 'transfer' ? hers : [])
  })

  it.each(CELLS.filter(([, , cell]) => cell !== 'same' && !(cell in CODES)))(
    '[WK3] %s, reported "%s" twice, changes nothing the second time',
    (state, type) => {
      const floor = floorIn(state)
      report(floor, type)
      const stored = { item: floor.item('w1'), ada: floor.facts(), bob: floor.facts('bob') }
      report(floor, type)
      expect({ item: floor.item('w1'), ada: floor.facts(), bob: floor.facts('bob') }).toEqual(stored)
    },
  )

  it.each(['offer', 'assign'] as const)('[WK3] a closed item can be reopened by an %s', type => {
    const floor = floorIn('closed')
    floor[type]('w1', { reopen: true, attributes: { title: 'again' } })
    expect(floor.item('w1')).toMatchObject({
      state: type === 'offer' ? 'offered' : 'active',
      closedAt: null,
      attributes: { title: 'again' },
      revision: 3,
    })
  })

  it('[WK3] a closed item is remembered for 24 hours, swept or not', () => {
    const floor = floorIn('closed')
    floor.wait(24 * 60 * 60 * 1_000 - 1)
    expect(codeOf(floor.accept('w1'))).toBe('work-item-closed')
    floor.wait(1)
    expect(codeOf(floor.accept('w1'))).toBe('done')
    expect(floor.item('w1')).toMatchObject({ state: 'active', revision: 3 })
  })

  it.each(['offered', 'active', 'waiting', 'wrap-up'] as const)(
    '[WK3, WK4] an item that is %s is somebody else’s to everybody else',
    state => {
      const floor = floorIn(state)
      for (const type of ['reject', 'wait', 'resume', 'wrap-up', 'close', 'transfer'] as const) {
        const by = { workItemId: 'w1', by: person('bob'), doneBy: 'representative' } as const
        const made =
          type === 'transfer'
            ? ({ ...by, type, to: { kind: 'representative', id: 'bob' }, offer: false } as const)
            : ({ ...by, type } as const)
        expect(codeOf(floor.report(made))).toBe('work-item-conflict')
      }
      expect(codeOf(floor.accept('w1', 'bob'))).toBe('work-item-conflict')
      if (state !== 'active')
        expect(codeOf(floor.offer('w1', { representativeId: 'bob' }))).toBe('work-item-conflict')
      if (state !== 'offered')
        expect(codeOf(floor.assign('w1', { representativeId: 'bob' }))).toBe('work-item-conflict')
    },
  )

  it('[WK3] a service may assign an offered item to another; the offer is withdrawn', () => {
    const floor = floorIn('offered')
    expect(codeOf(floor.assign('w1', { representativeId: 'bob' }))).toBe('done')
    expect(floor.facts().work).toEqual([])
    expect(floor.facts().cause.event).toBe('work-withdrawn')
    expect(floor.item('w1')).toMatchObject({ representativeId: 'bob', offeredTo: null, declines: {} })
  })
})
