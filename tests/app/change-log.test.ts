import type { ViewChange } from '../../server/src/app/app.ts'
import { createChangeLog } from '../../server/src/app/change-log.ts'
import { viewOf } from '../support/views.ts'

const there = (representativeId: string): ViewChange => ({
  representativeId,
  view: viewOf(representativeId),
  patch: null,
  queuesBefore: [],
  queuesAfter: ['billing'],
})
const removed = (representativeId: string): ViewChange => ({
  representativeId,
  view: null,
  patch: null,
  queuesBefore: ['billing'],
  queuesAfter: [],
})

it('[SU3] whoever may hold a view of somebody removed is not answered with a difference once she is created again', () => {
  const log = createChangeLog(0)
  log.note(removed('ada'), 1)
  log.note(there('ada'), 2)
  expect([1, 2].map(log.reaches)).toEqual([false, true])
})

it('[SU2] a removal that all who can be answered know of is forgotten', () => {
  const log = createChangeLog(0, 4)
  for (let seq = 1; seq <= 5; seq += 1) log.note(removed(`r${seq}`), seq)
  // Two departures are left: whoever comes from before them is told the whole state.
  expect([2, 3].map(log.reaches)).toEqual([false, true])
  log.note(there('r1'), 6)
  expect(log.reaches(3)).toBe(true)
  expect(log.changedAfter('r1', 3)).toBe(true)
  log.note(there('r5'), 7)
  expect([6, 7].map(log.reaches)).toEqual([false, true])
})
