import {
  both,
  bySince,
  countsOf,
  elapsed,
  inQueue,
  rowsOf,
  withBase,
  withStatus,
} from '../../client-sdk/src/board.ts'
import { boardOf } from '../support/board-of.ts'
import { viewOf } from '../support/views.ts'

describe('what a board shows of a watch', () => {
  const lunch = { statusId: 'lunch', base: 'away' } as const
  const watch = boardOf([
    viewOf('r3', { name: 'Cleo', queues: ['mail'], since: '2026-11-23T08:00:00.000Z' }),
    viewOf('r2', { name: 'Ben', ...lunch, queues: ['billing', 'mail'], since: '2026-11-23T07:00:00.000Z' }),
    viewOf('r9', { name: 'Ada' }),
    viewOf('r1', { name: 'Ada', statusId: 'away', base: 'away' }),
    viewOf('r4', { name: 'Dan', statusId: 'offline', base: 'offline', signedIn: false, link: 'signed-out' }),
  ])
  const ids = (...selector: Parameters<typeof rowsOf> extends [unknown, ...infer Rest] ? Rest : never) =>
    rowsOf(watch, ...selector).map(({ representativeId }) => representativeId)

  it('[SU6] rows by name, whoever has the same name by id; or by how long they have been so', () => {
    expect(ids()).toEqual(['r1', 'r9', 'r2', 'r3', 'r4'])
    expect(ids({ order: bySince })).toEqual(['r2', 'r3', 'r1', 'r4', 'r9'])
  })

  it('[SU6] rows by queue, base and status, which matches no other status of its base', () => {
    expect(ids({ where: inQueue('mail') })).toEqual(['r2', 'r3'])
    expect(ids({ where: inQueue('mail', 'sales') })).toEqual(['r2', 'r3'])
    expect(ids({ where: withBase('away', 'offline') })).toEqual(['r1', 'r2', 'r4'])
    expect(ids({ where: withStatus('lunch') })).toEqual(['r2'])
    expect(ids({ where: both(inQueue('billing'), withBase('away')) })).toEqual(['r1', 'r2'])
  })

  it('[SU6] counts by base and by status are of those signed in', () => {
    expect(countsOf(watch)).toEqual({
      total: 5,
      signedIn: 4,
      byBase: { available: 2, away: 2 },
      byStatus: { available: 2, away: 1, lunch: 1 },
    })
    expect(countsOf(watch, inQueue('mail'))).toMatchObject({ total: 2, byStatus: { available: 1, lunch: 1 } })
  })

  it("[SDK] a duration is counted by the server's clock, and never negative", () => {
    const now = () => Date.parse('2026-11-23T09:00:00.000Z')
    expect(elapsed({ now }, '2026-11-23T08:59:00.000Z')).toBe(60_000)
    expect(elapsed({ now }, '2026-11-23T09:00:00.250Z')).toBe(0)
  })
})
